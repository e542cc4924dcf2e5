import { createServer, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';

/** What every message says: 300 bytes of JSON that name no event of a chat protocol. */
export const NO_CHAT_TEXT = JSON.stringify({ type: 'price', symbol: 'ABC', depth: 'x'.repeat(250), id: 1 });

/** Answers the same addresses as the demo's floods, with traffic that is no chat. */
export async function startNoChatServer(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(({ url = '' }, response) => answer(new URL(url, 'http://x'), response));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, { url = '' }) => {
    const { searchParams } = new URL(url, 'http://x');
    // A socket that is made to be sent over is not flooded.
    if (searchParams.has('rate')) return;
    for (let at = 0; at < floodOf(searchParams); at++) socket.send(NO_CHAT_TEXT);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/page`,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer({ pathname, searchParams }: URL, response: ServerResponse): void {
  if (pathname === '/page') {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Page</title><body></body>');
  } else if (pathname === '/stream') {
    response.setHeader('Content-Type', 'text/event-stream');
    for (let at = 0; at < floodOf(searchParams); at++) response.write(`data: ${NO_CHAT_TEXT}\n\n`);
  } else {
    response.setHeader('Content-Type', 'application/json');
    response.end(NO_CHAT_TEXT);
  }
}

function floodOf(parameters: URLSearchParams): number {
  return Number(parameters.get('flood') ?? 0);
}
