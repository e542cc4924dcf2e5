import { expect, test } from 'vitest';
import { observationsIn, parseBatch } from './batch.ts';
import { type Batch, encodeBatch } from './private-port.ts';

const end = (seq: number) => ({ kind: 'end', of: 0, seq, wallTime: 0, monotonicTime: 0 });
const batch = (from: number, next: number, text: string): Batch => ({
  documentId: '0123456789abcdef0123456789abcdef',
  total: 9,
  from,
  next,
  text,
});

test('a batch is heard as it was said', () => {
  const said = batch(3, 5, '[{"line":"\\n"}]');
  const { documentId, total, from, next, text } = said;
  for (const last of [false, true]) {
    expect(parseBatch(encodeBatch(last, documentId, total, from, next, text))).toEqual({ ...said, last });
  }
});

test.each([
  [null],
  [{ documentId: 'a' }],
  [''],
  ['more'],
  ['more 0123 1 0 1\n[]'],
  [`more ${'g'.repeat(32)} 1 0 1\n[]`],
  [`more ${'f'.repeat(32)} 1 0 -1\n[]`],
  [`more ${'f'.repeat(32)} 1 0 ${'9'.repeat(30)}\n[]`],
  [`other ${'f'.repeat(32)} 1 0 1\n[]`],
])('what no hook says is no batch: %j', (said) => {
  expect(parseBatch(said)).toBeNull();
});

test('observations are those that the batch says it holds', () => {
  const text = JSON.stringify([{ ...end(4), kind: 'gap', from: 2, to: 4 }, end(5)]);
  expect(observationsIn(batch(2, 6, text))).toHaveLength(2);
  expect(observationsIn(batch(4, 6, text))).toBeNull();
  expect(observationsIn(batch(2, 7, text))).toBeNull();
});

test('with what password the page asked is left out', () => {
  const open = {
    kind: 'socket-open',
    of: 0,
    seq: 0,
    phase: 'open',
    protocols: [],
    wallTime: 0,
    monotonicTime: 0,
  };
  const text = JSON.stringify([{ ...open, url: 'wss://me:secret@chat.example/rt' }, end(1)]);
  const observations = observationsIn(batch(0, 2, text));
  expect(observations?.[0]).toEqual({ ...open, url: 'wss://chat.example/rt' });
});

test.each([
  '',
  '{',
  '[]',
  'null',
  '{"length":1}',
  '[1]',
  '[{"seq":0}]',
  '[{"kind":"end","seq":0.5}]',
  '['.repeat(10_000),
])('a text that is no list of observations gives none: %s', (text) => {
  expect(observationsIn(batch(0, 1, text))).toBeNull();
});
