/** Where each rule begins: the last case that it leaves alone, and the first that it does not. */
import { describe, expect, test } from 'vitest';
import {
  AGENT,
  CHAT,
  ended,
  form,
  formData,
  inactivity,
  joined,
  left,
  message,
  seconds,
  status,
  type TraceBuilder,
  trace,
  typing,
} from '../testing/trace-builder.ts';

const connected = () =>
  trace()
    .requestChat()
    .poll([status('connected'), joined()]);
const file = (party = AGENT) => ({
  event: 'chat_session_file',
  file_id: 'f-1',
  file_type: 'image',
  msg_id: '77',
  party_id: party,
  timestamp: seconds(0),
});
/** What the builder puts between two observations; the answer of a poll and the next request are two steps apart. */
const STEP = 5;
const startPoll = (built: TraceBuilder) => built.request('GET', `chats/${CHAT}/events`);

describe('limits of time', () => {
  const limit = (built: TraceBuilder) =>
    built.findings('lifecycle/typing-unfinished').map(({ params }) => params.limit);

  test('lifecycle/typing-unfinished: 60 s are allowed, and no millisecond more', () => {
    const after = (milliseconds: number) => {
      const built = trace();
      const socket = built.socket();
      built.frameIn(socket, joined()).frameIn(socket, typing());
      return built.wait(milliseconds - STEP).frameIn(socket, left());
    };
    expect(limit(after(60_000))).toEqual([]);
    expect(limit(after(60_001))).toEqual([60]);
  });

  test('lifecycle/form-unanswered: its form_timeout is allowed, and no millisecond more', () => {
    const after = (milliseconds: number) =>
      connected()
        .poll([form('7', '30')])
        .wait(milliseconds - 2 * STEP)
        .post([formData('7')])
        .findings('lifecycle/form-unanswered');
    expect(after(30_000)).toEqual([]);
    expect(after(30_001)).toHaveLength(1);
  });

  test('transport/poll-stalled: 20 s without a poll are allowed, and no millisecond more', () => {
    const after = (milliseconds: number) =>
      connected()
        .wait(milliseconds - 2 * STEP)
        .poll([])
        .problems();
    expect(after(20_000)).toEqual([]);
    expect(after(20_001)).toEqual(['transport/poll-stalled']);
  });

  test('transport/overlapping-polls: under 100 ms with an aborted older poll are allowed', () => {
    const lasting = (milliseconds: number) => {
      const built = connected();
      const older = startPoll(built);
      const newer = startPoll(built.wait(1_000));
      built.wait(milliseconds - STEP).add({ kind: 'abort', of: older, reason: 'abort' });
      return built.answer(newer, { events: [] }).problems();
    };
    expect(lasting(99)).toEqual([]);
    expect(lasting(100)).toEqual(['transport/overlapping-polls']);
  });

  test('transport/overlapping-polls: a short overlap whose older poll was answered is one', () => {
    const built = connected();
    const older = startPoll(built);
    const newer = startPoll(built);
    built.answer(older, { events: [] }).answer(newer, { events: [] });
    expect(built.problems()).toEqual(['transport/overlapping-polls']);
  });
});

describe('lifecycle/after-end', () => {
  test.each([inactivity(), status('failed'), status('completed')])('lets ended follow %j', (end) => {
    expect(connected().poll([end]).poll([ended]).findings('lifecycle/after-end')).toEqual([]);
  });

  test('fires for what follows the inactivity timeout, and for a second end', () => {
    expect(connected().poll([inactivity(), message()]).findings('lifecycle/after-end')).toMatchObject([
      { severity: 'error', params: { state: 'timed-out' } },
    ]);
    expect(connected().poll([ended]).poll([ended]).findings('lifecycle/after-end')).toHaveLength(1);
  });

  test.each([formData('7'), { ...file(), event: 'chat_session_file' }])(
    'fires for %j of the client',
    (sent) => {
      expect(connected().poll([ended]).post([sent]).findings('lifecycle/after-end')).toHaveLength(1);
    },
  );

  test('is silent for signaling of the client', () => {
    const signal = { event: 'chat_session_signaling', msg_id: '1', data: { type: 'END_CALL' } };
    expect(connected().poll([ended]).post([signal]).findings('lifecycle/after-end')).toEqual([]);
  });
});

