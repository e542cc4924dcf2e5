import { expect, test } from 'vitest';
import { joined, message, status, trace } from '../../analysis/testing/trace-builder.ts';
import { compareEvents } from './compare-events.ts';

const built = trace();
built.requestChat();
built.poll([status('connected'), joined(), message({ msg: 'one', extra_field: 1 }), message({ msg: 'two' })]);
const analysis = built.analyse();
const row = (seq: number) => analysis.rowOfEvent(seq) ?? -1;
const verdicts = (a: number, b: number) =>
  Object.fromEntries(compareEvents(analysis, a, b).map(({ path, verdict }) => [path.join('.'), verdict]));

test('two events are laid beside each other field by field', () => {
  const fields = verdicts(row(2), row(3));
  expect(fields).toMatchObject({ event: 'same', msg: 'changed', extra_field: 'missing', party_id: 'same' });
  expect(verdicts(row(3), row(2))).toMatchObject({ extra_field: 'extra' });
});

test('an event beside itself differs nowhere', () => {
  const all = new Set(Object.values(verdicts(row(2), row(2))));
  expect([...all]).toEqual(['same']);
});

test('events of different types have what both have beside each other', () => {
  expect(verdicts(row(0), row(1))).toMatchObject({ event: 'changed', state: 'missing', party_id: 'extra' });
});

test('what holds no JSON object has no fields', () => {
  expect(compareEvents(analysis, -1, -1)).toEqual([]);
  expect(compareEvents(analysis, 0, 0).every(({ verdict }) => verdict === 'same')).toBe(true);
});
