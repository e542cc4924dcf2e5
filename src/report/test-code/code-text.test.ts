import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HIDDEN_SET } from '../../text/shown-text.ts';
import { commentLines, literal, quoted } from './code-text.ts';

const evaluated = (code: string): unknown => new Function(`return ${code};`)();

test('a value written as code is that value again', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      expect(evaluated(literal(plain))).toEqual(plain);
    }),
  );
});

test('a text written as code is that text again, on one line, with nothing hidden in it', () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        '`',
        '\\',
        '\n',
        '\r',
        '\u2028',
        '\u2029',
        '\u202e',
        '\ud800',
        '</script>',
        '*/',
        '${',
      ),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
  });
  fc.assert(
    fc.property(hostile, (text) => {
      const code = quoted(text);
      expect(evaluated(code)).toBe(text);
      expect(code).not.toMatch(new RegExp(`[${HIDDEN_SET}]`, 'u'));
      for (const line of commentLines(text).split('\n').slice(0, -1)) expect(line).toMatch(/^\/\/ ?/);
      expect(evaluated(`1\n${commentLines(text)}`)).toBe(1);
    }),
  );
});

test('members are named as a person names them', () => {
  expect(literal({ event: 'a', 'content-type': "b'c", 7: null })).toBe(
    "{ '7': null, event: 'a', 'content-type': 'b\\'c' }",
  );
  const own = JSON.parse('{"__proto__":{"a":1}}');
  expect(Object.keys(evaluated(literal(own)) as object)).toEqual(['__proto__']);
});
