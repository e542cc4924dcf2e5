import { describe, expect, test } from 'vitest';
import { type FilterNode, narrows, type Test } from './filter-tree.ts';
import { parseFilter } from './parse-filter.ts';
import { compileRegex } from './regex-engine.ts';

const parsed = (text: string) => parseFilter(text, { compile: compileRegex });

/** The tree as a person would write it down. */
function shown(node: FilterNode | null): string {
  if (node === null) return 'all';
  switch (node.is) {
    case 'hole':
      return String(node.holds);
    case 'test':
      return shownTest(node.test);
    case 'not':
      return `not ${shown(node.part)}`;
    default:
      return `(${node.parts.map(shown).join(` ${node.is} `)})`;
  }
}

function shownTest(test: Test): string {
  const on = test.on === 'field' ? ['field', ...test.path].join('.') : test.on;
  if ('match' in test) {
    const { match } = test;
    const text = match.how === 'regex' ? match.source : match.needle;
    return `${on} ${match.how === 'regex' ? '~' : match.how} ${text}`;
  }
  if ('time' in test) return `${on} ${test.time.from} ${test.time.ms}`;
  return `${on} ${test.compared} ${test.value}`;
}

const tree = (text: string) => shown(parsed(text).node);
const mistakes = (text: string) =>
  parsed(text).mistakes.map((each) => `${text.slice(each.from, each.to)}: ${each.text}`);

describe('a filter', () => {
  test.each([
    ['  Agent  joined\tNOW ', '(row contains agent and row contains joined and row contains now)'],
    ['"agent joined" x', '(row contains agent joined and row contains x)'],
    ['a "b c', '(row contains a and row contains b c)'],
    ['"say \\"hi\\""', 'row contains say "hi"'],
    ['-typing -"not typing"', '(not row contains typing and not row contains not typing)'],
    ['- a-b', '(row contains - and row contains a-b)'],
    ['"" -""', 'all'],
    [
      'event:Typing -party:"Anna Lee" DIR:in',
      '(event contains typing and not party contains anna lee and dir equals in)',
    ],
    [
      'https://x msg:hi "event:x" 12:30',
      '(row contains https://x and row contains msg:hi and row contains event:x and row contains 12:30)',
    ],
    ['event: -rule: x', 'row contains x'],
    ['event:=chat_session_message', 'event equals chat_session_message'],
    ['field.ewt:=""', 'field.ewt equals '],
    ['=a', 'row contains =a'],
    ['field.msg:"refund"', 'field.msg contains refund'],
    ['field:refund field.data.name:x', '(field contains refund and field.data.name contains x)'],
    [
      'transport:ws dir:sent severity:err',
      '(transport equals websocket and dir equals out and severity equals error)',
    ],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
    expect(mistakes(text)).toEqual([]);
  });
});

