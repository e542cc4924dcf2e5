/** The relay's connection to the extension: made when there is something to say, made anew when it broke. */
import type { HeardBatch } from '../messaging/batch.ts';
import type {
  BackgroundToRelay,
  RelayToBackground,
  SettingsRequest,
  TabMessage,
} from '../messaging/contracts.ts';
import { READING_HINT_KEY, RELAY_PORT } from '../messaging/contracts.ts';
import type { FrameAddress } from '../messaging/last-words.ts';
import type { Batch, Command, Question } from '../messaging/private-port.ts';
import type { Settings } from '../messaging/settings.ts';
import { framingWord } from '../observation/framing-word.ts';
import type { Seq } from '../observation/observation.ts';
import { plainSubprotocol } from '../observation/subprotocol.ts';
import { fitsPattern } from '../text/url-pattern.ts';
import { hints, incognito, runtime } from './extension.ts';
import { leave } from './last-words.ts';

const FIRST_RETRY = 50;
const LAST_RETRY = 2_000;
/** A place behind whatever a ring may hold. */
const EVERYTHING: Seq = Number.MAX_SAFE_INTEGER;

export class Connection {
  #port: chrome.runtime.Port | null = null;
  #documentId = '';
  /** Everything before `#acknowledged` arrived; everything before `#said` was handed to a port. */
  #acknowledged = 0;
  #said = 0;
  #total = 0;
  #retry = FIRST_RETRY;
  #leaving = false;
  /** Known from the first answer on. */
  #address: FrameAddress | null = null;
  /** When the document was shown, and until when its ring has forgotten; see `Hello`. */
  #shown = Date.now();
  #cleared = this.#shown;
  readonly #command: (command: Command) => void;
  /** The user's own; they stay in this world. */
  #patterns: readonly string[] = [];
  #marks: readonly string[] = [];

  constructor(command: (command: Command) => void) {
    this.#command = command;
  }

  send({ last, ...batch }: HeardBatch): void {
    this.#note(batch);
    if (!last) {
      this.#post({ type: 'batch', last, ...batch });
      return;
    }
    // On a port of its own and by letter: the old port may have died unnoticed, and there is no later.
    if (!this.#leaving) this.#drop();
    this.#leaving = true;
    this.#post({ type: 'batch', last, ...batch });
    leave(batch, this.#address, this.#shown);
  }

  /** Of the document that speaks; '' while it has said nothing. */
  get documentId(): string {
    return this.#documentId;
  }

  /** Answers what the hook asks: no pattern and no mark is said to it. */
  answer({ about, said }: Question): boolean {
    switch (about) {
      case 'url':
        return this.#patterns.some((pattern) => fitsPattern(said, pattern));
      case 'text':
        return this.#marks.some((mark) => said.includes(mark));
      case 'subprotocol':
        return plainSubprotocol(said) === said;
      default:
        return framingWord(said) === about;
    }
  }

  get shown(): number {
    return this.#shown;
  }

  /** Learns at the start what else counts as chat, where there is anything to learn. */
  async learn(): Promise<void> {
    const { [READING_HINT_KEY]: worth } = await hints.get(READING_HINT_KEY);
    if (!worth) return;
    const request: SettingsRequest = { type: 'settings' };
    this.#configure(await runtime.sendMessage(request));
  }

  /** A panel for this tab opened or closed, or a person has cleared the tab. */
  told(message: TabMessage): void {
    switch (message.type) {
      case 'panel-opened':
        this.#configure(message.settings);
        this.#command({ type: 'pace', pace: 'live' });
        if (this.#documentId !== '') this.#open();
        break;
      case 'panel-closed':
        this.#command({ type: 'pace', pace: 'lazy' });
        break;
      case 'forget':
        this.#forget(message.at, message.have[this.#documentId] ?? EVERYTHING);
    }
  }

  /**
   * The document is shown anew, and the port may be dead without having said so.
   * @param first it was prepared until now, and is of no earlier page
   */
  renew(first: boolean): void {
    this.#shown = Date.now();
    if (first) this.#cleared = this.#shown;
    this.#leaving = false;
    this.#drop();
    if (this.#documentId !== '') this.#open();
  }

  #forget(at: number, before: Seq): void {
    if (at > this.#cleared) {
      this.#cleared = before === EVERYTHING ? Math.max(at, Date.now()) : at;
      this.#command({ type: 'forget', before });
    }
    // Who has no connection says how much it has forgotten when it has one.
    if (this.#port) this.#post({ type: 'forgotten', documentId: this.#documentId, cleared: this.#cleared });
  }

  #note({ documentId, next, total }: Batch): void {
    if (documentId !== this.#documentId) {
      this.#documentId = documentId;
      this.#total = 0;
      this.#acknowledged = 0;
      this.#said = 0;
      // Over the same port: a page that makes up documents is not to cost a connection for each.
      if (this.#port) this.#sayHello(this.#port);
    }
    this.#said = Math.max(this.#said, next);
    this.#total = Math.max(this.#total, total);
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
      this.#sayHello(port);
    } catch {
      this.#port = null;
    }
  }

  #sayHello(port: chrome.runtime.Port): void {
    const hello: RelayToBackground = {
      type: 'hello',
      documentId: this.#documentId,
      url: location.href,
      origin: window.origin,
      top: window.top === window,
      total: this.#total,
      address: this.#address,
      incognito,
      shown: this.#shown,
      cleared: this.#cleared,
    };
    port.postMessage(hello);
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
        break;
      case 'forget':
        this.#forget(message.at, EVERYTHING);
    }
  }

  #configure({ patterns, marks, everything, caps }: Settings): void {
    this.#patterns = patterns;
    this.#marks = marks;
    const asks = { asksUrls: patterns.length > 0, asksTexts: marks.length > 0 };
    this.#command({ type: 'settings', ...asks, everything });
    this.#command({ type: 'caps', ...caps });
  }
}
