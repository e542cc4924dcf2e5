import { describe, expect, test } from 'vitest';
import {
  CHAT,
  ended,
  joined,
  message,
  status,
  type TraceBuilder,
  text,
  trace,
} from '../testing/trace-builder.ts';

const live = () =>
  trace()
    .requestChat()
    .poll([status('connected')]);
const startPoll = (built: TraceBuilder) => built.request('GET', `chats/${CHAT}/events`);
const notFound = { error_code: '5005', error_message: 'Chat session is not found' };

describe('transport/overlapping-polls', () => {
  test('fires for two polls in flight', () => {
    const built = live();
    const first = startPoll(built);
    const second = startPoll(built);
    built.answer(first, { events: [] }).answer(second, { events: [] });
    expect(built.problems()).toEqual(['transport/overlapping-polls']);
  });

  test('fires for a long overlap whose older poll is aborted', () => {
    const built = live();
    const first = startPoll(built);
    const second = startPoll(built.wait(1000));
    built.wait(120).add({ kind: 'abort', of: first, reason: 'abort' });
    expect(built.answer(second, { events: [] }).problems()).toEqual(['transport/overlapping-polls']);
  });

  test('is silent for an overlap under 100 ms whose older poll was aborted, and for polls of two chats', () => {
    const built = live();
    const first = startPoll(built);
    const second = startPoll(built.wait(13_000));
    built.add({ kind: 'abort', of: first, reason: 'abort' });
    built.answer(second, { events: [] });
    startPoll(built);
    const other = built.request('GET', 'chats/other/events');
    expect(built.answer(other, { events: [] }).problems()).toEqual([]);
  });

  test('is silent when the frame has a new document', () => {
    const built = live();
    startPoll(built);
    built.documentId = 'document-2';
    const poll = startPoll(built);
    expect(built.answer(poll, { events: [] }).problems()).toEqual([]);
  });
});

describe('transport/error', () => {
  test('fires with the status, the code and its meaning', () => {
    const built = live();
    built.answer(startPoll(built), { error_code: 5509, error_message: 'x' }, 429);
    expect(built.findings('transport/error')).toMatchObject([
      {
        severity: 'error',
        params: { status: 429, code: '5509', meaning: expect.stringContaining('concurrent') },
      },
    ]);
  });

  test('the first 5005 of a live session is an error and takes it to gone; later ones are notes', () => {
    const built = live();
    built.answer(startPoll(built), notFound, 404);
    const post = built.request('POST', `chats/${CHAT}/events`, {
      body: { events: [{ event: 'chat_session_not_typing' }] },
    });
    built.answer(post, notFound, 404);
    expect(built.findings('transport/error').map((each) => each.severity)).toEqual(['error', 'note']);
    expect(built.analyse().session(CHAT)).toMatchObject({ state: 'gone', live: false });
  });

  test('is silent for 404 of the active chat, and of the history of a session that was not seen alive', () => {
    const built = trace();
    built.answer(built.request('GET', 'chats/active'), notFound, 404);
    built.answer(built.request('GET', 'chats/old/history'), notFound, 404);
    expect(built.analyse().findings()).toEqual([]);
  });
});

describe('transport/poll-after-end', () => {
  test('fires for the second poll after the end', () => {
    const built = live().poll([ended]).poll([]).poll([]);
    expect(built.problems()).toEqual(['transport/poll-after-end']);
  });

  test('is silent for one poll', () => {
    expect(live().poll([ended]).poll([]).problems()).toEqual([]);
  });
});

describe('transport/poll-stalled', () => {
  test('fires when no poll is in flight for more than 20 s', () => {
    expect(live().wait(20_100).poll([]).problems()).toEqual(['transport/poll-stalled']);
  });

  test('is silent while a poll is held, after the end, and when the client has left', () => {
    const held = live();
    const poll = startPoll(held);
    expect(held.wait(60_000).answer(poll, { events: [] }).problems()).toEqual([]);
    expect(live().poll([ended]).wait(60_000).history([]).problems()).toEqual([]);
    expect(
      live()
        .post([{ event: 'chat_session_disconnect' }])
        .wait(60_000)
        .history([])
        .problems(),
    ).toEqual([]);
  });
});

describe('transport/poll-aborted', () => {
  test('fires for a poll that the client gave up', () => {
    const built = live();
    built.add({ kind: 'abort', of: startPoll(built), reason: 'abort' });
    expect(built.findings('transport/poll-aborted')).toMatchObject([{ severity: 'note' }]);
  });

  test('is silent for another request that was given up', () => {
    const built = live();
    built.add({ kind: 'abort', of: built.request('GET', `chats/${CHAT}/history`), reason: 'abort' });
    expect(built.findings('transport/poll-aborted')).toEqual([]);
  });
});

describe('transport/closed-abnormally', () => {
  const close = (code: number, events: readonly unknown[]) => {
    const built = trace();
    const socket = built.socket();
    for (const event of events) built.frameIn(socket, event);
    built.add({ kind: 'socket-close', of: socket, code, reason: '', clean: false });
    return built.problems();
  };

  test('fires for a socket of a live session', () => {
    expect(close(1006, [joined(), message()])).toEqual(['transport/closed-abnormally']);
  });

  test('fires for an event stream that broke off', () => {
    const built = trace();
    const stream = built.request('GET', 'https://relay.example/stream', { transport: 'eventsource' });
    built.head(stream, 200, 'text/event-stream');
    built.add({
      kind: 'stream-event',
      of: stream,
      event: 'message',
      id: '',
      payload: text(JSON.stringify(message())),
    });
    built.add({ kind: 'error', of: stream, message: 'error', retrying: true });
    expect(built.problems()).toEqual(['transport/closed-abnormally']);
  });

  test('is silent for 1000, 1001 and 1005, after the end, and for a socket that carried no chat', () => {
    expect(close(1000, [message()])).toEqual([]);
    expect(close(1001, [message()])).toEqual([]);
    expect(close(1005, [message()])).toEqual([]);
    expect(close(1006, [message(), ended])).toEqual([]);
    expect(close(1006, [])).toEqual([]);
  });
});

describe('a finding about an exchange', () => {
  test('has no event, though its answer brought one', () => {
    const built = trace()
      .requestChat()
      .poll([status('connected'), ended]);
    built.poll([]).poll([status('connected')]);
    const [found] = built.findings('transport/poll-after-end');
    expect(found).toMatchObject({ seq: null, event: null, frame: null, exchange: 3 });
    expect(built.analyse().row(found?.row ?? -1).kind).toBe('event');
  });

  test('about a body that is read all the same has the path from its root', () => {
    const built = trace().requestChat();
    built.answer(built.request('GET', `chats/${CHAT}/events`), message());
    expect(built.findings('schema/bad-envelope')).toMatchObject([{ seq: null, event: null, exchange: 1 }]);
  });
});
