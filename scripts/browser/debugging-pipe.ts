import type { ChildProcess } from 'node:child_process';
import { Readable, Writable } from 'node:stream';

/** Chromium's debugging protocol over its file descriptors 3 and 4: JSON texts, each ended by a zero byte. */
export class DebuggingPipe {
  readonly #toBrowser: Writable;
  readonly #waiting = new Map<
    number,
    { resolve(result: Record<string, unknown>): void; reject(reason: Error): void }
  >();
  #received = '';
  #lastId = 0;

  constructor({ stdio }: ChildProcess) {
    const [, , , toBrowser, fromBrowser] = stdio;
    if (!(toBrowser instanceof Writable && fromBrowser instanceof Readable))
      throw new Error('Chromium was started without a pipe.');
    this.#toBrowser = toBrowser;
    fromBrowser.setEncoding('utf8');
    fromBrowser.on('data', (text: string) => this.#receive(text));
    fromBrowser.on('close', () => this.#end());
    // Its end is told by the other stream.
    toBrowser.on('error', () => {});
  }

  /** Asks the browser, or the target of a session. */
  send(
    method: string,
    params: Record<string, unknown> = {},
    sessionId?: string,
  ): Promise<Record<string, unknown>> {
    this.#lastId += 1;
    const id = this.#lastId;
    const to = sessionId === undefined ? {} : { sessionId };
    this.#toBrowser.write(`${JSON.stringify({ id, method, params, ...to })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #receive(text: string): void {
    const parts = (this.#received + text).split('\0');
    this.#received = parts.pop() ?? '';
    for (const part of parts) {
      const { id, result, error } = JSON.parse(part);
      const call = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) call?.reject(new Error(error.message));
      else call?.resolve(result);
    }
  }

  #end(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('Chromium closed the connection.'));
    this.#waiting.clear();
  }
}
