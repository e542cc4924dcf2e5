import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Ledger } from './ledger.ts';

/** Larger uploads are refused; the vendor's limit for files is 25 MB. */
const BODY_LIMIT = 26 * 1024 * 1024;

/** What a request is to the ledger: chat by one answer, chat by a stream, the page's own files, or nothing to note. */
export type Kind = 'chat' | 'stream' | 'asset' | 'unlogged';

/** One HTTP request with its body read, and the one answer it gets. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  /** The ledger's name of this exchange. */
  readonly connection: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The body; cut at the limit when `tooLarge`. */
  readonly body: Buffer;
  readonly tooLarge: boolean;
  /** Headers added to whichever answer is given. */
  readonly alwaysSend: Record<string, string>;
  /** Aborts when the client goes away before its answer. */
  readonly gone: AbortSignal;
  answer(status: number, headers: Readonly<Record<string, string>>, body: Buffer | string): void;
  json(status: number, value: unknown): void;
  /** Cuts the connection in the middle of the answer. */
  cut(): void;
}

/** Reads a request to its end, notes it in the ledger, and gives the means to answer it. */
export async function readExchange(
  request: IncomingMessage,
  response: ServerResponse,
  ledger: Ledger,
  kindOf: (url: URL) => Kind,
): Promise<Exchange> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  const kind = kindOf(url);
  const method = request.method ?? 'GET';
  const { body, tooLarge } = await readBody(request);
  const transport = kind === 'stream' ? 'sse' : 'http';
  const connection = ledger.connection(transport);
  const about = {
    connection,
    transport,
    method,
    url: url.href,
    ...(kind === 'asset' ? { asset: true as const } : {}),
  } as const;
  if (kind !== 'unlogged')
    ledger.record({ ...about, direction: 'in', headers: plain(request.headers) }, body);

  const gone = new AbortController();
  // Nothing answered yet, and the client has gone: that is what the ledger then says of this exchange.
  let settled = kind !== 'chat';
  response.on('close', () => {
    gone.abort();
    if (!settled) ledger.record({ ...about, direction: 'out', aborted: true }, '');
    settled = true;
  });
  const alwaysSend: Record<string, string> = {};
  const exchange: Exchange = {
    method,
    url,
    connection,
    request,
    response,
    body,
    tooLarge,
    alwaysSend,
    gone: gone.signal,
    answer(status, headers, content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const sent = { ...alwaysSend, ...headers, 'Content-Length': String(bytes.length) };
      if (settled && kind === 'chat') return;
      settled = true;
      let noted = kind === 'unlogged';
      const note = (fate: 'written' | 'aborted') => {
        if (noted) return;
        noted = true;
        const aborted = fate === 'aborted' ? { aborted: true as const } : {};
        ledger.record({ ...about, direction: 'out', status, headers: sent, ...aborted }, bytes);
      };
      response.on('finish', () => note('written'));
      response.on('close', () => note('aborted'));
      response.writeHead(status, sent);
      response.end(method === 'HEAD' ? undefined : bytes);
    },
    json(status, value) {
      exchange.answer(status, { 'Content-Type': 'application/json; charset=UTF-8' }, JSON.stringify(value));
    },
    cut() {
      // Half an answer: without any, browsers would quietly ask again on another connection.
      settled = true;
      const half = '{"events":[';
      if (kind !== 'unlogged')
        ledger.record({ ...about, direction: 'out', status: 200, aborted: true }, half);
      response.writeHead(200, {
        ...alwaysSend,
        'Content-Type': 'application/json',
        'Content-Length': '4096',
      });
      response.write(half, () => request.socket.destroy());
    },
  };
  return exchange;
}

function readBody(request: IncomingMessage): Promise<{ body: Buffer; tooLarge: boolean }> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    const settle = () => resolve({ body: Buffer.concat(parts), tooLarge: size > BODY_LIMIT });
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= BODY_LIMIT) parts.push(part);
    });
    request.on('end', settle);
    request.on('close', settle);
  });
}

/** Headers as one flat record, repeated ones joined. */
export function plain(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value ?? '')]));
}