describe('or, and, brackets', () => {
  test.each([
    ['a or b', '(row contains a or row contains b)'],
    ['a b or c', '((row contains a and row contains b) or row contains c)'],
    ['a and (b OR c)', '(row contains a and (row contains b or row contains c))'],
    ['-(a b)', 'not (row contains a and row contains b)'],
    ['-(-a)', 'not not row contains a'],
    ['((a))', 'row contains a'],
    ['()', 'all'],
    ['"or"', 'row contains or'],
    ['order android', '(row contains order and row contains android)'],
    ['call(x) :)', '(row contains call(x) and row contains :))'],
    ['(call(x) y)', '(row contains call(x) and row contains y)'],
    ['(event:"a b")', 'event contains a b'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
    expect(mistakes(text)).toEqual([]);
  });
});

describe('regular expressions', () => {
  test.each([
    ['/refund.*late/', 'row ~ /refund.*late/'],
    ['/a b/ c', '(row ~ /a b/ and row contains c)'],
    ['event:/typing|party/', 'event ~ /typing|party/'],
    ['-field.msg:/\\d{4}/s', 'not field.msg ~ /\\d{4}/s'],
    ['(/[)/]/ or x)', '(row ~ /[)/]/ or row contains x)'],
    ['/clientweb/api', 'row contains /clientweb/api'],
    ['/ //', '(row contains / and row contains //)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  test('wait for their engine, and are left out until it is there', () => {
    const { node, needsEngine, mistakes } = parseFilter('x /a+/');
    expect([shown(node), needsEngine, mistakes]).toEqual(['row contains x', true, []]);
  });
});

describe('numbers and times', () => {
  test.each([
    ['size:>10k', 'size > 10000'],
    ['size:<=1.5MB', 'size <= 1500000'],
    ['took:>5s', 'took > 5000'],
    ['took:>=250ms', 'took >= 250'],
    ['took:<1.5m', 'took < 90000'],
    ['status:404', 'status = 404'],
    ['after:12:30:05', 'after day 45005000'],
    ['before:9:05', 'before day 32700000'],
    ['after:12:30:05.120', 'after day 45005120'],
    ['after:+2m', 'after start 120000'],
    ['before:2026-11-29T14:05:00Z', `before epoch ${Date.UTC(2026, 10, 29, 14, 5)}`],
    ['size:> took:', 'all'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
    expect(mistakes(text)).toEqual([]);
  });
});

describe('a mistake is told with its place, and left out', () => {
  test.each([
    ['a dir:inn', 'row contains a', 'dir:inn: dir: there is no “inn”. It takes in, out, received or sent.'],
    [
      'size:big x',
      'row contains x',
      'size:big: size: takes bytes with a sign before, such as >10k or <=2M, not “big”.',
    ],
    [
      'took:>5days',
      'all',
      'took:>5days: took: takes a duration with a sign before, such as >5s, <250ms or >=1.5m, not “>5days”.',
    ],
    [
      'after:25:00',
      'all',
      'after:25:00: after: takes a time of the day as 12:30:05, or one from the start as +2m, not “25:00”.',
    ],
    [
      'evnt:typing x',
      'row contains x',
      'evnt:typing: There is no key “evnt:”; event: is one. In quotes it is text.',
    ],
    ['a or', 'row contains a', 'or: “or” stands between two parts. In quotes it is a word.'],
    ['and a', 'row contains a', 'and: “and” stands between two parts. In quotes it is a word.'],
    [
      'a or and b',
      '(row contains a or row contains b)',
      'and: “and” stands between two parts. In quotes it is a word.',
    ],
    [
      'x (a or b',
      '(row contains x and (row contains a or row contains b))',
      '(: This bracket is not closed. In quotes it is text.',
    ],
    ['/(/ x', 'row contains x', '/(/: /(/: missing closing ): `(`.'],
    [
      '/a(?=b)/',
      'all',
      '/a(?=b)/: /a(?=b)/: looking ahead or behind (“(?=”) cannot be done in a time that is sure to end, so it is not taken.',
    ],
    [
      '/(a)\\1/',
      'all',
      '/(a)\\1/: /(a)\\1/: a reference to a group (“\\1”) cannot be done in a time that is sure to end, so it is not taken.',
    ],
    ['/a/g', 'all', '/a/g: /a/g takes the letters i, m and s behind it.'],
  ])('%s', (text, expected, told) => {
    expect(tree(text)).toBe(expected);
    expect(mistakes(text)).toEqual([told]);
  });

  test('very deep brackets are refused', () => {
    const [mistake] = parsed(`${'('.repeat(10_000)}a`).mistakes;
    expect(mistake?.text).toBe('At most 50 brackets may stand in each other.');
  });

  test('an expression that backtracking engines hang on is done at once', () => {
    const { node } = parsed('/(a+)+$/');
    const match = node?.is === 'test' && 'match' in node.test ? node.test.match : null;
    expect(match?.how === 'regex' && match.regex.test(`${'a'.repeat(50_000)}!`)).toBe(false);
  });
});

test('each part of the text has its place and kind', () => {
  const text = 'session:A or -/x/';
  const tokens = parsed(text).tokens.map(({ from, to, kind }) => `${kind} ${text.slice(from, to)}`);
  expect(tokens).toEqual(['key session:', 'value A', 'operator or', 'operator -', 'regex /x/']);
});

test('a term that is being completed stands in the tree as true or as false', () => {
  const text = 'a or -event:ty';
  const hole = (holds: boolean) => shown(parseFilter(text, { compile: null, hole: { from: 6, holds } }).node);
  expect([hole(true), hole(false)]).toEqual([
    '(row contains a or not true)',
    '(row contains a or not false)',
  ]);
});

test('a longer wanted word narrows, a longer unwanted word does not', () => {
  const does = (earlier: string, next: string) => {
    const [one, other] = [parsed(earlier).node, parsed(next).node];
    return one !== null && other !== null && narrows(one, other);
  };
  expect(does('ag', 'agent')).toBe(true);
  expect(does('ag', 'agent -x')).toBe(true);
  expect(does('agent', 'ag')).toBe(false);
  expect(does('-ag', '-agent')).toBe(false);
  expect(does('-agent', '-ag')).toBe(true);
  expect(does('a b', 'a')).toBe(false);
  expect(does('event:mes', 'event:message')).toBe(true);
  expect(does('event:mes', 'message')).toBe(false);
  expect(does('mes', 'event:message')).toBe(false);
  expect(does('field.a:x', 'field.a:xy')).toBe(true);
  expect(does('field.a:x', 'field.b:xy')).toBe(false);
  expect(does('session:a', 'session:ab')).toBe(false);
  expect(does('a or b', 'a or b c')).toBe(false);
  expect(does('(a or b)', '(a or b) c')).toBe(true);
  expect(does('size:>1', 'size:>1 x')).toBe(true);
});
