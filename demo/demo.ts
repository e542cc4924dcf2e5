import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { answerApi, isApiPath } from './api/api.ts';
import { Chats } from './chats.ts';
import { type Exchange, type Kind, readExchange } from './exchange.ts';
import { floodOf, floodPoll, floodSocket, floodStream } from './flood.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { Defaults } from './opening.ts';
import { answerPage } from './pages.ts';
import { answerPoll, answerSend } from './relay/poll.ts';
import { chatOverSocket, noteSocket } from './relay/socket.ts';
import { chatOverStream, openStream } from './relay/stream.ts';
import { SCENARIOS, scenarioByName } from './scenarios/index.ts';

export interface DemoOptions {
  /** 0, or nothing, takes any free port. */
  readonly port?: number;
  /** What chats play that do not choose; `ordinary` otherwise. */
  readonly scenario?: string;
  /** Milliseconds between two steps, for chats that do not choose: 400, a human's pace. */
  readonly pace?: number;
  /** Milliseconds that an empty poll is held: 10,000, within what the vendor documents. */
  readonly hold?: number;
  /** False keeps no ledger, for floods. */
  readonly log?: boolean;
  /** A file that the ledger is written to as well, as NDJSON. */
  readonly logFile?: string;
}

export interface Demo {
  /** The page, on its origin. */
  readonly url: string;
  /** The origin of the widget's frame and of the vendor's API: another one than the page's. */
  readonly apiOrigin: string;
  readonly scenarioNames: readonly string[];
  readonly log: Ledger;
  close(): Promise<void>;
}

/** Starts the demo's server on loopback. Rejects when the port is taken or the scenario is not known. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const scenario = scenarioByName(options.scenario ?? 'ordinary');
  const scenarioNames = SCENARIOS.map(({ name }) => name);
  if (scenario === undefined) {
    throw new Error(`There is no scenario "${options.scenario}". There are: ${scenarioNames.join(', ')}.`);
  }
  const defaults = { scenario, pace: options.pace ?? 400, hold: options.hold ?? 10_000 };
  const ledger = openLedger({
    off: options.log === false,
    ...(options.logFile === undefined ? {} : { file: options.logFile }),
  });
  const chats = new Chats();
  const server = createServer((request, response) => {
    answer(request, response, chats, defaults, ledger).catch((error: unknown) => {
      console.error('A request could not be answered:', error);
      response.destroy();
    });
  });
  const sockets = acceptSockets(server, chats, defaults, ledger);
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}/`,
    apiOrigin: `http://localhost:${port}`,
    scenarioNames,
    log: ledger,
    async close() {
      chats.close();
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await ledger.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  chats: Chats,
  defaults: Defaults,
  ledger: Ledger,
): Promise<void> {
  const exchange = await readExchange(request, response, ledger, kindOf);
  const { pathname } = exchange.url;
  if (isApiPath(pathname)) return answerApi(exchange, chats, defaults);
  if (pathname === '/relay/send' && exchange.method === 'POST') return answerSend(exchange, chats, defaults);
  if (pathname === '/relay/poll') {
    const flood = floodOf(exchange.url);
    return flood === null ? answerPoll(exchange, chats, defaults) : floodPoll(exchange, flood);
  }
  if (pathname === '/stream') return answerStream(exchange, chats, defaults, ledger);
  if (pathname === '/__log') {
    return exchange.answer(200, { 'Content-Type': 'application/x-ndjson; charset=utf-8' }, ledger.text());
  }
  await answerPage(exchange, defaults);
}

function kindOf({ pathname }: URL): Kind {
  if (pathname === '/stream') return 'stream';
  if (isApiPath(pathname) || pathname.startsWith('/relay/')) return 'chat';
  return pathname.startsWith('/__') ? 'unlogged' : 'asset';
}

function answerStream(
  exchange: Exchange,
  chats: Chats,
  defaults: Defaults,
  ledger: Ledger,
): Promise<void> | void {
  const flood = floodOf(exchange.url);
  return flood === null
    ? chatOverStream(exchange, chats, defaults, ledger)
    : floodStream(openStream(exchange, ledger), flood);
}

function acceptSockets(
  server: ReturnType<typeof createServer>,
  chats: Chats,
  defaults: Defaults,
  ledger: Ledger,
): WebSocketServer {
  const sockets = new WebSocketServer({ server, path: '/rt', perMessageDeflate: false });
  sockets.on('connection', (socket, request) => {
    const noted = noteSocket(socket, request, ledger);
    const flood = floodOf(noted.url);
    if (flood === null) chatOverSocket(noted, chats, defaults);
    else floodSocket(noted, flood).catch(() => socket.terminate());
  });
  return sockets;
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
