import { describe, expect, test } from 'vitest';
import { createAnalysis } from '../analysis/create-analysis.ts';
import { sampleTrace } from '../analysis/testing/sample-trace.ts';
import { compileFilter } from './compiled-filter.ts';
import { completed, hasValues, keysFor, placeAt, quotedIfNeeded, ValueTally } from './completion.ts';
import { parseFilter } from './parse-filter.ts';

const analysis = createAnalysis();
analysis.add(sampleTrace());
analysis.end();
const rows = Array.from({ length: analysis.totals.rows }, (_, row) => row);

/** The caret is where the bar stands. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, place: placeAt(text, caret, parseFilter(text)) };
}

function tallied(marked: string) {
  const { text, place } = at(marked);
  const tally = new ValueTally(analysis, text, place, null);
  while (!tally.complete) tally.count(1000);
  return { text, place, suggested: tally.suggested(place.typed, 1000) };
}

describe('where the caret is', () => {
  test.each([
    ['|', null, ''],
    ['a |', null, ''],
    ['ev|', null, 'ev'],
    ['-pa|', null, 'pa'],
    ['event:|', 'event', ''],
    ['a or event:Ty|p x', 'event', 'ty'],
    ['party:"Anna L|', 'party', 'anna l'],
    ['event:=chat|', 'event', 'chat'],
    ['(dir:|)', 'dir', ''],
    ['field.msg:re|', 'field', 're'],
  ])('%s', (marked, key, typed) => {
    const { place } = at(marked);
    expect([place.key, place.typed]).toEqual([key, typed]);
  });
});

test('keys are suggested by how they begin', () => {
  expect(keysFor(at('se|').place).map(({ key }) => key)).toEqual(['session', 'severity']);
  expect(keysFor(at('"se|').place)).toEqual([]);
  expect(keysFor(at('|').place).length).toBeGreaterThan(10);
  expect(hasValues(at('took:>|').place)).toBe(false);
});

test.each([
  'event:|',
  'dir:in event:|',
  'dir:out or event:|',
  '-event:|',
  '-(event:| dir:in) or x',
  'severity:|',
  'rule:|',
  '-rule:|',
  'has:|',
  'session:|',
  'party:|',
  'transport:|',
  'status:|',
  'field.msg:|',
  'dir:out field:|',
])('each value of %s leaves so many rows as it says', (marked) => {
  const { text, place, suggested } = tallied(marked);
  expect(suggested.length).toBeGreaterThan(0);
  for (const { inserted, rows: said, value } of suggested.slice(0, 40)) {
    const left = compileFilter(completed(text, place, inserted).text, null).matching(analysis, rows);
    expect([value, left.length]).toEqual([value, said]);
  }
});

test('values hold what is typed, and those that leave most come first', () => {
  const { suggested } = tallied('event:typ|');
  expect(suggested.length).toBeGreaterThan(0);
  expect(suggested.every(({ value }) => value.includes('typ'))).toBe(true);
  const counts = tallied('event:|').suggested.map((each) => each.rows);
  expect(counts).toEqual([...counts].sort((one, other) => other - one));
});

test('names of fields are suggested behind "field."', () => {
  const { text, place, suggested } = tallied('x field.ms|');
  const msg = suggested.find(({ value }) => value === 'msg');
  expect(completed(text, place, msg?.inserted ?? '')).toEqual({ text: 'x field.msg:', caret: 12 });
});

test('a value is put in quotes where it would be read otherwise', () => {
  expect(['a', 'a b', 'say "x"', '-1', '/x/', 'or', 'a\\b c'].map(quotedIfNeeded)).toEqual([
    'a',
    '"a b"',
    '"say \\"x\\""',
    '"-1"',
    '"/x/"',
    '"or"',
    '"a\\\\b c"',
  ]);
});
