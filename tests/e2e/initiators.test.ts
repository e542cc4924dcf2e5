import { createServer, type ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { launch } from '../../scripts/browser/launch.ts';
import { until } from '../../scripts/browser/until.ts';
import { BROWSER, PANEL_TITLE } from './harness/inspection.ts';

/** Requests of a page's script, one a line, so that its number tells which. The address says whether it is chat. */
const SCRIPT = `const request = (address) => {
  fetch(address + 'fetch');
  fetch(address + 'fetch-missing');
  { const xhr = new XMLHttpRequest(); xhr.open('GET', address + 'xhr'); xhr.send(); }
  { const xhr = new XMLHttpRequest(); xhr.open('GET', address + 'xhr-missing'); xhr.send(); }
  new WebSocket(location.origin.replace('http', 'ws') + address + 'socket');
  new WebSocket(location.origin.replace('http', 'ws') + address + 'socket-missing');
  navigator.sendBeacon(address + 'beacon', 'x');
  new EventSource(address + 'stream');
};
request('/data/plain-');
request('/clientweb/api/v1/chats/chat-');`;
const LINES: Readonly<Record<string, number>> = {
  fetch: 2,
  'fetch-missing': 3,
  xhr: 4,
  'xhr-missing': 5,
  socket: 6,
  'socket-missing': 7,
  beacon: 8,
  stream: 9,
};
const ASKED = ['plain', 'chat'].flatMap((kind) => Object.keys(LINES).map((way) => ({ kind, way })));

test('a request and its failure are the page’s script’s in the browser’s own tools, chat or not', async () => {
  const origin = await startServer();
  const browser = await launch(BROWSER);
  onTestFinished(() => browser.close());
  const { tools } = await browser.openDevTools(PANEL_TITLE);
  await tools.showRequests();
  await browser.open(`${origin}/page`);

  const requests = await until('every request to be listed', async () => {
    const listed = await tools.requests();
    const found = ASKED.map(({ kind, way }) => listed.find(({ url }) => url.endsWith(`/${kind}-${way}`)));
    return found.every((each) => each !== undefined) && found;
  });
  for (const [at, { kind, way }] of ASKED.entries()) {
    const { initiator = '', scripts = [] } = requests[at] ?? {};
    const isSocket = way.startsWith('socket');
    if (BROWSER === 'chromium' && way === 'stream') {
      // It names the document, without any extension.
      expect.soft(scripts, `${kind} ${way}`).toEqual([]);
    } else if (BROWSER === 'firefox' && isSocket) {
      // It names a line of its own where a built-in called the constructor.
      expect.soft(scripts, `${kind} ${way}`).toEqual(['self-hosted']);
    } else {
      expect.soft(initiator, `${kind} ${way}`).toMatch(new RegExp(`^app\\.js:${LINES[way]}(\\D|$)`));
      expect.soft(scripts[0], `${kind} ${way}`).toBe(`${origin}/app.js`);
    }
    expect.soft(scripts.filter((url) => url.includes('-extension:'))).toEqual([]);
  }

  // Firefox links only what could not be sent.
  const failed = ASKED.filter(({ way }) =>
    way.endsWith(BROWSER === 'firefox' ? 'socket-missing' : '-missing'),
  );
  const links = await until('the failures to stand in the Console', async () => {
    const lines = await tools.consoleLines();
    const found = failed.map(({ kind, way }) =>
      lines.find(({ text, link }) => text.includes(`/${kind}-${way}`) && link !== ''),
    );
    return found.every((each) => each !== undefined) && found;
  });
  for (const [at, { kind, way }] of failed.entries())
    expect.soft(links[at]?.link, `${kind} ${way}`).toMatch(new RegExp(`^app\\.js:${LINES[way]}(\\D|$)`));
});

/** Serves the page and its script, and an answer to everything but what is called missing. */
async function startServer(): Promise<string> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer(({ url = '' }, response) => answer(url, response));
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.endsWith('-missing')) socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    else sockets.handleUpgrade(request, socket, head, () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

function answer(url: string, response: ServerResponse): void {
  if (url === '/page') {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Page</title><script src="/app.js"></script>');
  } else if (url === '/app.js') {
    response.setHeader('Content-Type', 'text/javascript');
    response.end(SCRIPT);
  } else if (url.endsWith('-stream')) {
    response.setHeader('Content-Type', 'text/event-stream');
    response.write('data: {}\n\n');
  } else {
    response.statusCode = url.endsWith('-missing') ? 404 : 200;
    response.setHeader('Content-Type', 'application/json');
    response.end('{}');
  }
}
