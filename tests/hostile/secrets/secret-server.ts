import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';

/** A server whose answers hold secrets that no request has named: they were given to it under a key. */
export interface SecretServer {
  readonly origin: string;
  /** A closed port: what is asked of it is refused before it is sent. */
  readonly refused: string;
  plant(key: string, secret: string): void;
  close(): Promise<void>;
}

const WORKER = `addEventListener('message', ({ data, ports }) =>
  fetch(data).then((response) => response.text()).then(() => ports[0].postMessage('done')));`;

export async function startSecretServer(): Promise<SecretServer> {
  const secrets = new Map<string, string>();
  const planted = (url: URL): string => secrets.get(url.searchParams.get('key') ?? '') ?? '';
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    const secret = planted(new URL(request.url ?? '/', 'http://x'));
    if (secret !== '') socket.send(JSON.stringify({ token: secret }));
    socket.on('message', (data, binary) => {
      const text = data.toString();
      if (text.startsWith('close ')) socket.close(1000, text.slice(6));
      else socket.send(data, { binary });
    });
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    refused: 'http://127.0.0.1:9',
    plant: (key, secret) => {
      secrets.set(key, secret);
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://x');
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const type = url.searchParams.get('type') ?? 'text/plain; charset=utf-8';
    response.setHeader('Content-Type', type);
    if (url.searchParams.has('cookie')) response.setHeader('Set-Cookie', `session=${planted(url)}; HttpOnly`);
    if (url.searchParams.has('header')) response.setHeader('X-Session', planted(url));
    if (url.pathname.startsWith('/page')) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end('<!doctype html><title>Page</title><body></body>');
    } else if (url.pathname === '/worker.js') {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(WORKER);
    } else if (url.searchParams.has('to')) {
      // The secret stands in the address that the browser is sent on to.
      response.writeHead(302, {
        Location: (url.searchParams.get('to') ?? '').replace('SECRET', planted(url)),
      });
      response.end();
    } else if (url.searchParams.has('stream')) {
      response.setHeader('Content-Type', 'text/event-stream');
      response.write(`id: 1\ndata: ${planted(url)}\n\nevent: done\ndata: x\n\n`);
    } else if (url.searchParams.has('key')) {
      response.end(type.includes('json') ? JSON.stringify({ token: planted(url) }) : planted(url));
    } else {
      response.end(url.pathname.startsWith('/clientweb/') && body.length > 0 ? body : 'ok');
    }
  }
}
