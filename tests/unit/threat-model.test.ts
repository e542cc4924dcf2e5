import { expect, test } from 'vitest';
import threatModel from '../../docs/threat-model.md?raw';
import { missingTests, namedTests } from './named-tests.ts';

const rows = threatModel.split('\n').filter((line) => /^\| (?!---)/.test(line));

test('each line of the threat model names a test, and each test that it names exists', () => {
  // The heads of the tables are no lines.
  const lines = rows.filter((line) => !/^\| (?:who attacks|number) /.test(line));
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => namedTests(line).length === 0)).toEqual([]);
  expect(missingTests(lines.flatMap(namedTests))).toEqual([]);
});