describe('lifecycle/unexpected-status', () => {
  const BEFORE = ['establishing', 'ivr', 'queued', 'connecting'];
  const steps = BEFORE.flatMap((from) => [...BEFORE, 'connected'].map((to) => [from, to] as const));
  test.each(steps)('%s may go to %s', (from, to) => {
    const built = trace().poll([status(from), status(to)]);
    expect(built.findings('lifecycle/unexpected-status')).toEqual([]);
  });

  test.each([
    ['queued', 0],
    ['ivr', 0],
    ['failed', 0],
    ['completed', 0],
    ['connecting', 1],
    ['establishing', 1],
  ])('connected to %s gives %i', (to, count) => {
    expect(
      connected()
        .poll([status(to)])
        .findings('lifecycle/unexpected-status'),
    ).toHaveLength(count);
  });
});

describe('parties', () => {
  test('lifecycle/after-left: a file and typing of one who has left', () => {
    for (const event of [file(), typing(AGENT, 1)])
      expect(connected().poll([left(), event]).findings('lifecycle/after-left')).toHaveLength(1);
  });

  test.each([
    ['internal', 1],
    ['external', 1],
    ['scenario', 0],
  ])('lifecycle/unknown-party: after the join of an %s party %i', (type, count) => {
    const built = trace()
      .requestChat()
      .poll([joined(AGENT, type), typing('X')]);
    expect(built.findings('lifecycle/unknown-party')).toHaveLength(count);
  });
});

describe('order', () => {
  test('order/redelivered: typing with its timestamp, and a message that only has a new one', () => {
    expect(connected().poll([typing()]).poll([typing()]).problems()).toEqual(['order/redelivered']);
    const one = message({ msg_id: '4', timestamp: seconds(1) });
    expect(
      connected()
        .poll([one])
        .poll([{ ...one, timestamp: seconds(2) }])
        .problems(),
    ).toEqual(['order/redelivered']);
  });

  test('order/id-reused: an edit has the id of what it edits', () => {
    const edit = { ...message({ msg_id: '4', msg: 'b' }), event: 'chat_session_message_edit' };
    expect(
      connected()
        .poll([message({ msg_id: '4', msg: 'a' })])
        .poll([edit])
        .findings('order/id-reused'),
    ).toEqual([]);
  });

  test('order/time-backwards: within one socket, and not from one to another', () => {
    const [later, earlier] = [message({ timestamp: seconds(5) }), message({ timestamp: seconds(4) })];
    const one = trace();
    const socket = one.socket();
    expect(one.frameIn(socket, later).frameIn(socket, earlier).problems()).toEqual(['order/time-backwards']);
    const two = trace();
    two.frameIn(two.socket(), later);
    expect(two.frameIn(two.socket('wss://relay.example/other'), earlier).problems()).toEqual([]);
  });
});

describe('transport/error', () => {
  const notFound = { error_code: '5005', error_message: 'Chat session is not found' };
  test('404 of the history is one for a session that was seen alive', () => {
    const built = connected();
    built.answer(built.request('GET', `chats/${CHAT}/history`), notFound, 404);
    expect(built.findings('transport/error')).toMatchObject([{ severity: 'error' }]);
  });
});

describe('schema/invalid-json', () => {
  test('a body that the trace does not hold is a note', () => {
    const built = connected();
    const of = startPoll(built);
    built.head(of, 200, 'application/json');
    const payload = { encoding: 'none', data: '', size: 0, truncated: false } as const;
    built.add({ kind: 'body', of, role: 'answer', payload });
    expect(built.findings('schema/invalid-json')).toMatchObject([{ severity: 'note' }]);
  });

  test('an answer with status 0 is none', () => {
    const built = connected();
    built.answerText(startPoll(built), '<html>', 0);
    expect(built.findings('schema/invalid-json')).toEqual([]);
  });

  test.each(['chats', `chats/${CHAT}/events`])('a request body of %s that is cut off is an error', (path) => {
    const built = connected();
    built.request('POST', path, { raw: '{"events":[{' });
    expect(built.findings('schema/invalid-json')).toMatchObject([{ severity: 'error' }]);
  });
});
