import { expect, test } from 'vitest';
import {
  bytes,
  count,
  counted,
  duration,
  hueOf,
  jsonPath,
  milliseconds,
  pauseLength,
  sessionName,
  shortId,
} from './format.ts';

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

test('sessions that follow one another have hues far apart, and no two the same', () => {
  const hues = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(hueOf);
  expect(new Set([...hues, hueOf('AA'), hueOf('AB')]).size).toBe(28);
  const apart = (one: number, other: number) => 180 - Math.abs(180 - Math.abs(one - other));
  for (let at = 1; at < 26; at += 1) expect(apart(hues[at - 1] ?? 0, hues[at] ?? 0)).toBeGreaterThan(80);
});

test('a pause is as long as its logarithm', () => {
  expect([0, 100, 1000, 60_000, 3_600_000].map(pauseLength)).toEqual([0, 0, 11, 29, 40]);
});

test('a session is named by its letter, and an id is shortened', () => {
  expect(sessionName('B', 'd6c1adc2-385b-42e5')).toBe('B d6c1adc2');
  expect(sessionName(null, 'socket-1')).toBe('socket-1');
  expect(shortId('d6c1adc2-385b-42e5')).toBe('d6c1adc2');
  expect(shortId('wss://relay.example.com/rt#12')).toBe('rt#12');
  expect(shortId('socket-1')).toBe('socket-1');
});

test('an absurd number takes no more room than a large one', () => {
  expect([1e300, Number.POSITIVE_INFINITY, Number.NaN, -1].map(count)).toEqual([
    '999,999,999,999+',
    '999,999,999,999+',
    '0',
    '0',
  ]);
  for (const absurd of [1e300, Number.POSITIVE_INFINITY, Number.NaN, -1e300, Number.MAX_SAFE_INTEGER]) {
    for (const written of [count, bytes, duration]) expect(written(absurd).length).toBeLessThan(20);
  }
});
