import { expect, test } from 'vitest';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { devTrace } from '../dev-trace.ts';
import { parseFilter, rowsMatching } from './filter-terms.ts';

const analysis = createAnalysis();
analysis.add(devTrace());
analysis.end();
const all = Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row));

const found = (text: string) =>
  rowsMatching(
    analysis,
    all.map((row) => row.index),
    parseFilter(text),
  ).map((row) => analysis.row(row));

test('a key looks into its part of the row and into nothing else', () => {
  const typing = found('event:typing');
  expect(typing.length).toBeGreaterThan(0);
  expect(typing).toEqual(all.filter((row) => row.event.includes('typing')));
  expect(found('-event:typing')).toHaveLength(all.length - typing.length);
});

test('a direction is in or out, received or sent', () => {
  const received = all.filter((row) => row.direction === 'in');
  expect(found('dir:in')).toEqual(received);
  expect(found('dir:received')).toEqual(received);
  expect(found('dir:out')).toEqual(all.filter((row) => row.direction === 'out'));
});

test('a transport goes by its short name too', () => {
  const sockets = all.filter((row) => row.transport === 'websocket');
  expect(sockets.length).toBeGreaterThan(0);
  expect(found('transport:ws')).toEqual(sockets);
});

test('rules and severities are those of the findings of the row', () => {
  const errors = all.filter((row) =>
    analysis.findingsOfRow(row.index).some((finding) => finding.severity === 'error'),
  );
  expect(errors.length).toBeGreaterThan(0);
  expect(found('severity:error')).toEqual(errors);
  expect(found('rule:schema/ severity:error').every((row) => errors.includes(row) || row.severity)).toBe(
    true,
  );
});

test('keys and words hold together', () => {
  const session = all.find((row) => row.session !== null)?.session ?? '';
  const rows = found(`session:${session.slice(0, 12)} dir:out`);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => row.session === session && row.direction === 'out')).toBe(true);
});
