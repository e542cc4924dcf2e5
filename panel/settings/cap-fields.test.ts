import { expect, test } from 'vitest';
import { CAP_RANGES, DEFAULT_CAPS } from '../../src/observation/caps.ts';
import { CAP_FIELDS, capsIn, faultOf, typedCaps } from './cap-fields.ts';

const typed = typedCaps(DEFAULT_CAPS);
const fault = (cap: keyof typeof CAP_RANGES, text: string) => {
  const field = CAP_FIELDS.find((each) => each.cap === cap);
  return field ? faultOf(field, { ...typed, [cap]: text }) : 'no such field';
};

test('every cap that may be set has a field, and the defaults are within their ranges', () => {
  expect(CAP_FIELDS.map(({ cap }) => cap).sort()).toEqual(Object.keys(CAP_RANGES).sort());
  expect(CAP_FIELDS.map((field) => faultOf(field, typed))).toEqual(CAP_FIELDS.map(() => null));
});

test('what is shown is what is kept', () => {
  expect(capsIn(typed)).toEqual(DEFAULT_CAPS);
  expect(capsIn({ ...typed, body: '0,5', panelEvents: '2 000' })).toMatchObject({
    body: 512 * 1024,
    panelEvents: 2_000,
  });
});

test('a comma groups thousands or begins a fraction, as people write', () => {
  const sizes = { panelBytes: '1,024', ringBytes: '1,5', body: '0,125' };
  expect(capsIn({ ...typed, ...sizes })).toMatchObject({
    panelBytes: 1_024 * 1024 * 1024,
    ringBytes: 1.5 * 1024 * 1024,
    body: 128 * 1024,
  });
});

test.each(['', 'much', '-1', '1e3', '0x10'])('"%s" is no number', (text) => {
  expect(fault('body', text)).toBe('This takes a number, from 0.0625 to 8 MiB.');
});

test('a value out of its range is refused with the range', () => {
  expect(fault('body', '64')).toBe('This takes 0.0625 to 8 MiB.');
  expect(fault('ringObservations', '499')).toBe('This takes 500 to 50,000 observations.');
  expect(fault('ringObservations', '500')).toBeNull();
  expect(fault('panelEvents', '1,000,000')).toBeNull();
});

test('a tab’s share of the flight recorder is no larger than the whole', () => {
  const field = CAP_FIELDS.find(({ cap }) => cap === 'recorderTabBytes');
  const larger = { ...typed, recorderTabBytes: '3', recorderBytes: '2' };
  expect(field && faultOf(field, larger)).toBe('A tab cannot have more than there is in all.');
});
