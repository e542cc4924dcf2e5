/** Events under framings and wrappers: the same events, sessions and findings as plain, over every transport. */
import { describe, expect, it, test } from 'vitest';
import { WRITERS } from '../../framing/testing/writers.ts';
import type { Analysis } from '../api/analysis.ts';
import {
  AGENT,
  ended,
  form,
  joined,
  left,
  message,
  ownMessage,
  status,
  type TraceBuilder,
  text,
  trace,
} from '../testing/trace-builder.ts';

type Event = Record<string, unknown>;
type Write = (events: readonly object[]) => string;

const plain: Write = (events) => JSON.stringify({ events });

/** A conversation with two defects: a party that never joined, and a message without its party. */
const MESSAGES: readonly (readonly Event[])[] = [
  [status('queued')],
  [status('connected'), joined()],
  [message({ party_id: AGENT, msg: 'Grüße "an" alle 😀\n{"event":"chat_session_ended"}' })],
  [message({ party_id: undefined, msg_id: '2' }), form()],
  [left('12345678-1234-4234-8234-123456789012')],
  [ended],
];

const CARRIERS: Readonly<Record<string, (built: TraceBuilder, write: Write) => void>> = {
  'a socket': (built, write) => {
    const socket = built.socket();
    for (const events of MESSAGES)
      built.add({ kind: 'frame', of: socket, direction: 'in', payload: text(write(events)) });
  },
  'an event source': (built, write) => {
    const stream = built.request('GET', 'https://relay.example/stream', { transport: 'eventsource' });
    for (const events of MESSAGES)
      built.add({ kind: 'stream-event', of: stream, event: 'message', id: '', payload: text(write(events)) });
  },
  "a relay's polls": (built, write) => {
    for (const events of MESSAGES) {
      const of = built.request('GET', 'https://relay.example/poll', { transport: 'fetch' });
      built.answerText(of, write(events), 200, 'text/html');
    }
  },
};

const summary = (analysis: Analysis) => ({
  rows: Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row))
    .filter(({ seq }) => seq !== null)
    .map(({ event, summary: words, party, session, direction }) => [event, words, party, session, direction]),
  sessions: analysis.sessions().map(({ state, eventCount }) => [state, eventCount]),
  findings: analysis
    .findings()
    .map(({ rule, severity, path, event, seq }) => [rule, severity, path, event, seq]),
});

describe.each(Object.keys(CARRIERS))('over %s', (carrier) => {
  const read = (write: Write) => {
    const built = trace();
    CARRIERS[carrier]?.(built, write);
    return built.analyse();
  };
  const expected = summary(read(plain));

  test.each(Object.keys(WRITERS))('%s gives what plain events give', (name) => {
    expect(summary(read(WRITERS[name] ?? plain))).toEqual(expected);
  });

  test.each(Object.keys(WRITERS))("%s: an event's decoded fields are those of the plain one", (name) => {
    const analysis = read(WRITERS[name] ?? plain);
    const row = analysis.rowOfEvent(3) ?? -1;
    const msg = analysis.decoded(row)?.fields.find(({ path }) => path[0] === 'msg');
    expect(msg?.value).toBe(MESSAGES[2]?.[0]?.msg);
    expect(analysis.rowMatches(row, 'Grüße "an" alle 😀')).toBe(true);
  });
});

test('an event in a wrapper stands where it is in the bytes', () => {
  const built = trace();
  const socket = built.socket();
  built.add({
    kind: 'frame',
    of: socket,
    direction: 'in',
    payload: text(`42["chat",${JSON.stringify(ended)}]`),
  });
  const carrier = built.analyse().carrier(built.analyse().rowOfEvent(0) ?? -1);
  expect(carrier?.text.slice(...(carrier.slice ?? [0, 0]))).toBe(JSON.stringify(ended));
});

test('a poll of the API itself is peeled, and its envelope is still wrong', () => {
  const built = trace().requestChat();
  built.answer(built.request('GET', `chats/${'d6c1adc2-385b-42e5-9e0a-1883c2bc5f81'}/events`), {
    data: [status('connected')],
  });
  const analysis = built.analyse();
  expect(analysis.totals.events).toBe(1);
  expect(analysis.sessions()[0]?.state).toBe('connected');
  expect(built.problems()).toEqual(['schema/bad-envelope']);
});

