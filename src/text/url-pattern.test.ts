import { expect, test } from 'vitest';
import { fitsPattern } from './url-pattern.ts';

test('a pattern fits a URL that holds its parts one after the other', () => {
  expect(fitsPattern('wss://relay.example/rt', '//relay.*/rt')).toBe(true);
  expect(fitsPattern('wss://relay.example/other', '//relay.*/rt')).toBe(false);
  expect(fitsPattern('https://any.example/', '*')).toBe(true);
});

test('it is decided at once, whatever the pattern', () => {
  expect(fitsPattern(`https://host/${'a'.repeat(4_000)}`, '*a'.repeat(5_000))).toBe(false);
});
