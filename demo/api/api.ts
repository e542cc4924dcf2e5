import { randomUUID } from 'node:crypto';
import type { Chat } from '../chat.ts';
import type { Chats } from '../chats.ts';
import type { Exchange } from '../exchange.ts';
import type { Defaults } from '../opening.ts';
import { poll } from '../poll.ts';
import { isTenantUrl, readAuthorization } from './authorization.ts';
import type { Call } from './call.ts';
import { CONFIGURATION } from './configuration.ts';
import { refuse, type Version } from './errors.ts';
import { download, upload } from './files.ts';
import { encryptedIceServers, ICE_SERVERS } from './ice-servers.ts';
import { receiveEvents } from './receive.ts';
import { requestChat } from './request-chat.ts';

const BASE = /^\/clientweb\/api\/(v1|v2)\/(.*)$/;
const COOKIE = 'demo-chat-client';
/** Files and pictures are fetched by plain elements, which send neither header nor `tenantUrl`. */
const OPEN = /^GET chats\/[^/]+\/(?:files\/|profilephotos\/|chaticon)/;

export function isApiPath(path: string): boolean {
  return BASE.test(path);
}

/** Answers a call of the vendor's API, or refuses it with the vendor's code. */
export function answerApi(exchange: Exchange, chats: Chats, defaults: Defaults) {
  const [, v, rest = ''] = BASE.exec(exchange.url.pathname) ?? [];
  const version: Version = v === 'v2' ? 'v2' : 'v1';
  // The vendor's widget writes a double slash before `iceservers`.
  const route = `${exchange.method} ${rest.replace(/^\/+/, '')}`;
  allowOrigin(exchange);
  if (exchange.method === 'OPTIONS') return exchange.answer(204, PREFLIGHT, '');
  if (OPEN.test(route)) return answerOpen(route, exchange, version, chats);

  const caller = readAuthorization(exchange.request.headers.authorization);
  if (typeof caller === 'string') return refuse(exchange, version, caller);
  if (!isTenantUrl(exchange.url.searchParams.get('tenantUrl'))) return refuse(exchange, version, '1000');
  const cookie = identify(exchange);
  const client = /^webchat$/i.test(caller.clientId) ? cookie : caller.clientId;
  return answerRoute(route, { exchange, version, chats, defaults, client });
}

function answerRoute(route: string, call: Call) {
  const { exchange, version, chats } = call;
  switch (route) {
    case 'GET availability':
      return exchange.json(200, { chat: 'available', ewt: '3' });
    case 'GET parameters':
      return exchange.json(200, { parameters: [{ first_name: 'String' }, { last_name: 'String' }] });
    case 'GET configuration':
      return exchange.json(200, CONFIGURATION);
    case 'GET iceservers':
      return iceServers(exchange);
    case 'POST chats':
      return requestChat(call);
    case 'POST files':
      return upload(call);
    case 'GET chats/active': {
      const chat = chats.ofClient(call.client);
      if (chat === undefined) return refuse(exchange, version, '5005');
      const { id, ewt, phoneNumber, state } = chat;
      return exchange.json(200, { chat_id: id, ewt, is_new_chat: false, phone_number: phoneNumber, state });
    }
    case 'GET version':
      if (version === 'v2') return exchange.json(200, { server_version: '5.19.7.1 (Demo)' });
      return refuse(exchange, version, '5955');
  }
  const [, method = '', id = '', leaf = ''] = /^(\w+) chats\/([^/]+)\/([\w/-]+)$/.exec(route) ?? [];
  if (leaf === '') return refuse(exchange, version, '5955');
  const chat = chats.living(id);
  if (chat === undefined) return refuse(exchange, version, '5005');
  return answerChat(`${method} ${leaf}`, chat, call);
}

function answerChat(route: string, chat: Chat, call: Call) {
  const { exchange, version } = call;
  switch (route) {
    case 'GET events':
      return poll(chat, exchange, call.defaults.hold, () => refuse(exchange, version, '5509'));
    case 'POST events':
      return receiveEvents(chat, call);
    case 'GET history':
      return exchange.json(200, { events: chat.history });
  }
  if (version === 'v1') return refuse(exchange, version, '5955');
  switch (route) {
    case 'POST notifications':
      return exchange.answer(200, {}, '');
    case 'GET casehistory':
      return exchange.json(200, {
        sessions: [{ chat_id: chat.id, created_time: String(chat.created), events: chat.history }],
      });
    case 'POST closecase':
      return refuse(exchange, version, '5601');
  }
  refuse(exchange, version, '5955');
}

async function iceServers(exchange: Exchange): Promise<void> {
  const chatId = exchange.url.searchParams.get('sessionId');
  // Older widgets ask before there is a chat, and read what the documents say.
  if (chatId === null) return exchange.json(200, { servers: ICE_SERVERS });
  const text = await encryptedIceServers(chatId);
  exchange.answer(200, { 'Content-Type': 'text/plain; charset=UTF-8' }, text);
}

function answerOpen(route: string, exchange: Exchange, version: Version, chats: Chats) {
  const [, id = '', leaf = '', name = ''] = /^GET chats\/([^/]+)\/(\w+)\/?([^/]*)$/.exec(route) ?? [];
  const chat = chats.find(id);
  if (chat === undefined) return refuse(exchange, version, '5005');
  if (leaf === 'files') return download(exchange, version, chat, name);
  exchange.answer(200, { 'Content-Type': 'image/svg+xml' }, PORTRAIT);
}

const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Max-Age': '600',
};

function allowOrigin(exchange: Exchange): void {
  const { origin } = exchange.request.headers;
  if (origin === undefined) return;
  exchange.alwaysSend['Access-Control-Allow-Origin'] = origin;
  exchange.alwaysSend['Access-Control-Allow-Credentials'] = 'true';
  exchange.alwaysSend.Vary = 'Origin';
}

/** The client's cookie, set with the answer where it has none yet. */
function identify(exchange: Exchange): string {
  const known = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(exchange.request.headers.cookie ?? '')?.[1];
  if (known !== undefined) return known;
  const fresh = randomUUID();
  // Browsers take `Secure` on loopback, and a frame of another site needs it beside `SameSite=None`.
  exchange.alwaysSend['Set-Cookie'] = `${COOKIE}=${fresh}; Path=/clientweb; HttpOnly; Secure; SameSite=None`;
  return fresh;
}

const PORTRAIT =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#0f766e"/></svg>';
