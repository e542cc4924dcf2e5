import { isUtf8 } from 'node:buffer';
import { createWriteStream, type WriteStream } from 'node:fs';

/**
 * The ledger: what the demo's sockets really read and wrote. It is the truth that the inspector's trace is held
 * against, so an entry is made of the bytes handed over by, or to, the socket and never of what a scenario meant.
 */

export interface LedgerEntry {
  /** Position in the ledger, from 0. */
  readonly n: number;
  /** Unix epoch, milliseconds. */
  readonly time: number;
  /** One HTTP exchange, one WebSocket or one event stream. */
  readonly connection: string;
  readonly transport: 'http' | 'websocket' | 'sse';
  /** `in` was read by the server, `out` was written by it. */
  readonly direction: 'in' | 'out';
  readonly method?: string;
  /** Absolute URL of the request; on every entry of its connection. */
  readonly url: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly encoding: 'text' | 'base64';
  readonly body: string;
  /** One server-sent event as an EventSource would give it; `body` holds its bytes. */
  readonly sse?: { readonly event: string; readonly id: string; readonly data: string };
  /** 1 text, 2 binary, 8 close (`body` is then the code and the reason). A handshake has none. */
  readonly opcode?: 1 | 2 | 8;
  /** The answer never became whole: the client gave it up, or the script had the server cut it. */
  readonly aborted?: true;
  /** Not chat: the demo page's own files. */
  readonly asset?: true;
}

type Unnumbered = Omit<LedgerEntry, 'n' | 'time' | 'encoding' | 'body'>;

export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** Records one reading or writing. Text stays text; bytes that are no UTF-8, or binary by nature, are base64. */
  record(entry: Unnumbered, body: Buffer | string): void;
  /** A name for the next connection of this kind. */
  connection(kind: LedgerEntry['transport']): string;
  /** The entries as NDJSON. */
  text(): string;
  close(): Promise<void>;
}

/** A ledger in memory, also written to `file` line by line where one is named; `off` keeps nothing. */
export function openLedger(where: { readonly file?: string; readonly off?: boolean }): Ledger {
  const entries: LedgerEntry[] = [];
  const file: WriteStream | null = where.file === undefined ? null : createWriteStream(where.file);
  let connections = 0;
  return {
    entries,
    record(entry, body) {
      if (where.off === true) return;
      const whole = { n: entries.length, time: Date.now(), ...entry, ...encode(body, entry.opcode === 2) };
      entries.push(whole);
      file?.write(`${JSON.stringify(whole)}\n`);
    },
    connection: (kind) => `${kind}-${++connections}`,
    text: () => entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
    close: () =>
      new Promise((resolve) => {
        if (file === null) resolve();
        else file.end(resolve);
      }),
  };
}

function encode(body: Buffer | string, binary: boolean): Pick<LedgerEntry, 'encoding' | 'body'> {
  if (typeof body === 'string') return { encoding: 'text', body };
  return !binary && isUtf8(body)
    ? { encoding: 'text', body: body.toString('utf8') }
    : { encoding: 'base64', body: body.toString('base64') };
}
