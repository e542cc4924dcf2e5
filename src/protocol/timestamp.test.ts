import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wireTime, wireTimeUnit } from './timestamp.ts';

test('a time is read as string or number, in seconds or milliseconds', () => {
  const at = 1_614_718_748_000;
  for (const written of ['1614718748', 1614718748, '1614718748000', 1614718748000]) {
    expect(wireTime(written)).toBe(at);
  }
  expect(wireTimeUnit('1614718748')).toBe('s');
  expect(wireTimeUnit(1614718748000)).toBe('ms');
});

test.each(['', 'abc', '-1', '1e9', ' 1614718748', 0, -1, 1e20, Number.NaN, null, undefined, true, [], {}])(
  '%j is no time',
  (value) => expect(wireTime(value)).toBeNull(),
);

test('whatever is read lies in a year of a chat', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const at = wireTime(value);
      if (at === null) return;
      expect(new Date(at).getUTCFullYear()).toBeGreaterThanOrEqual(2000);
      expect(new Date(at).getUTCFullYear()).toBeLessThan(2100);
    }),
  );
});
