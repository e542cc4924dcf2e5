import { afterEach, expect, test } from 'vitest';
import { jsonOf } from './json.ts';

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'toJSON');
  Reflect.deleteProperty(Array.prototype, 'toJSON');
  Reflect.deleteProperty(String.prototype, 'toJSON');
});

test.each([
  null,
  'a "text" with \\ and \n and \ud800',
  true,
  -0.5,
  Number.POSITIVE_INFINITY,
  {},
  [],
  [null, [], [1, 'two', { three: [4] }]],
  { kind: 'frame', headers: [['Date', 'x']], note: undefined, payload: { data: '__proto__', size: 3 } },
])('gives what JSON.stringify gives: %j', (value) => {
  expect(jsonOf(value)).toBe(JSON.stringify(value));
});

test('no method of the page’s is asked', () => {
  const toJSON = () => 'seen';
  for (const prototype of [Object.prototype, Array.prototype, String.prototype]) {
    Object.defineProperty(prototype, 'toJSON', { configurable: true, value: toJSON });
  }
  expect(jsonOf({ list: ['text'] })).toBe('{"list":["text"]}');
});
