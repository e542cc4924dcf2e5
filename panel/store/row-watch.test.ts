import { expect, test } from 'vitest';
import type { Analysis, RowView } from '../../src/analysis/api/analysis.ts';
import { RowWatch } from './row-watch.ts';

/** Rows that are told apart by their summary, which the test changes. */
function watchOf(summaries: string[]): RowWatch {
  const analysis = {
    row: (index: number) => ({ index, summary: summaries[index] }) as unknown as RowView,
  } as unknown as Analysis;
  return new RowWatch(analysis);
}

test('whoever watches a row hears of its changes, and of no other row', () => {
  const summaries = ['a', 'b'];
  const watch = watchOf(summaries);
  const heard: string[] = [];
  const stop = watch.watch(0).subscribe((row) => heard.push(row.summary));
  summaries[0] = 'late bytes';
  summaries[1] = 'else';
  watch.touch([0, 1]);
  stop();
  watch.touch([0]);
  expect(heard).toEqual(['a', 'late bytes']);
});

test('a row that one leaves is still watched by the other', () => {
  const summaries = ['a'];
  const watch = watchOf(summaries);
  const heard: string[] = [];
  const leave = watch.watch(0).subscribe(() => undefined);
  const stay = watch.watch(0).subscribe((row) => heard.push(row.summary));
  leave();
  summaries[0] = 'b';
  watch.touch([0]);
  stay();
  expect(heard).toEqual(['a', 'b']);
});

test('a row that nobody watched meanwhile is read again', () => {
  const summaries = ['a'];
  const watch = watchOf(summaries);
  watch.watch(0).subscribe(() => undefined)();
  summaries[0] = 'b';
  watch.touch([0]);
  expect(watch.watch(0).peek().summary).toBe('b');
});
