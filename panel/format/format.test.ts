import { expect, test } from 'vitest';
import { bytes, counted, duration, hueOf, jsonPath, milliseconds, shortId } from './format.ts';

test('one is singular, all else plural, thousands are grouped', () => {
  expect([0, 1, 2, 1204].map((n) => counted(n, 'event'))).toEqual([
    '0 events',
    '1 event',
    '2 events',
    '1,204 events',
  ]);
});

test('sizes keep two digits', () => {
  expect([0, 999, 1000, 4120, 20_000_000].map(bytes)).toEqual(['0 B', '999 B', '1 kB', '4.1 kB', '20 MB']);
});

test('durations are in the unit that a person would choose', () => {
  expect([0.2, 12.4, 4210, 59_960, 125_000, 3_840_000].map(duration)).toEqual([
    '< 1 ms',
    '12 ms',
    '4.2 s',
    '1 min 0 s',
    '2 min 5 s',
    '1 h 4 min',
  ]);
});

test('a path reads like code', () => {
  expect(jsonPath(['events', 2, 'data', 'x-y', '__proto__'])).toBe('events[2].data["x-y"].__proto__');
  expect(jsonPath([])).toBe('(whole)');
});

test('a time that is none gives nothing', () => {
  expect(milliseconds(Number.NaN)).toBe('');
  expect(milliseconds(1614718748007)).toBe('.007');
});

test('an id keeps its hue, and a short one its length', () => {
  expect(hueOf('a')).toBe(hueOf('a'));
  expect(shortId('d6c1adc2-385b-42e5')).toBe('d6c1adc2');
  expect(shortId('wss://relay.example.com/rt#12')).toBe('rt#12');
  expect(shortId('socket-1')).toBe('socket-1');
});
