import { expect, it } from 'vitest';
import { dialects } from '../../tests/fixtures/har/dialects.ts';
import { createAnalysis } from '../analysis/create-analysis.ts';
import type { Observation } from '../observation/observation.ts';
import { readHar } from '../trace/har.ts';
import { observationArchive } from './observation-archive.ts';

const observations = readHar(dialects.chrome()).observations;
const many = Array.from({ length: 60 }, (_, at) =>
  observations.map((observation): Observation => ({ ...observation, documentId: `document ${at}` })),
).flat();

it('gives back what was put in, wherever it lies by now', () => {
  const archive = observationArchive(10_000);
  for (const observation of many) archive.push(observation);
  expect(archive).toHaveLength(many.length);
  for (let at = many.length - 1; at >= 0; at -= 7) expect(archive[at]).toEqual(many[at]);
  expect(many.every((observation, at) => JSON.stringify(archive[at]) === JSON.stringify(observation))).toBe(
    true,
  );
  expect(archive[many.length]).toBeUndefined();
  expect(archive[-1]).toBeUndefined();
});

it('makes no difference to what is found', () => {
  const [plain, packed] = [undefined, observationArchive(10_000)].map((list) => {
    const analysis = createAnalysis(list === undefined ? {} : { observations: list });
    for (let from = 0; from < many.length; from += 100) analysis.add(many.slice(from, from + 100));
    analysis.end();
    const decoded = Array.from({ length: analysis.totals.rows }, (_, row) => analysis.decoded(row));
    return { findings: [...analysis.eachFinding()], sessions: analysis.sessions(), decoded };
  });
  expect(packed).toEqual(plain);
});
