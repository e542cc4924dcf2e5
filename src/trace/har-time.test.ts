import { describe, expect, it } from 'vitest';
import { fileTime, messageTimes } from './har-time.ts';

const AT = Date.UTC(2026, 10, 20, 9, 0, 0, 250);

describe('a time in a HAR file', () => {
  it.each([
    ['2026-11-20T09:00:00.250Z', AT, 0.999],
    ['2026-11-20T10:00:00.250+01:00', AT, 0.999],
    ['2026-11-20T09:00:00.250125Z', AT + 0.125, 0],
    ['2026-11-20T09:00:00.2500000+00:00', AT, 0],
    ['2026-11-20T09:00:00.25Z', AT, 9.999],
    ['2026-11-20T09:00:00,250Z', AT, 0.999],
    ['2026-11-20T09:00:00Z', AT - 250, 999.999],
    ['2026-11-20T09:00Z', AT - 250, 59_999.999],
    ['Fri, 20 Nov 2026 09:00:00 GMT', AT - 250, 999.999],
    [AT, AT, 0.999],
    [AT / 1000, AT, 0.999],
    [AT / 1000 - 0.25, AT - 250, 999.999],
    [AT * 1000, AT, 0],
    [String(AT), AT, 0.999],
    ['1795165200.25', AT, 0.999],
  ])('%j is read, as exact as its digits', (value, at, within) => {
    const time = fileTime(value);
    expect(time?.at).toBeCloseTo(at, 2);
    expect(time?.within).toBeCloseTo(within, 2);
  });

  it.each([
    [null],
    [undefined],
    [''],
    ['soon'],
    [{}],
    [0],
    [-1],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    ['1970-01-01T00:00:01.000Z'],
    ['1999-12-31T23:59:59.999Z'],
    ['2926-11-20T09:00:00.000Z'],
    ['2026-11-20'],
    [12_345.678],
  ])('%j is none', (value) => {
    expect(fileTime(value)).toBeNull();
  });

  it('of a message on a monotonic clock, or of another year, is none', () => {
    expect(messageTimes([12.5, 13.5], AT)).toEqual([null, null]);
    expect(messageTimes([AT / 1000 + 1, '2020-01-01T00:00:00Z', AT + 2000], AT)).toEqual([
      AT + 1000,
      null,
      AT + 2000,
    ]);
  });
});
