/** Where observations are lost, nothing is said of what they may have held. */
import { expect, test } from 'vitest';
import {
  AGENT,
  CHAT,
  ended,
  form,
  formData,
  joined,
  left,
  message,
  ownMessage,
  seconds,
  status,
  type TraceBuilder,
  trace,
} from '../testing/trace-builder.ts';

const gap = (built: TraceBuilder) => built.add({ kind: 'gap', from: 0, to: 1, count: 2, reason: 'ring' });

test('a party may have left or joined, the state may have changed, a form may have been answered', () => {
  const built = trace().poll([status('connected'), joined(), form()]);
  gap(built);
  built.poll([status('connecting'), joined(AGENT, 'internal', 5)]).poll([left(AGENT, 5)]);
  gap(built);
  built.poll([message({ party_id: AGENT, timestamp: seconds(5) }), ended]);
  expect(built.problems()).toEqual([]);
});

test('a poll in flight may have been answered', () => {
  const built = trace().poll([status('connected')]);
  built.request('GET', `chats/${CHAT}/events`);
  gap(built);
  built.poll([]).wait(19_000).poll([]);
  expect(built.problems()).toEqual([]);
});

test('what happens wholly after the gap is judged', () => {
  const built = trace().poll([status('connected')]);
  gap(built);
  built.poll([joined(), joined(), status('queued'), status('connected'), status('connecting')]);
  built.wait(25_000).poll([]);
  expect(built.problems()).toEqual([
    'lifecycle/party-twice',
    'lifecycle/unexpected-status',
    'transport/poll-stalled',
  ]);
});

test('an answer that the file does not hold may have told anything, and its poll is a poll all the same', () => {
  const built = trace().poll([status('connected'), joined(), form()]);
  const first = built.request('GET', `chats/${CHAT}/events`);
  built.head(first, 200, 'application/json');
  const none = { encoding: 'none', data: '', size: 9, truncated: false } as const;
  built.add({ kind: 'body', of: first, role: 'answer', payload: none });
  built.add({ kind: 'end', of: first });
  built.post([formData('99')]).poll([status('connecting'), left('somebody'), ended]);
  expect(built.problems()).toEqual([]);
  const late = built.wait(25_000).request('GET', `chats/${CHAT}/events`);
  built.wait(200).poll([]).answer(late, { events: [] });
  expect(new Set(built.problems())).toEqual(
    new Set(['transport/overlapping-polls', 'transport/poll-after-end']),
  );
});

test('a form that is answered before the server was heard was shown where nobody saw it, or in a stream read late', () => {
  const built = trace().post([formData('7'), ownMessage()]);
  expect(built.problems()).toEqual([]);
  built.poll([status('connected'), form('7'), ended]);
  expect(built.problems()).toEqual([]);
  expect(
    trace()
      .poll([status('queued')])
      .post([formData('7')])
      .problems(),
  ).toEqual(['lifecycle/form-unrequested']);
});
