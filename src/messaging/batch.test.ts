import { expect, test } from 'vitest';
import { batchIn, parseBatch } from './batch.ts';
import { type Batch, encodeBatch } from './private-port.ts';

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

test('a batch in a message is one whose places make one', () => {
  const said = batch(3, 5, '[]');
  expect(batchIn({ ...said, more: 1 })).toEqual(said);
  expect(batchIn({ ...said, total: 4 })).toEqual({ ...said, total: 5 });
  for (const wrong of [
    ...[{ from: 5 }, { from: 6 }, { next: 1e15, total: 1e15 }, { total: 1e300 }, { from: -1 }, { from: 0.5 }],
    ...[{ next: Number.NaN }, { next: '5' }, { text: null }, { documentId: 'a' }, { documentId: null }],
  ]) {
    expect(batchIn({ ...said, ...wrong })).toBeNull();
  }
  expect([null, 'text', [], {}].map(batchIn)).toEqual([null, null, null, null]);
});
