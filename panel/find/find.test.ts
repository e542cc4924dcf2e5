import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { message, text, trace as traceBuilder } from '../../src/analysis/testing/trace-builder.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { TraceModel } from '../store/trace-model.ts';
import { Find } from './find.ts';

function said(...texts: readonly string[]): readonly Observation[] {
  const builder = traceBuilder();
  const socket = builder.socket();
  for (const text of texts) builder.frameIn(socket, message({ msg: text }));
  return builder.observations;
}

function opened(observations: readonly Observation[]) {
  const model = new TraceModel(createAnalysis(), { kind: 'live' });
  model.add(observations);
  const rows: number[] = [];
  const find = new Find(signal(model), (row) => {
    model.selected.value = row;
    rows.push(row);
  });
  return { model, find, rows };
}

const complete = (find: Find) => until('all rows', async () => find.matches.peek()?.complete === true);

test('finding goes from match to match, round the end, both ways', async () => {
  const { model, find, rows } = opened(said('Refund', 'nothing', 'a REFUND', 'else', 'refunds'));
  const matching = Array.from({ length: model.totals.value.rows }, (_, row) => row).filter((row) =>
    /refund/i.test(model.analysis.facts.text(row)),
  );
  expect(matching).toHaveLength(3);
  find.show();
  find.text.value = 'refund';
  await complete(find);
  expect(find.matches.value).toEqual({ count: 3, chosen: null, complete: true });
  for (let turn = 0; turn < 4; turn += 1) await find.go(1);
  expect(rows).toEqual([...matching, matching[0]]);
  expect(find.matches.value?.chosen).toBe(1);
  await find.go(-1);
  expect(rows.at(-1)).toBe(matching[2]);
});

test('the match before a row is the nearest one, also while rows are still looked at', async () => {
  const { model, find, rows } = opened(
    said(...Array.from({ length: 3_000 }, (_, at) => (at % 1_000 === 0 ? 'refund' : 'else'))),
  );
  model.selected.value = model.totals.value.rows - 1;
  find.show();
  find.text.value = 'refund';
  await find.go(-1);
  await complete(find);
  expect(find.matches.value).toMatchObject({ count: 3, chosen: 3 });
  expect(rows).toHaveLength(1);
});

test('rows that come later are found, and nothing is looked for once it is closed', async () => {
  const all = said('one', 'two', 'refund', 'refund again');
  const { model, find } = opened(all.slice(0, -1));
  find.show();
  find.text.value = 'refund';
  await complete(find);
  expect(find.matches.value?.count).toBe(1);
  model.add(all.slice(-1));
  await until('the new row', async () => find.matches.peek()?.count === 2);
  find.close();
  expect(find.matches.value).toBe(null);
});

test('a row whose bytes come late is looked at again', async () => {
  const builder = traceBuilder();
  const socket = builder.socket();
  const payload = { encoding: 'later', data: '', size: 9, truncated: false } as const;
  const frame = builder.add({ kind: 'frame', of: socket, direction: 'in', payload });
  const { model, find } = opened(builder.observations);
  find.show();
  find.text.value = 'refund';
  await complete(find);
  expect(find.matches.value?.count).toBe(0);
  const had = builder.observations.length;
  const late = text(JSON.stringify(message({ msg: 'A refund' })));
  builder.add({ kind: 'body', of: frame, role: 'frame', payload: late });
  model.add(builder.observations.slice(had));
  await until('the late bytes to be found', async () => find.matches.peek()?.count === 1);
});
