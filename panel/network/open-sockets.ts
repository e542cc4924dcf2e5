/**
 * Sockets that are still open, as Chrome's network log has them: `getHAR` gives the messages so far, which is the only
 * way to a worker's socket before it closes. Asked for only while there is reason to, and the less often the longer it
 * takes, since the whole log is copied each time.
 */
import { type ChatSettings, isChatByUrl, isChatRequest, keptOf } from './chat-request.ts';
import { type NetworkRequest, networkRequest } from './network-entry.ts';

/** Milliseconds between two looks, at least, and in lengths of the last one. */
const PAUSE = 1_000;
const PAUSE_IN_LOOKS = 50;

export type GetLog = (give: (log: { readonly entries: readonly unknown[] }) => void) => void;

export class OpenSockets {
  readonly #getLog: GetLog;
  readonly #settings: () => ChatSettings;
  readonly #report: (request: NetworkRequest) => boolean;
  /** By URL and start: how many messages were reported; null for those that nobody wants. */
  readonly #reported = new Map<string, number | null>();
  #watching = false;

  /** @param report gives false for a socket that need not be reported again */
  constructor(getLog: GetLog, settings: () => ChatSettings, report: (request: NetworkRequest) => boolean) {
    this.#getLog = getLog;
    this.#settings = settings;
    this.#report = report;
  }

  /** Looks from now on. */
  watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.#look();
  }

  #look(): void {
    const began = performance.now();
    this.#getLog(({ entries }) => {
      for (const entry of entries) this.#take(entry);
      setTimeout(() => this.#look(), Math.max(PAUSE, PAUSE_IN_LOOKS * (performance.now() - began)));
    });
  }

  #take(entry: unknown): void {
    const { url, start, messages } = socketIn(entry);
    if (messages === null) return;
    const name = `${start} ${url}`;
    const before = this.#reported.get(name);
    if (before === null || before === messages) return;
    const request = networkRequest(entry, { text: null, encoding: '' });
    if (request === null) return;
    if (!isChatByUrl(url, this.#settings()) && !isChatRequest(request, this.#settings())) {
      this.#reported.set(name, messages);
      return;
    }
    this.#reported.set(name, this.#report(keptOf(request, this.#settings())) ? messages : null);
  }
}

/** What tells one socket from another, without reading its messages; `messages` is null for what is no socket. */
function socketIn(entry: unknown): { url: string; start: string; messages: number | null } {
  const messages = member(entry, '_webSocketMessages');
  const status = member(member(entry, 'response'), 'status');
  return {
    url: String(member(member(entry, 'request'), 'url')),
    start: String(member(entry, 'startedDateTime')),
    // Before its answer it is no socket yet.
    messages: Array.isArray(messages) && status !== 0 ? messages.length : null,
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
