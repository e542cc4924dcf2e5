import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../src/analysis/api/analysis.ts';
import { OverviewCounts } from '../../store/overview-counts.ts';
import { rangeIn, withoutRange, withRange } from './range-text.ts';
import { labelledTimes, scaleOf, timeAt, xOf } from './time-scale.ts';

const T0 = Date.parse('2026-01-02T03:04:05Z');

interface Row {
  readonly time: number;
  kind?: string;
  readonly direction?: 'in' | 'out' | null;
  severity?: 'error' | 'warning' | 'note' | null;
}

/** As much of an analysis as the overview asks. */
function traceOf(rows: readonly Row[]): Analysis {
  const facts = {
    time: (row: number) => rows[row]?.time ?? 0,
    kind: (row: number) => rows[row]?.kind ?? 'event',
    direction: (row: number) => rows[row]?.direction ?? null,
    severity: (row: number) => rows[row]?.severity ?? null,
  };
  return {
    facts,
    get totals() {
      return { rows: rows.length };
    },
  } as unknown as Analysis;
}

const never = () => false;

describe('the counts of the overview', () => {
  test('before the first row there is nothing', () => {
    const counts = new OverviewCounts(traceOf([{ time: T0, kind: 'document' }, { time: T0 + 5_000 }]));
    expect(counts.lookOn(never)).toBe(true);
    expect(counts.between(T0 - 20, T0 - 10)).toMatchObject({ documents: 0 });
    expect(counts.between(T0 - 1, T0 + 1)).toMatchObject({ documents: 1 });
  });

  test('are those of the rows, however long the trace is and in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            time: fc.integer({ min: 0, max: 40 * 86_400_000 }).map((ms) => T0 + ms),
            direction: fc.constantFrom('in' as const, 'out' as const),
            severity: fc.constantFrom('error' as const, 'warning' as const, 'note' as const, null),
          }),
          { minLength: 1, maxLength: 200 },
        ),
        (rows) => {
          const counts = new OverviewCounts(traceOf(rows));
          expect(counts.lookOn(never)).toBe(true);
          const [from, to] = counts.span ?? [0, 0];
          expect([from, to]).toEqual([
            Math.min(...rows.map(({ time }) => time)),
            Math.max(...rows.map(({ time }) => time)),
          ]);
          const all = counts.between(from - 1e12, to + 1e12);
          const of = (test: (row: (typeof rows)[number]) => boolean) => rows.filter(test).length;
          expect(all).toEqual({
            in: of(({ direction }) => direction === 'in'),
            out: of(({ direction }) => direction === 'out'),
            errors: of(({ severity }) => severity === 'error'),
            warnings: of(({ severity }) => severity === 'warning'),
            gaps: 0,
            documents: 0,
          });
          // Pixel by pixel nothing is counted twice or left out.
          const scale = scaleOf([from, to], 300);
          let sum = 0;
          for (let x = 0; x < 300; x += 1) {
            const part = counts.between(timeAt(scale, x), timeAt(scale, x + 1));
            sum += part.in + part.out;
          }
          // Where a stretch is wider than a pixel it is drawn in each that it covers.
          expect(sum).toBeGreaterThanOrEqual(rows.length);
        },
      ),
    );
  });

  test('follow findings that come and go', () => {
    const rows: Row[] = [{ time: T0, direction: 'in' }];
    const counts = new OverviewCounts(traceOf(rows));
    counts.lookOn(never);
    for (const [severity, errors, warnings] of [
      ['error', 1, 0],
      ['warning', 0, 1],
      [null, 0, 0],
    ] as const) {
      if (rows[0]) rows[0].severity = severity;
      counts.revise([0]);
      expect(counts.between(T0, T0 + 1)).toMatchObject({ errors, warnings });
    }
  });

  test('follow a row that turns out to be an event', () => {
    const rows: Row[] = [{ time: T0, direction: 'in', kind: 'frame' }];
    const counts = new OverviewCounts(traceOf(rows));
    counts.lookOn(never);
    expect(counts.received).toBe(0);
    if (rows[0]) rows[0].kind = 'event';
    counts.revise([0]);
    counts.revise([0]);
    expect([counts.received, counts.between(T0, T0 + 1).in]).toEqual([1, 1]);
  });

  test('leave out times of clocks that were never set', () => {
    const counts = new OverviewCounts(traceOf([{ time: 5 }, { time: Number.NaN }, { time: T0 }]));
    counts.lookOn(never);
    expect(counts.span).toEqual([T0, T0]);
  });

  test('give way, and go on where they stopped', () => {
    const rows = Array.from({ length: 2_000 }, (_, at): Row => ({ time: T0 + at, direction: 'in' }));
    const counts = new OverviewCounts(traceOf(rows));
    let rounds = 1;
    while (!counts.lookOn(() => true)) rounds += 1;
    expect(rounds).toBe(4);
    expect(counts.received).toBe(2_000);
  });
});

describe('the scale', () => {
  test('leads from a time to a pixel and back', () => {
    const scale = scaleOf([T0, T0 + 60_000], 1_000);
    expect(timeAt(scale, xOf(scale, T0 + 12_345))).toBeCloseTo(T0 + 12_345);
    expect(timeAt(scale, -5)).toBe(scale.from);
    expect(timeAt(scale, 5_000)).toBe(scale.to);
  });

  test('is labelled at even times that have room', () => {
    const scale = scaleOf([T0, T0 + 300_000], 1_000);
    const times = labelledTimes(scale, 150);
    expect(times.length).toBeGreaterThan(2);
    for (const time of times) expect(new Date(time).getSeconds()).toBe(0);
    for (const [at, time] of times.slice(1).entries())
      expect(xOf(scale, time) - xOf(scale, times[at] ?? 0)).toBeGreaterThanOrEqual(150);
    expect(labelledTimes(scaleOf([T0, T0 + 1e13], 10), 150)).toEqual([]);
  });
});

describe('a range in the filter', () => {
  const range = { from: T0, to: T0 + 5_500 };

  test('stands beside what is there, is found again, and is taken away', () => {
    for (const filter of ['', 'refund', '-typing event:message', '(a or b)']) {
      const text = withRange(filter, range);
      expect(rangeIn(text)).toEqual(range);
      expect(withoutRange(text)).toBe(filter);
      const other = { from: T0 + 1, to: T0 + 2 };
      expect(rangeIn(withRange(text, other))).toEqual(other);
    }
    expect(withRange('a or b', range)).toMatch(/^\(a or b\) after:/);
  });

  test('is none where a person typed only one end, or turned them round', () => {
    expect(rangeIn('after:2026-01-02T03:04:05')).toBeNull();
    expect(rangeIn('after:2026-01-02T03:04:05 before:2026-01-01T00:00:00')).toBeNull();
  });
});
