/** Where observations are lost, nothing is said of what they may have held. */
import { expect, test } from 'vitest';
import {
  AGENT,
  CHAT,
  ended,
  form,
  joined,
  left,
  message,
  seconds,
  status,
  type TraceBuilder,
  trace,
} from './testing/trace-builder.ts';

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
