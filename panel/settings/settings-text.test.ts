import { expect, test } from 'vitest';
import { MOST_ENTRIES, parseMarks, parsePatterns } from './settings-text.ts';

test('each line is one entry; blanks around it, empty lines and repetitions do not count', () => {
  expect(parsePatterns('  /relay/poll \r\n\n/rt*session\n/relay/poll')).toEqual({
    entries: ['/relay/poll', '/rt*session'],
    fault: null,
  });
});

test('nothing typed is nothing kept', () => {
  expect(parseMarks(' \n ')).toEqual({ entries: [], fault: null });
});

test.each(['*', '/', '**', 'a*b'])('the pattern %s would take every URL for chat', (pattern) => {
  expect(parsePatterns(`/relay/poll\n${pattern}`).fault).toEqual({
    line: 2,
    text: 'Line 2 needs a part of 3 characters or more, or it fits every URL.',
  });
});

test('a pattern with a space can fit no URL', () => {
  expect(parsePatterns('/my relay').fault?.text).toBe('Line 1 has a space, which no URL has.');
});

test('a mark may have a space, and must not be in every text', () => {
  expect(parseMarks('my event').fault).toBeNull();
  expect(parseMarks('{"').fault?.text).toBe('Line 1 needs 3 characters or more, or it is in every text.');
});

test('entries are few and short, since each is looked for in everything', () => {
  const many = Array.from({ length: MOST_ENTRIES + 1 }, (_, at) => `/relay/${at}`).join('\n');
  expect(parsePatterns(many).fault?.line).toBe(MOST_ENTRIES + 1);
  expect(parsePatterns('x'.repeat(501)).fault?.text).toBe('Line 1 is longer than 500 characters.');
});
