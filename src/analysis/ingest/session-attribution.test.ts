/** Whose session the traffic of a customer's relay is: several customers in one document, on paths that say nothing. */
import { describe, expect, test } from 'vitest';
import {
  AGENT,
  CHAT,
  ended,
  form,
  formData,
  joined,
  message,
  ownMessage,
  status,
  type TraceBuilder,
  trace,
} from '../testing/trace-builder.ts';
import { chatToken } from './chat-id-in-url.ts';

const OTHER = '11111111-2222-4333-8444-555555555555';
const origin = 'https://relay.example';

const polled = (built: TraceBuilder, path: string, events: readonly unknown[]) =>
  built.answer(built.request('GET', `${origin}${path}`, { transport: 'fetch' }), { events });

const posted = (built: TraceBuilder, path: string, events: readonly unknown[]) =>
  built.answer(built.request('POST', `${origin}${path}`, { transport: 'fetch', body: { events } }), {});

const streamed = (built: TraceBuilder, of: number, event: unknown) =>
  built.add({
    kind: 'stream-event',
    of,
    event: 'message',
    id: '',
    payload: { encoding: 'text', data: JSON.stringify(event), size: 0, truncated: false },
  });

test('two customers of one relay in one document are two sessions, whose posts find their stream and their polls', () => {
  const built = trace();
  const stream = built.request('GET', `${origin}/stream?chat=${OTHER}`, { transport: 'eventsource' });
  posted(built, `/relay/send?chat=${CHAT}`, [ownMessage()]);
  posted(built, `/relay/send?chat=${OTHER}`, [ownMessage()]);
  streamed(built, stream, [status('connected'), joined()]);
  polled(built, `/relay/poll?chat=${CHAT}`, [status('connected'), joined()]);
  streamed(built, stream, form('7'));
  polled(built, `/relay/poll?chat=${CHAT}`, [form('8'), message({ party_id: AGENT })]);
  posted(built, `/relay/send?chat=${OTHER}`, [formData('7')]);
  polled(built, `/relay/poll?chat=${CHAT}`, []);
  posted(built, `/relay/send?chat=${CHAT}`, [formData('8')]);
  polled(built, `/relay/poll?chat=${CHAT}`, [ended]);
  streamed(built, stream, message({ party_id: AGENT }));
  posted(built, `/relay/send?chat=${OTHER}`, [ownMessage()]);
  streamed(built, stream, ended);

  expect(built.problems()).toEqual([]);
  const sessions = built.analyse().sessions();
  expect(sessions.map((session) => [session.id, session.state, session.eventCount])).toEqual([
    [CHAT, 'ended', 7],
    [OTHER, 'ended', 8],
  ]);
});

test('a socket and a poll that name the same chat are one session, and a second page takes it up', () => {
  const built = trace();
  const socket = built.socket(`wss://relay.example/rt/${CHAT}`);
  built.frameIn(socket, status('queued'));
  polled(built, `/poll?conversation_id=${CHAT}`, [status('connected')]);
  built.documentId = 'document-2';
  built.frameIn(built.socket(`wss://relay.example/rt/${CHAT}`), ended);
  expect(built.analyse().sessions()).toMatchObject([
    { id: CHAT, chatId: null, state: 'ended', eventCount: 3 },
  ]);
});

test('the customer, whose party_id the URL names, gives the session its chat', () => {
  const built = trace();
  const socket = built.socket(`wss://relay.example/rt?chat=${CHAT}`);
  built.frameIn(socket, joined());
  built.frameIn(socket, { event: 'chat_session_typing', party_id: CHAT.toUpperCase() });
  built.frameIn(socket, { event: 'chat_session_not_typing', party_id: CHAT.toUpperCase() });
  expect(built.problems()).toEqual([]);
  expect(built.analyse().sessions()).toMatchObject([{ chatId: CHAT.toUpperCase() }]);
});

test('what the API knows by its chat id joins what a relay named by the same id', () => {
  const built = trace();
  built.frameIn(built.socket(`wss://relay.example/rt?chat=${CHAT}`), status('queued'));
  built.poll([status('connected')]);
  expect(built.analyse().sessions()).toMatchObject([{ chatId: CHAT, eventCount: 2 }]);
});

test('sockets without a name are a session each, and polls without one are one a document', () => {
  const built = trace();
  for (const socket of [built.socket(), built.socket()]) built.frameIn(socket, status('queued'));
  polled(built, '/poll?nonce=1', [status('queued')]);
  polled(built, '/poll?nonce=2', [message()]);
  posted(built, '/send', [ownMessage()]);
  built.documentId = 'document-2';
  polled(built, '/poll?nonce=3', [status('queued')]);
  expect(
    built
      .analyse()
      .sessions()
      .map((session) => session.eventCount),
  ).toEqual([1, 1, 3, 1]);
});

test('a post without a name is of the only connection that the document has at that host', () => {
  const built = trace();
  const stream = built.request('GET', `${origin}/stream`, { transport: 'eventsource' });
  streamed(built, stream, form());
  posted(built, '/send', [formData()]);
  streamed(built, stream, ended);
  expect(built.problems()).toEqual([]);
  expect(built.analyse().sessions()).toHaveLength(1);
});

test('a page that begins a second chat on the same paths has a second session', () => {
  const built = trace();
  for (const chat_id of [CHAT, OTHER]) {
    built.answer(built.request('POST', `${origin}/start`, { body: {} }), { chat_id });
    polled(built, '/poll', [status('connected'), ended]);
  }
  expect(built.problems()).toEqual([]);
  expect(built.analyse().sessions()).toMatchObject([
    { id: CHAT, eventCount: 2 },
    { id: OTHER, eventCount: 2 },
  ]);
});

test('a socket that carries several chats has the session that each event names', () => {
  const built = trace();
  const socket = built.socket();
  for (const chat_id of [CHAT, OTHER, CHAT]) built.frameIn(socket, { ...message(), chat_id });
  expect(built.analyse().sessions()).toMatchObject([
    { chatId: CHAT, eventCount: 2 },
    { chatId: OTHER, eventCount: 1 },
  ]);
});

describe('the token of a URL', () => {
  test.each([
    [`https://a.example/poll?chat=${CHAT}`, CHAT],
    [`https://a.example/poll?requestId=${OTHER}&chatId=${CHAT}`, CHAT],
    [`https://a.example/c/${CHAT.toUpperCase()}/poll`, CHAT],
    [`wss://a.example/tenants/${OTHER}/chats/${CHAT}`, CHAT],
    [`wss://a.example/widget-chat/${CHAT}`, CHAT],
    [`wss://a.example/rt?room=${CHAT}`, CHAT],
    ['wss://a.example:8080/rt?session-id=42', 'a.example:8080 42'],
  ])('%s is its chat', (url, token) => expect(chatToken(url)).toBe(token));

  test.each([
    `https://a.example/poll?nonce=${CHAT}`,
    `https://a.example/poll?_=${CHAT}`,
    `https://a.example/apps/${CHAT}/rt`,
    `wss://a.example/rt?clientId=${CHAT}&tenant_id=${OTHER}`,
    'https://a.example/poll?chat=true',
    'https://a.example/poll',
    'no url',
  ])('%s has none', (url) => expect(chatToken(url)).toBeNull());
});