describe('a message that carries nothing', () => {
  const names = (...texts: readonly string[]) => {
    const built = trace();
    const socket = built.socket();
    for (const data of texts) built.add({ kind: 'frame', of: socket, direction: 'in', payload: text(data) });
    const analysis = built.analyse();
    expect(built.problems()).toEqual([]);
    return Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row).event).slice(1);
  };

  it('is named by what it is to its framing', () => {
    expect(names('0{"sid":"x"}', '40', '2', '3', `42["e",${JSON.stringify(ended)}]`)).toEqual([
      'handshake',
      'handshake',
      'heartbeat',
      'heartbeat',
      'chat_session_ended',
    ]);
    expect(names('{"type":6}\u001e', '{"type":"ping","message":1}', 'o')).toEqual([
      'heartbeat',
      'heartbeat',
      'handshake',
    ]);
  });

  it('is a number or a text where no framing is known', () => {
    expect(names('2', 'h')).toEqual(['JSON frame', 'text frame']);
  });
});

describe('a message that names an event in which none can be read', () => {
  const rules = (data: string) => {
    const built = trace();
    const socket = built.socket();
    built.add({ kind: 'frame', of: socket, direction: 'in', payload: text(data) });
    return built.problems();
  };

  test.each([
    ['<event name="chat_session_ended"/>'],
    ['name: chat_session_ended\nbody: x'],
    ['{"type":"chat_session_ended"}'],
    ['["chat_session_ended"]'],
    ['~m~31~m~"chat_session_message","msg":1'],
  ])('is said: %j', (data) => {
    expect(rules(data)).toEqual(['schema/unread-event']);
  });

  test.each([['{"log":"saw chat_session_ended today"}'], ['{"type":"chat_session_foo"}'], ['chat_session_']])(
    'is not said of words: %j',
    (data) => {
      expect(rules(data)).toEqual([]);
    },
  );
});

describe("the page's analytics", () => {
  const posted = (body: unknown) => {
    const built = trace().requestChat();
    built.answerText(
      built.request('POST', 'https://analytics.example/collect', { transport: 'fetch', body }),
      '{"ok":true}',
    );
    const analysis = built.analyse();
    return [analysis.totals.events, analysis.sessions().length, built.problems()];
  };

  test.each([
    [{ event: 'chat_session_ended', page: '/shop' }],
    [{ event: 'chat_session_message', category: 'chat', label: 'sent' }],
    [{ event: 'chat_session_foo' }],
    [{ events: [{ event: 'chat_session_status', state: 'connected' }] }],
    [{ data: { event: 'chat_session_connected', value: 1 } }],
  ])('are no chat: %j', (body) => {
    expect(posted(body)).toEqual([0, 1, []]);
  });

  it('are told from what a client sends', () => {
    expect(posted({ events: [ownMessage()] })).toEqual([1, 2, []]);
    expect(posted({ payload: { event: 'chat_session_end' } })).toEqual([1, 2, []]);
  });
});

test('what a framing tells stands beside the exchange', () => {
  const tells = (name: string) => {
    const built = trace();
    const content = text(WRITERS[name]?.([status('queued')]) ?? '');
    built.add({ kind: 'frame', of: built.socket(), direction: 'in', payload: content });
    const analysis = built.analyse();
    return analysis.exchangeOfRow(analysis.rowOfEvent(0) ?? -1)?.layers ?? null;
  };
  expect(tells('socket.io in a namespace')).toEqual({
    framings: ['socket.io'],
    tells: [{ framing: 'socket.io', name: 'chat', namespace: '/support', id: '12' }],
  });
  expect(tells('SignalR')).toMatchObject({ tells: [{ framing: 'SignalR', name: 'ReceiveEvent' }] });
  expect(tells('Phoenix')).toMatchObject({
    tells: [{ framing: 'Phoenix', name: 'new_msg', topic: 'chat:1' }],
  });
  expect(tells('STOMP in SockJS')).toMatchObject({
    tells: [{ framing: 'SockJS' }, { framing: 'STOMP', name: 'MESSAGE', topic: '/topic/chat', id: '7' }],
  });
  expect(tells('a list')).toBeNull();
});
