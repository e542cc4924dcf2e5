import { describe, expect, it } from 'vitest';
import { parseWrapperPath, valueAt } from './wrapper-path.ts';

describe('the place of an event in a message', () => {
  it.each([
    ['payload', ['payload']],
    ['data[0]', ['data', 0]],
    ['arguments.0', ['arguments', '0']],
    ['a.b[2].c', ['a', 'b', 2, 'c']],
    ['$.payload', ['payload']],
    ['[1].x', [1, 'x']],
    ['a["b.c"]', ['a', 'b.c']],
    [' payload ', ['payload']],
  ])('%s', (text, path) => {
    expect(parseWrapperPath(text)).toEqual(path);
  });

  it.each(['', '.', 'a..b', 'a[', 'a[x]', 'a b', '.a', 'a.', '$'])('is not %j', (text) => {
    expect(parseWrapperPath(text)).toBeNull();
  });

  it('is found in any JSON, and nowhere else', () => {
    const text = ' {"a":[1,{"b\\u0041":"x,]}"},[]],"a2":{"0":true}, "a" : [null, {"bA": [ 3 ]}] } ';
    const at = (path: string) => {
      const found = valueAt(text, parseWrapperPath(path) ?? []);
      return found && text.slice(...found);
    };
    expect(at('a[1].bA')).toBe('[ 3 ]');
    expect(at('a[0]')).toBe('null');
    expect(at('a2.0')).toBe('true');
    expect(at('a[2]')).toBeNull();
    expect(at('a.b')).toBeNull();
    expect(valueAt('{"a":{"b":"cut', ['a', 'b'])).toBeNull();
    expect(valueAt('', ['a'])).toBeNull();
  });
});
