import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { type Connection, textMessage } from '../../e2e/harness/conversation.ts';

/**
 * One server under two origins, the victim's and the attacker's: plain pages with scripts that a test gives, chat over
 * a socket and over HTTP that answers with what it was told, and documents whose body is held back until they are released.
 */
export interface StageServer {
  readonly victim: string;
  readonly attacker: string;
  /** What chat of that name the server has read and written, in the form that a trace is brought into as well. */
  chatOf(who: string): readonly Connection[];
  /** Serves a script under `/script/NAME`. */
  serve(name: string, script: string): void;
  close(): Promise<void>;
}

/** A message of the protocol. */
export const chatText = (msg: string): string => JSON.stringify({ event: 'chat_session_message', msg });

interface Noted {
  readonly who: string;
  readonly connection: Connection & { readonly sent: string[]; readonly received: string[] };
}

export async function startStageServer(): Promise<StageServer> {
  const noted: Noted[] = [];
  const scripts = new Map<string, string>();
  const held = new Map<string, ServerResponse>();
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', `ws://${request.headers.host}`);
    const { sent, received } = note('websocket', url.href, url);
    socket.on('message', (data, binary) => {
      const text = textMessage(data.toString());
      sent.push(text);
      received.push(text);
      socket.send(data, { binary });
    });
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    victim: `http://127.0.0.1:${port}`,
    attacker: `http://localhost:${port}`,
    chatOf: (who) => noted.filter((each) => each.who === who).map(({ connection }) => connection),
    serve: (name, script) => {
      scripts.set(name, script);
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function note(kind: Connection['kind'], target: string, url: URL): Noted['connection'] {
    const connection = { kind, target, sent: [], received: [] };
    noted.push({ who: url.searchParams.get('who') ?? '', connection });
    return connection;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const { pathname, searchParams, href } = url;
    const body = await textOf(request);
    response.setHeader('Access-Control-Allow-Origin', '*');
    const script = /^\/script\/([\w-]+)/.exec(pathname)?.[1];
    if (script !== undefined) {
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
      response.setHeader('Service-Worker-Allowed', '/');
      response.end(scripts.get(script) ?? '');
    } else if (pathname.startsWith('/page')) {
      const elements = searchParams.getAll('script').map((name) => `<script src="/script/${name}"></script>`);
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><title>Page</title><body>${elements.join('')}</body>`);
    } else if (pathname === '/slow') {
      // No element yet, so that no content script runs; bytes enough for the browser to have made the document.
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.write(`<!doctype html><!-- ${'-'.repeat(2_000)} -->`);
      held.set(searchParams.get('id') ?? '', response);
    } else if (pathname === '/release') {
      held.get(searchParams.get('id') ?? '')?.end('<html><title>Slow</title><body></body></html>');
      response.end();
    } else {
      const answered = body === '' ? '{"events":[]}' : body;
      response.setHeader('Content-Type', 'application/json');
      response.end(answered);
      const { sent, received } = note('http', `${request.method} ${href}`, url);
      if (body !== '') sent.push(textMessage(body));
      received.push(`200 ${textMessage(answered)}`);
    }
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
