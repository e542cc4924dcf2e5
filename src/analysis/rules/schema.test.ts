import { describe, expect, test } from 'vitest';
import { JSON_DEPTH } from '../../text/json-text.ts';
import {
  AGENT,
  CHAT,
  joined,
  message,
  ownMessage,
  seconds,
  status,
  text,
  trace,
} from '../testing/trace-builder.ts';

const answered = (body: string, status = 200) => {
  const built = trace().requestChat();
  return built.answerText(built.request('GET', `chats/${CHAT}/events`), body, status);
};
const polled = (event: unknown) => trace().requestChat().poll([event]);
const without = (event: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(event).filter(([name]) => name !== key));

describe('schema/invalid-json', () => {
  test('fires with the position for a body that is cut off, and for an HTML page with status 200', () => {
    expect(answered('{"events":[\n{"event":').findings('schema/invalid-json')).toMatchObject([
      { severity: 'error', params: { line: 2, column: 10, offset: 21 } },
    ]);
    expect(answered('<html>').problems()).toEqual(['schema/invalid-json']);
  });

  test('fires for a frame that begins like a chat event', () => {
    const built = trace();
    built.add({
      kind: 'frame',
      of: built.socket(),
      direction: 'in',
      payload: text('{"event":"chat_session_mess'),
    });
    expect(built.problems()).toEqual(['schema/invalid-json']);
  });

  test('is silent for ice servers, error pages, OPTIONS and frames that are no chat', () => {
    const built = trace();
    built.answerText(built.request('GET', 'iceservers'), 'c2VjcmV0');
    built.answerText(built.request('OPTIONS', `chats/${CHAT}/events`), '');
    built.add({ kind: 'frame', of: built.socket(), direction: 'in', payload: text('hello {') });
    built.answerText(built.request('GET', 'availability'), '<html>', 502);
    expect(built.problems()).toEqual(['transport/error']);
  });

  test('is a note where the trace holds only the beginning, whose whole events are there', () => {
    const built = trace().requestChat();
    const of = built.request('GET', `chats/${CHAT}/events`);
    built.head(of, 200, 'application/json');
    const whole = JSON.stringify({ events: [message(), message()] });
    const payload = { ...text(whole.slice(0, -20)), truncated: true };
    built.add({ kind: 'body', of, role: 'answer', payload });
    expect(built.findings('schema/invalid-json')).toMatchObject([{ severity: 'note' }]);
    expect(built.analyse().totals.events).toBe(1);
    expect(built.analyse().row(2).truncated).toBe(true);
  });
});

describe('schema/empty-answer', () => {
  test('fires for an empty poll answer with 200', () => {
    expect(answered('').findings('schema/empty-answer')).toMatchObject([{ severity: 'note' }]);
  });
  test('is silent for a POST', () => {
    expect(trace().requestChat().post([ownMessage()]).findings('schema/empty-answer')).toEqual([]);
  });
});

describe('schema/bad-envelope', () => {
  test.each(['null', '{}', '"text"', JSON.stringify({ events: {} })])('fires for %s', (body) => {
    expect(answered(body).problems()).toEqual(['schema/bad-envelope']);
  });

  test('fires for a lone event and for an array, which are read all the same', () => {
    const lone = answered(JSON.stringify(message()));
    expect(lone.problems()).toEqual(['schema/bad-envelope']);
    expect(lone.analyse().totals.events).toBe(1);
    expect(answered(JSON.stringify([message(), message()])).analyse().totals.events).toBe(2);
  });

  test('is silent for frames of a relay', () => {
    const built = trace();
    const socket = built.socket();
    built
      .frameIn(socket, message())
      .frameIn(socket, [message()])
      .frameIn(socket, { events: [message()] });
    expect(built.problems()).toEqual([]);
    expect(built.analyse().totals.events).toBe(3);
  });
});

describe('schema/not-an-event', () => {
  test('fires for elements that are no object or have no string event; they are no events', () => {
    const built = trace()
      .requestChat()
      .poll([null, 5, { event: 7 }, message()]);
    expect(built.findings('schema/not-an-event').map((each) => each.path)).toEqual([
      ['events', 0],
      ['events', 1],
      ['events', 2],
    ]);
    expect(built.analyse().totals.events).toBe(1);
  });
  test('is silent for an empty list', () => {
    expect(trace().requestChat().poll([]).problems()).toEqual([]);
  });
});

describe.each([
  ['schema/missing-field', without(message(), 'party_id'), { ...ownMessage(), event: 'chat_session_ended' }],
  ['schema/wrong-type', message({ msg: 5 }), message()],
  ['schema/bad-value', message({ timestamp: 'soon' }), message()],
  ['schema/unknown-event', { event: 'chat_session_massage' }, message()],
  ['schema/undocumented-event', { event: 'chat_session_info', service_name: 'x' }, message()],
  ['schema/undocumented-value', status('ivr'), status('queued')],
  ['schema/loose-type', { event: 'chat_session_status', state: 'queued', ewt: '' }, status('queued')],
  ['schema/unknown-field', message({ colour: 'red' }), message()],
  [
    'schema/documented-typo',
    { event: 'chat_session_inactvity_timeout', msg: '', timestamp: seconds(0) },
    message(),
  ],
  ['schema/timestamp-unit', joined(), joined(AGENT, 'internal')],
])('%s', (rule, faulty, fine) => {
  test('fires at the event', () => {
    expect(polled(faulty).findings(rule)).toMatchObject([{ seq: 0, event: faulty.event }]);
  });
  test('is silent for the near miss', () => {
    const near = rule === 'schema/timestamp-unit' ? { ...fine, timestamp: `${seconds(0)}000` } : fine;
    expect(polled(near).findings(rule)).toEqual([]);
  });
});

describe('schema/too-deep', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const body = (depth: number) =>
    `{"events":[{"event":"chat_session_signaling","msg_id":"2","party_id":"${AGENT}","data":{"deep":${nested(depth)}}},${JSON.stringify(message())}]}`;

  test('fires at 10,000 levels and loses nothing beside them', () => {
    const built = answered(body(10_000));
    expect(built.findings('schema/too-deep')).toMatchObject([{ seq: 0 }]);
    expect(built.analyse().totals.events).toBe(2);
  });
  test('is silent for what stays below the cap', () => {
    expect(answered(body(JSON_DEPTH - 10)).findings('schema/too-deep')).toEqual([]);
  });
});
