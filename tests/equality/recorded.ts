/** The traces and HAR files that the tests have, by name. */
import { sampleTrace } from '../../src/analysis/testing/sample-trace.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { readHar } from '../../src/trace/har.ts';
import { corpus } from '../bench/corpus.ts';
import { shapes } from '../bench/hostile/shapes.ts';
import { dialectNames, dialects } from '../fixtures/har/dialects.ts';
import { generatedTrace } from './generated-trace.ts';
import { hashOf, hashOfHashes } from './said.ts';

export function recorded(): ReadonlyMap<string, readonly Observation[]> {
  const traces = new Map<string, readonly Observation[]>([
    ['sample trace', sampleTrace()],
    [
      'traffic of the benchmarks',
      [...corpus({ events: 3_000, sessions: 50, defects: 0.1 })].flatMap(({ observations }) => observations),
    ],
  ]);
  for (const name of dialectNames) {
    traces.set(`HAR as ${name} writes it`, readHar(dialects[name]()).observations);
  }
  for (const { what, make } of shapes) traces.set(`hostile: ${what}`, make(50));
  return traces;
}

/** Generated traces are hashed in groups: a file of six thousand hashes says no more. */
export const GROUP = 100;
export const GROUPS = 60;

export function hashOfGroup(group: number): string {
  return hashOfHashes(Array.from({ length: GROUP }, (_, at) => hashOf(generatedTrace(group * GROUP + at))));
}

export function hashesOfRecorded(): Record<string, string> {
  return Object.fromEntries([...recorded()].map(([name, observations]) => [name, hashOf(observations)]));
}
