import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { WebSocketServer } from 'ws';

/** A server of plain pages and plain chat over every transport, that says nothing of its own accord. */
export interface HookServer {
  /** The same server under two origins. */
  readonly origin: string;
  readonly otherOrigin: string;
  /** Bodies and texts that reached the server, in order, as `path text`. */
  readonly heard: string[];
  /** What was asked of the server, in the order in which it was heard, and what it has answered of itself. */
  readonly exchanges: ServedExchange[];
  readonly connections: ServedConnection[];
  /** Bytes that endless answers have sent, once nobody has asked for more for a while. */
  stalled(): Promise<number>;
  /** Answers what is held under `/until`. */
  release(): void;
  close(): Promise<void>;
}

export interface ServedExchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: string;
  /** As far as it was sent. */
  answer: string;
}

export interface ServedConnection {
  /** With its query. */
  readonly path: string;
  readonly heard: string[];
  readonly sent: string[];
}

export const chatText = (msg: string): string => JSON.stringify({ event: 'chat_session_message', msg });

export async function startHookServer(): Promise<HookServer> {
  const heard: string[] = [];
  const exchanges: ServedExchange[] = [];
  const connections: ServedConnection[] = [];
  const endless = { written: 0 };
  const held: (() => void)[] = [];
  const server = createServer(
    (request, response) => void answer(request, response, heard, exchanges, endless, held),
  );
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    const { searchParams, pathname } = new URL(request.url ?? '/', 'http://x');
    const connection: ServedConnection = { path: request.url ?? '', heard: [], sent: [] };
    connections.push(connection);
    const count = Number(searchParams.get('count') ?? 0);
    for (let at = 0; at < count; at++) {
      const text = chatText(`Message ${at}`);
      connection.sent.push(text);
      socket.send(text);
    }
    if (searchParams.has('close')) socket.close(1000, 'done');
    socket.on('message', (data, binary) => {
      heard.push(`${pathname} ${data.toString()}`);
      connection.heard.push(data.toString());
      connection.sent.push(data.toString());
      socket.send(data, { binary });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    heard,
    exchanges,
    connections,

    async stalled() {
      let before = -1;
      while (endless.written !== before) {
        before = endless.written;
        await pass(500);
      }
      return before;
    },
    release() {
      for (const end of held.splice(0)) end();
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  heard: string[],
  exchanges: ServedExchange[],
  endless: { written: number },
  held: (() => void)[],
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
  const body = await text(request);
  if (body !== '') heard.push(`${pathname} ${body}`);
  const exchange = { method: request.method ?? '', path: request.url ?? '', body, answer: '' };
  exchanges.push(exchange);
  const say = (text: string): string => {
    exchange.answer += text;
    return text;
  };
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', '*');
  if (pathname.startsWith('/page')) {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    const policy = searchParams.get('csp');
    if (policy !== null) response.setHeader('Content-Security-Policy', policy);
    // A first script of the page's own, as the tests of frames ask for it.
    const run = searchParams.get('run');
    const script = run === null ? '' : `<script>${run}</script>`;
    response.end(`<!doctype html><title>Page</title>${script}<body></body>`);
  } else if (pathname.startsWith('/script')) {
    response.setHeader('Content-Type', 'text/javascript');
    response.end(searchParams.get('text') ?? '');
  } else if (pathname.endsWith('/redirect')) {
    response.statusCode = 307;
    response.setHeader('Location', searchParams.get('to') ?? '/');
    response.end();
  } else if (pathname.startsWith('/wasm')) {
    response.setHeader('Content-Type', 'application/wasm');
    response.end(Buffer.from('0061736d01000000', 'hex'));
  } else if (pathname.endsWith('/stream/again')) {
    // One event a connection, and the browser connects anew at once.
    const last = Number(request.headers['last-event-id'] ?? 0);
    response.setHeader('Content-Type', 'text/event-stream');
    response.end(`retry: 1\nid: ${last + 1}\ndata: after ${last}\n\n`);
  } else if (pathname === '/stream') {
    response.setHeader('Content-Type', 'text/event-stream');
    response.write(
      `id: 1\ndata: ${chatText('unnamed')}\n\nevent: chat\nid: 2\ndata: ${chatText('named')}\n\n`,
    );
    if (!searchParams.has('open')) response.end();
  } else if (pathname.endsWith('/endless')) {
    // Sends until nobody reads: what is still asked for after the page gave up is counted.
    response.setHeader('Content-Type', searchParams.get('type') ?? 'application/octet-stream');
    response.on('close', () => heard.push(`${pathname} closed`));
    const chunk = Buffer.alloc(16_384, 'x');
    const send = (): void => {
      do endless.written += chunk.length;
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', send);
    send();
  } else if (pathname.endsWith('/status')) {
    response.statusCode = Number(searchParams.get('code') ?? 200);
    const bodiless = [204, 205, 304].includes(response.statusCode);
    response.end(bodiless ? '' : say(searchParams.get('text') ?? ''));
  } else if (pathname.endsWith('/poll')) {
    // Held for a moment, as polls are: head and body of the answer come together.
    response.setHeader('Content-Type', 'application/json');
    setTimeout(() => response.end(say(searchParams.get('text') ?? '')), 20);
  } else if (pathname.endsWith('/parts')) {
    // An answer that comes in parts.
    response.setHeader('Content-Type', searchParams.get('type') ?? 'text/plain');
    for (let at = Number(searchParams.get('count') ?? 1); at > 0 && !response.destroyed; at--) {
      response.write(say(searchParams.get('text') ?? ''));
      await pass(25);
    }
    if (!searchParams.has('open')) response.end();
  } else if (pathname.endsWith('/cut') && request.method !== 'HEAD') {
    // An answer that breaks off. Browsers ask again by themselves where nothing of it came.
    response.setHeader('Content-Length', '100');
    response.write(say('{"events":['));
    setTimeout(() => response.destroy(), 25);
  } else if (pathname.endsWith('/until')) {
    response.setHeader('Content-Type', 'application/json');
    held.push(() => response.end(say(searchParams.get('text') ?? '')));
  } else if (pathname.endsWith('/held')) {
    // A poll that is never answered.
  } else {
    response.setHeader('Content-Type', 'application/json');
    response.end(say(body === '' ? '{"events":[]}' : body));
  }
}

async function text(request: IncomingMessage): Promise<string> {
  let all = '';
  for await (const chunk of request) all += String(chunk);
  return all;
}
