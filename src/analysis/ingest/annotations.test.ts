import { describe, expect, test } from 'vitest';
import type { Observation } from '../../observation/observation.ts';
import type { Analysis } from '../api/analysis.ts';
import { createAnalysis } from '../create-analysis.ts';
import { joined, message, status, text, trace } from '../testing/trace-builder.ts';

function built() {
  const made = trace();
  made.requestChat().poll([status('connected'), joined(), message({ msg: 'one' }), message({ msg: 'two' })]);
  return made;
}

function read(observations: readonly Observation[], portion = observations.length): Analysis {
  const analysis = createAnalysis();
  for (let at = 0; at < observations.length; at += portion)
    analysis.add(observations.slice(at, at + portion));
  return analysis;
}

const flagged = (analysis: Analysis) =>
  analysis.flags().map(({ row, number, text: words }) => `${number} ${analysis.row(row).summary}: ${words}`);

const notes = (analysis: Analysis) =>
  Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row)).filter(
    ({ kind }) => kind === 'annotation',
  );

describe('an annotation', () => {
  test('is a flag on the event that it names, of those that its observation carries', () => {
    const made = built();
    const answer = made.observations.findLast(({ kind }) => kind === 'body')?.seq ?? -1;
    made.add({ kind: 'annotation', of: answer, event: 3, text: 'here' });
    made.add({ kind: 'annotation', of: answer, event: 2, text: 'and here' });
    for (const portion of [1, 3, 1000]) {
      const analysis = read(made.observations, portion);
      expect(flagged(analysis)).toEqual(['1 one: and here', '2 two: here']);
      expect(notes(analysis)).toEqual([]);
    }
  });

  test('waits for bytes that come late', () => {
    const made = trace();
    const socket = made.socket();
    made.frameIn(socket, status('connected'));
    const payload = { encoding: 'later', data: '', size: 9, truncated: false } as const;
    const frame = made.add({ kind: 'frame', of: socket, direction: 'in', payload });
    made.add({ kind: 'annotation', of: frame, text: 'late' });
    made.add({
      kind: 'body',
      of: frame,
      role: 'frame',
      payload: text(JSON.stringify(message({ msg: 'x' }))),
    });
    expect(flagged(read(made.observations, 1))).toEqual(['1 x: late']);
  });

  test('has a row of its own where what it is on is not there, or is flagged already', () => {
    const made = built();
    const answer = made.observations.findLast(({ kind }) => kind === 'body')?.seq ?? -1;
    made.add({ kind: 'annotation', of: answer, text: 'first' });
    made.add({ kind: 'annotation', of: answer, text: 'second' });
    made.add({ kind: 'annotation', of: 900, text: 'nowhere' });
    const analysis = read(made.observations);
    analysis.end();
    expect(flagged(analysis)).toEqual(['1 connected, about 10 s to wait: first']);
    expect(notes(analysis).map(({ summary }) => summary)).toEqual(['second', 'nowhere']);
  });

  test('is one of very many at one place: no time is lost over them, and none of them', () => {
    const made = built();
    const many = 30_000;
    for (let count = 0; count < many; count += 1) made.add({ kind: 'annotation', of: 0, text: `${count}` });
    const analysis = read(made.observations);
    analysis.end();
    expect(analysis.flags().length + notes(analysis).length).toBe(many);
  });
});

test('very many flags, and a very long one, are shown and changed as others are', () => {
  const made = trace();
  const socket = made.socket();
  for (let count = 0; count < 3; count += 1) made.frameIn(socket, message({ msg: `${count}` }));
  const frames = made.observations.filter(({ kind }) => kind === 'frame').map(({ seq }) => seq);
  for (const of of frames) made.add({ kind: 'annotation', of, text: 'x'.repeat(1_000_000) });
  const analysis = read(made.observations);
  expect(analysis.flags().map(({ text: words }) => words.length)).toEqual([1e6, 1e6, 1e6]);
  expect(analysis.row(analysis.rowOfEvent(1) ?? -1).flag?.text).toHaveLength(500);
  const many = trace();
  const busy = many.socket();
  for (let count = 0; count < 150_000; count += 1) {
    many.frameIn(busy, { event: 'chat_session_ended' });
    many.add({ kind: 'annotation', of: many.observations.at(-1)?.seq ?? 0, text: '' });
  }
  const crowded = read(many.observations);
  expect(crowded.flags().length).toBeGreaterThan(140_000);
  expect(crowded.flag(0, 'one more').touched.length).toBeGreaterThan(140_000);
});

test('a flag is set, changed and taken away, and changes nothing that is judged', () => {
  const analysis = read(built().observations);
  const before = JSON.stringify([analysis.totals, analysis.findings(), analysis.sessions()]);
  const [two, one] = [analysis.rowOfEvent(3) ?? -1, analysis.rowOfEvent(2) ?? -1];
  expect(analysis.flag(two, '').touched).toEqual([two]);
  // The other one has another number now.
  expect([...analysis.flag(one, 'x').touched].sort()).toEqual([one, two]);
  analysis.flag(two, 'y');
  expect(flagged(analysis)).toEqual(['1 one: x', '2 two: y']);
  expect(analysis.facts.flagged(one)).toBe(true);
  analysis.flag(one, null);
  expect(analysis.row(two).flag).toEqual({ number: 1, text: 'y' });
  expect(analysis.row(one).flag).toBeNull();
  analysis.flag(-1, 'no row');
  analysis.flag(1e9, 'no row');
  expect(analysis.flags()).toHaveLength(1);
  expect(JSON.stringify([analysis.totals, analysis.findings(), analysis.sessions()])).toBe(before);
});
