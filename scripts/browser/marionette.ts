import { connect, type Socket } from 'node:net';
import { until } from './until.ts';

/** A script may wait for a whole flood of messages, in milliseconds. */
const LONGEST_SCRIPT = 600_000;

/**
 * Firefox's own remote control: JSON over TCP on loopback, each message led by its length and a colon.
 * A command is `[0, id, name, parameters]`, its answer `[1, id, error, result]`.
 */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
  #received = Buffer.alloc(0);
  #lastId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('close', () => this.#end(new Error('Firefox closed the connection.')));
    socket.on('error', (error) => this.#end(error));
  }

  /** Connects as soon as the browser listens, and begins a session. */
  static async connect(port: number): Promise<Marionette> {
    const socket = await until('Firefox to listen', () => opened(port), 60_000);
    const marionette = new Marionette(socket);
    await marionette.send('WebDriver:NewSession', {});
    await marionette.send('WebDriver:SetTimeouts', { script: LONGEST_SCRIPT });
    return marionette;
  }

  send(command: string, parameters: Record<string, unknown>): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const text = JSON.stringify([0, id, command, parameters]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /**
   * Runs a script with the browser's own rights in its main window and gives what it returns, promises awaited.
   * `parameters` are its `arguments`.
   */
  async inBrowser(script: string, ...parameters: readonly unknown[]): Promise<unknown> {
    const answer = await this.send('WebDriver:ExecuteScript', {
      script,
      args: parameters,
      sandbox: 'system',
      newSandbox: false,
    });
    return (answer as { readonly value: unknown }).value;
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#received.subarray(0, colon).toString());
      if (this.#received.length < end) return;
      this.#answer(JSON.parse(this.#received.subarray(colon + 1, end).toString()));
      this.#received = this.#received.subarray(end);
    }
  }

  #answer(message: unknown): void {
    if (!Array.isArray(message)) return; // The greeting, which says the protocol's version.
    const [, id, error, result] = message;
    const call = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) call?.reject(new Error(`${error.error}: ${error.message}\n${error.stacktrace ?? ''}`));
    else call?.resolve(result);
  }

  #end(reason: Error): void {
    for (const call of this.#waiting.values()) call.reject(reason);
    this.#waiting.clear();
  }
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}
