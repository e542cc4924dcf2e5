/** What is looked over ahead must not be taken for what is there when its turn has come. */
import { expect, test } from 'vitest';
import type { Observation } from '../../observation/observation.ts';
import { createAnalysis } from '../create-analysis.ts';
import { CHAT, joined, message, type TraceBuilder, trace } from '../testing/trace-builder.ts';
import { AHEAD } from './prefetch.ts';

function told(batches: readonly (readonly Observation[])[]) {
  const analysis = createAnalysis();
  for (const batch of batches) analysis.add(batch);
  analysis.end();
  const rows = Array.from({ length: analysis.totals.rows }, (_, row) => [
    analysis.row(row),
    analysis.exchangeOfRow(row)?.url,
  ]);
  return { rows, findings: analysis.findings(), sessions: analysis.sessions() };
}

/** The same, whether it is looked over as a whole, in one batch after a first part, or never. */
function isTheSame(built: TraceBuilder, first: number): void {
  const { observations } = built;
  const alone = told(observations.map((each) => [each]));
  expect(told([observations])).toEqual(alone);
  expect(told([observations.slice(0, first), observations.slice(first)])).toEqual(alone);
}

test('an exchange that takes the place of another in the same batch gets what comes behind it', () => {
  const built = trace();
  const first = built.socket('wss://relay.example/first');
  built.frameIn(first, joined());
  const before = built.observations.length;
  built.frameIn(first, message());
  const stream = built.request('GET', 'https://relay.example/second', { transport: 'eventsource' });
  const request = built.observations[stream];
  if (request) built.observations[stream] = { ...request, seq: first };
  built.frameIn(first, message());
  expect(createAnalysis().add(built.observations).rows[1]).toBeGreaterThan(0);
  isTheSame(built, before);
});

test('a preflight, a foreign call and a call of the API each keep their own meaning', () => {
  const built = trace();
  built.answerText(built.request('OPTIONS', `chats/${CHAT}/events`), '');
  built.answerText(built.request('GET', 'https://other.example/a.json'), '{}');
  built.poll([message()]);
  built.post([{ event: 'chat_session_typing' }]);
  isTheSame(built, 1);
});

test('a batch longer than what is looked over at once is taken whole', () => {
  const built = trace();
  const socket = built.socket();
  for (let count = 0; count < 2 * AHEAD + 1; count += 1) built.frameIn(socket, message());
  expect(told([built.observations]).rows).toHaveLength(2 * AHEAD + 2);
  isTheSame(built, 7);
});
