import { afterEach, describe, expect, test, vi } from 'vitest';
import { jsonOf } from './json.ts';

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'toJSON');
  Reflect.deleteProperty(Array.prototype, 'toJSON');
  Reflect.deleteProperty(String.prototype, 'toJSON');
});

const VALUES = [
  null,
  'a "text" with \\ and \n and \ud800',
  true,
  -0.5,
  Number.POSITIVE_INFINITY,
  {},
  [],
  Object.setPrototypeOf(['a list', ['without a prototype']], null),
  [null, [], [1, 'two', { three: [4] }]],
  { kind: 'frame', headers: [['Date', 'x']], note: undefined, payload: { data: '__proto__', size: 3 } },
];

test.each(VALUES)('gives what JSON.stringify gives: %j', (value) => {
  expect(jsonOf(value)).toBe(JSON.stringify(value));
});

describe.each([
  ['Object.prototype', Object.prototype],
  ['Array.prototype', Array.prototype],
  ['String.prototype', String.prototype],
])('with a toJSON of the page’s at %s', (_name, prototype) => {
  test.each(VALUES)('gives the same, and does not ask it: %j', (value) => {
    const own = JSON.stringify(value);
    const toJSON = vi.fn(() => 'seen');
    Object.defineProperty(prototype, 'toJSON', { configurable: true, value: toJSON });
    expect(jsonOf(value)).toBe(own);
    expect(toJSON).not.toHaveBeenCalled();
  });
});

test('a toJSON behind Array.prototype is not asked either', () => {
  const toJSON = vi.fn(() => 'seen');
  Object.setPrototypeOf(Array.prototype, { __proto__: Object.prototype, toJSON });
  const text = jsonOf({ list: ['text'] });
  Object.setPrototypeOf(Array.prototype, Object.prototype);
  expect(text).toBe('{"list":["text"]}');
  expect(toJSON).not.toHaveBeenCalled();
});
