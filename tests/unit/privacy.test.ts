import { expect, test } from 'vitest';
import privacy from '../../store/privacy.md?raw';
import { missingTests } from './named-tests.ts';
import { PROMISES } from './privacy-promises.ts';

/** Paragraphs, entries of lists, rows of tables: what a reader takes for one statement. Headings and heads of tables are none. */
const statements = privacy
  .split(/\n{2,}/)
  .flatMap((block) => (/^[|-] ?/.test(block) ? block.split(/\n(?=[|-])/) : [block]))
  .filter((text) => text.trim() !== '' && !/^(?:#|\|---|\| what )/.test(text));

const marks = [...privacy.matchAll(/<!-- held: ([\w-]+) -->/g)].map(([, mark = '']) => mark);

test('each statement of the privacy statement says which promise it is', () => {
  expect(statements.length).toBeGreaterThan(12);
  expect(statements.filter((text) => !text.includes('<!-- held: '))).toEqual([]);
});

test('each promise of the privacy statement is held by a test that exists, and no promise is left over', () => {
  expect([...new Set(marks)].sort()).toEqual(Object.keys(PROMISES).sort());
  expect(marks).toHaveLength(new Set(marks).size);
  expect(missingTests(Object.values(PROMISES).flat())).toEqual([]);
});
