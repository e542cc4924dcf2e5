import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson, withExactNumbers } from './exact-json.ts';
import { ExactNumber } from './exact-number.ts';
import { idOf, isObject, textOf } from './json-object.ts';

const member = (text: string): unknown => {
  const value = parseExactJson(text)?.value;
  return isObject(value) ? value.n : undefined;
};

describe('numbers that a double does not hold', () => {
  it.each([
    '9007199254740993',
    '1.0',
    '1e400',
    '-1.50',
    '1E2',
    '-0',
    '0.1000',
    '12345678901234567890.5',
    '1e-999',
  ])('%s stays as it came', (text) => {
    expect(textOf(member(`{"n":${text}}`))).toBe(text);
    expect(textOf(member(`{"a":[1,{"b":"\\"x\\u00e9"}],\n "n" : ${text} , "c":null}`))).toBe(text);
    expect(textOf(withNumber(text))).toBe(text);
  });

  it('are compared by their exact value', () => {
    const id = (text: string) => idOf(member(`{"n":${text}}`));
    expect(id('1.0')).toBe(id('1'));
    expect(id('1e2')).toBe(id('100'));
    expect(id('10000000000000000000000')).toBe(id('1e22'));
    expect(id('0.00000010')).toBe(id('1e-7'));
    expect(id('-0.0')).toBe(id('0'));
    expect(id('9007199254740993')).not.toBe(id('9007199254740992'));
    expect(id('123456789012345678')).not.toBe(id('123456789012345679'));
    expect(id('1e400')).not.toBe(id('1e401'));
    expect(id(`1e${'9'.repeat(2000)}`)).not.toBe(id('1e400'));
  });

  it('of one value have one text, the one of JavaScript for what a double holds', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(new ExactNumber(String(number)).canonical).toBe(String(number));
        expect(new ExactNumber(number.toExponential(20)).canonical).toBe(
          new ExactNumber(`${number.toExponential(20).replace('e', '00e')}`).canonical,
        );
      }),
    );
  });

  it('change nothing in any other text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const read = parseExactJson(`{"n":1.0,"v":${text}}`)?.value;
        const plain = parseExactJson(text)?.value;
        expect(isObject(read) ? withoutExact(read.v) : read).toEqual(withoutExact(plain));
        expect(withoutExact(plain)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('of a name that objects inherit are members like others', () => {
    const read = parseExactJson('{"__proto__":{"a":1.0},"n":2.0}')?.value;
    expect(isObject(read) && Object.hasOwn(read, '__proto__')).toBe(true);
  });
});

function withNumber(text: string): unknown {
  const json = `{"n":${text}}`;
  const value = withExactNumbers(`[${json}]`, JSON.parse(json), 1, 1 + json.length);
  return isObject(value) ? value.n : undefined;
}

function withoutExact(value: unknown): unknown {
  if (value instanceof ExactNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(withoutExact);
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    Object.defineProperty(copy, key, {
      value: withoutExact(each),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}
