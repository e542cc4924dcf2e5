import { describe, expect, test } from 'vitest';
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
  typing,
} from '../testing/trace-builder.ts';

describe('order/redelivered', () => {
  test('fires for the same message in a later answer, and says nothing else of it', () => {
    const same = message();
    const built = trace().requestChat().poll([same]).poll([same]);
    expect(built.problems()).toEqual(['order/redelivered']);
    expect(built.findings('order/redelivered')).toMatchObject([{ seq: 1, related: [2] }]);
  });

  test('fires for an event without msg_id when all bytes are equal', () => {
    expect(trace().requestChat().poll([joined()]).poll([joined()]).problems()).toEqual(['order/redelivered']);
  });

  test('is silent for status, for typing without a timestamp, for the history and within one answer', () => {
    const bare = { event: 'chat_session_typing', party_id: AGENT };
    const same = message();
    const built = trace()
      .requestChat()
      .poll([status('queued'), bare, same])
      .poll([status('queued'), bare])
      .history([same]);
    expect(built.problems()).toEqual([]);
    const twice = message();
    expect(trace().requestChat().poll([twice, twice]).problems()).toEqual([]);
  });

  test('is silent for an event whose bytes differ', () => {
    const built = trace()
      .requestChat()
      .poll([joined(), typing()])
      .poll([typing(AGENT, 1)]);
    expect(built.problems()).toEqual([]);
  });
});

describe('order/id-reused', () => {
  test('fires for another text under one id', () => {
    const built = trace()
      .requestChat()
      .poll([message({ msg_id: '4', msg: 'a' })])
      .poll([message({ msg_id: '4', msg: 'b' })]);
    expect(built.problems()).toEqual(['order/id-reused']);
  });

  test('is silent for an empty id, another session, the other direction, the own echo and files', () => {
    const own = ownMessage({ msg_id: '1', msg: 'mine' });
    const file = {
      event: 'chat_session_file',
      file_type: 'image',
      msg_id: '1',
      party_id: AGENT,
      timestamp: seconds(0),
    };
    const built = trace()
      .requestChat()
      .poll([message({ msg_id: '', msg: 'a' })])
      .poll([message({ msg_id: '', msg: 'b' })])
      .post([own])
      .poll([message({ msg_id: '1', msg: 'theirs' })])
      .poll([message({ ...own, party_id: CHAT, timestamp: seconds(0) })])
      .poll([{ ...file, file_id: 'a' }])
      .poll([{ ...file, file_id: 'b' }])
      .poll([message({ msg_id: '1', msg: 'another session' })], 'other-chat');
    expect(built.findings('order/id-reused')).toEqual([]);
  });
});

describe('order/time-backwards', () => {
  test('fires for an earlier timestamp in the same poll sequence', () => {
    const built = trace()
      .requestChat()
      .poll([message({ timestamp: seconds(5) })])
      .poll([message({ timestamp: seconds(3) })]);
    expect(built.problems()).toEqual(['order/time-backwards']);
  });

  test('is silent for ties, for another channel, and for seconds beside milliseconds', () => {
    const built = trace()
      .requestChat()
      .poll([message({ timestamp: seconds(5) }), message({ timestamp: seconds(5) })])
      .poll([message({ timestamp: `${seconds(6)}900` }), message({ timestamp: seconds(6) })])
      .history([message({ timestamp: seconds(1) })]);
    const socket = built.socket();
    built.frameIn(socket, message({ timestamp: seconds(2) }));
    expect(built.problems()).toEqual([]);
  });
});

test('order/redelivered fires for a message that comes again in one part of a stream', () => {
  const built = trace();
  const of = built.request('GET', 'https://relay.example/stream', { transport: 'fetch' });
  built.head(of, 200, 'text/event-stream');
  const data = `data: ${JSON.stringify(message())}\n\n`;
  built.add({ kind: 'chunk', of, payload: text(data + data) });
  built.add({ kind: 'end', of });
  expect(built.problems()).toEqual(['order/redelivered']);
});

test('order/id-reused fires within one answer too; order/redelivered does not', () => {
  const one = message({ msg_id: '900' });
  expect(
    trace()
      .requestChat()
      .poll([one, { ...one, msg: 'another' }])
      .problems(),
  ).toEqual(['order/id-reused']);
  expect(trace().requestChat().poll([one, one]).problems()).toEqual([]);
});

describe('ids that are numbers', () => {
  const answer = (built: ReturnType<typeof trace>, id: string, msg: string) =>
    built.answerText(
      built.request('GET', `chats/${CHAT}/events`),
      `{"events":[{"event":"chat_session_message","msg":"${msg}","msg_id":${id},"party_id":"${AGENT}","timestamp":"${seconds(0)}"}]}`,
    );
  const polled = (...messages: readonly (readonly [id: string, msg: string])[]) => {
    const built = trace().requestChat();
    for (const [id, msg] of messages) answer(built, id, msg);
    return built;
  };

  test('beyond 2^53 are two where their digits differ, and shown as they came', () => {
    const built = polled(['1795165201123456789', 'a'], ['1795165201123456790', 'b']);
    expect(built.problems()).toEqual([]);
    const analysis = built.analyse();
    const row = analysis.rowOfEvent(1) ?? -1;
    const field = analysis.decoded(row)?.fields.find(({ path }) => path[0] === 'msg_id');
    expect([String(field?.value), field?.type]).toEqual(['1795165201123456790', 'number']);
    expect(analysis.rowMatches(row, '1795165201123456790')).toBe(true);
  });

  test('are one where their values are equal, however they are written', () => {
    for (const [one, other] of [
      ['1', '1.0'],
      ['1e2', '100'],
      ['12345678901234567890', '1234567890123456789.0e1'],
    ] as const) {
      const reused = polled([one, 'a'], [other, 'b']);
      expect(reused.problems()).toEqual(['order/id-reused']);
      expect(reused.findings('order/id-reused')).toMatchObject([{ params: { id: other } }]);
      expect(polled([one, 'a'], [other, 'a']).problems()).toEqual(['order/redelivered']);
    }
  });

  test('whose doubles are infinite are still two', () => {
    expect(polled(['1e400', 'a'], ['1e401', 'b']).problems()).toEqual([]);
  });
});
