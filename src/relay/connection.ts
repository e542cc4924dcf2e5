/** The relay's connection to the extension: made when there is something to say, made anew when it broke. */
import type { HeardBatch } from '../messaging/batch.ts';
import type { BackgroundToRelay, RelayToBackground, TabMessage } from '../messaging/contracts.ts';
import { RELAY_PORT } from '../messaging/contracts.ts';
import type { FrameAddress } from '../messaging/last-words.ts';
import type { Batch, Command } from '../messaging/private-port.ts';
import type { Settings } from '../messaging/settings.ts';
import { incognito, runtime } from './extension.ts';
import { leave } from './last-words.ts';

const FIRST_RETRY = 50;
const LAST_RETRY = 2_000;

export class Connection {
  #port: chrome.runtime.Port | null = null;
  #documentId = '';
  /** Everything before `#acknowledged` arrived; everything before `#said` was handed to a port. */
  #acknowledged = 0;
  #said = 0;
  #retry = FIRST_RETRY;
  #leaving = false;
  /** Known from the first answer on. */
  #address: FrameAddress | null = null;
  #command: (command: Command) => void;

  constructor(command: (command: Command) => void) {
    this.#command = command;
  }

  send({ last, ...batch }: HeardBatch): void {
    this.#note(batch);
    if (!last) {
      this.#post({ type: 'batch', ...batch });
      return;
    }
    // On a port of its own and by letter: the old port may have died unnoticed, and there is no later.
    if (!this.#leaving) this.#drop();
    this.#leaving = true;
    this.#post({ type: 'batch', ...batch });
    leave(batch, this.#address);
  }

  /** Of the document that speaks; '' while it has said nothing. */
  get documentId(): string {
    return this.#documentId;
  }

  /** A panel for this tab opened or closed. */
  panel(message: TabMessage): void {
    if (message.type === 'panel-opened') {
      this.#configure(message.settings);
      this.#command({ type: 'pace', pace: 'live' });
      if (this.#documentId !== '') this.#open();
    } else {
      this.#command({ type: 'pace', pace: 'lazy' });
    }
  }

  /** The port may be dead without having said so. */
  renew(): void {
    this.#leaving = false;
    this.#drop();
    if (this.#documentId !== '') this.#open();
  }

  #note({ documentId, next }: Batch): void {
    if (documentId !== this.#documentId) {
      this.#documentId = documentId;
      this.#acknowledged = 0;
      this.#said = 0;
      this.#drop();
    }
    this.#said = Math.max(this.#said, next);
  }

  #post(message: RelayToBackground): void {
    this.#open();
    try {
      this.#port?.postMessage(message);
    } catch {
      // Disconnected this moment: what was not acknowledged is asked for again on the next connection.
    }
  }

  #open(): void {
    // Without an id the extension was reloaded or removed: this relay is an orphan, and its panel says so.
    if (this.#port || !runtime.id) return;
    try {
      const port = runtime.connect({ name: RELAY_PORT });
      this.#port = port;
      port.onMessage.addListener((message: BackgroundToRelay) => this.#obey(message));
      port.onDisconnect.addListener(() => this.#onDisconnect(port));
      const hello: RelayToBackground = {
        type: 'hello',
        documentId: this.#documentId,
        url: location.href,
        top: window.top === window,
        address: this.#address,
        incognito,
      };
      port.postMessage(hello);
    } catch {
      this.#port = null;
    }
  }

  #drop(): void {
    this.#port?.disconnect();
    this.#port = null;
  }

  #onDisconnect(port: chrome.runtime.Port): void {
    if (this.#port !== port) return;
    this.#port = null;
    if (this.#said <= this.#acknowledged) return;
    setTimeout(() => this.#open(), this.#retry);
    this.#retry = Math.min(this.#retry * 2, LAST_RETRY);
  }

  #obey(message: BackgroundToRelay): void {
    this.#retry = FIRST_RETRY;
    switch (message.type) {
      case 'address':
        this.#address = message.address;
        break;
      case 'settings':
        this.#configure(message.settings);
        break;
      case 'acknowledge':
        this.#acknowledged = message.next;
        this.#command(message);
        break;
      case 'resume':
        this.#acknowledged = message.from;
        this.#command(message);
        break;
      case 'pace':
        this.#command(message);
        if (message.pace === 'quiet') this.#drop();
    }
  }

  #configure({ patterns, marks, everything, caps }: Settings): void {
    this.#command({ type: 'settings', patterns: everything ? ['*'] : patterns, marks });
    this.#command({ type: 'caps', ...caps });
  }
}
