import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Needle } from './search-pattern.ts';

test('a text is found in any case, and as it stands', () => {
  expect(new Needle('Refund').isIn('my REFUND, please')).toBe(true);
  expect(new Needle('ÜBER').isIn('grüezi über')).toBe(true);
  expect(new Needle('kilo').isIn('\u212aILO')).toBe(true);
  for (const text of ['.*', '(a+)+$', '[a-z]', 'a|b', 'x{2}', '\\d', '^', 'a-b/c']) {
    expect(new Needle(text).isIn('abc abd xx 5')).toBe(false);
    expect(new Needle(text).isIn(`… ${text} …`)).toBe(true);
  }
});

test('it is found where both in lower case say so', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('a', 'K', 'k', 'S', 's', 'ß', 'É', '.') }),
  );
  fc.assert(
    fc.property(text, text, text, (before, needle, behind) => {
      expect(new Needle(needle).isIn(before + needle.toUpperCase() + behind)).toBe(
        (before + needle.toUpperCase() + behind).toLowerCase().includes(needle.toLowerCase()),
      );
      expect(new Needle(needle).isIn(before)).toBe(before.toLowerCase().includes(needle.toLowerCase()));
    }),
  );
});
