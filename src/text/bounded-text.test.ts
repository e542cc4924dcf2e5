import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundedText } from './bounded-text.ts';

it('cuts a long text and counts the rest', () => {
  expect(boundedText('x'.repeat(1000))).toBe('x'.repeat(1000));
  expect(boundedText('x'.repeat(10_000_000))).toBe(`${'x'.repeat(1000)}… 9,999,000 more characters`);
  expect(boundedText('abcd', 3)).toBe('abc… 1 more character');
});

it('never cuts a character in two, and stays within its limit', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      (text, limit) => {
        const bounded = boundedText(text, limit);
        if (text.length <= limit) expect(bounded).toBe(text);
        else {
          const [head = '', rest = ''] = bounded.split(/… (?=\d+ more characters?$)/);
          expect(text.startsWith(head)).toBe(true);
          expect(head.length).toBeLessThanOrEqual(limit);
          expect(Number.parseInt(rest, 10)).toBe(text.length - head.length);
          // A pair that was whole is not cut.
          if (!/\p{Surrogate}/u.test(text)) expect(head).not.toMatch(/\p{Surrogate}/u);
        }
      },
    ),
  );
});
