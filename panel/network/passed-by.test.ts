import { expect, test } from 'vitest';
import { passedBy } from './passed-by.ts';

const SETTINGS = { patterns: [], marks: [], everything: false };

function entry(url: string, type = 'fetch', more: Record<string, unknown> = {}) {
  return {
    startedDateTime: '2026-01-02T03:04:05.000Z',
    time: 5,
    _resourceType: type,
    request: { method: 'GET', url, headers: [], bodySize: 0 },
    response: { status: type === 'websocket' ? 101 : 200, headers: [], content: { size: 0 } },
    ...more,
  };
}

const message = (data: string, opcode = 1) => ({ type: 'receive', time: 1_767_323_045, opcode, data });

test('what scripts asked for and is no chat is counted, and the rest is not', () => {
  const chat = entry('https://a.example/clientweb/api/v1/chats/1/events');
  const seen = passedBy(
    [
      entry('https://a.example/prices'),
      entry('https://a.example/logo.png', 'image'),
      entry('wss://a.example/feed', 'websocket', { _webSocketMessages: [] }),
      chat,
      null,
      { request: 5 },
    ],
    SETTINGS,
    true,
  );
  expect(seen).toMatchObject({ requests: 1, sockets: 1 });
  expect(seen.candidates.map(({ url }) => url)).toEqual(['wss://a.example/feed']);
});

test('what looks most like a chat comes first, each address once, with a pattern that holds for its next id', () => {
  const polls = [1, 2, 3].map((n) => entry(`https://a.example/conversations/8842/poll?after=${n}#x`));
  const { candidates } = passedBy(
    [...polls, entry('https://a.example/prices'), entry('https://a.example/stream', 'eventsource')],
    SETTINGS,
    true,
  );
  expect(candidates.map(({ kind, count, pattern }) => [kind, count, pattern])).toEqual([
    ['request', 3, 'https://a.example/conversations/*/poll'],
    ['stream', 1, 'https://a.example/stream'],
  ]);
});

test('why a socket was not taken is said: no message, binary ones, none that names an event, none told', () => {
  const why = (messages: readonly unknown[], tells = true) =>
    passedBy([entry('wss://a.example/s', 'websocket', { _webSocketMessages: messages })], SETTINGS, tells)
      .candidates[0]?.why;
  expect(why([])).toBe('No message has come over it yet.');
  expect(why([message('AAEC', 2), message('/w==', 2)])).toMatch(/^Its messages are binary \(2\)/);
  expect(why([message('{"price":5}')])).toBe('None of its messages (1) names a chat event.');
  expect(why([], false)).toMatch(/do not tell the messages of sockets/);
});

test('what a pattern of the person takes for chat has not passed by', () => {
  const seen = passedBy(
    [entry('https://a.example/relay/poll')],
    { ...SETTINGS, patterns: ['/relay/'] },
    true,
  );
  expect(seen).toEqual({ requests: 0, sockets: 0, tellsMessages: true, candidates: [] });
});
