import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Analysis } from '../../src/analysis/api/analysis.ts';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { LiveIntake } from './live-intake.ts';
import { TraceModel } from './trace-model.ts';

let frames: (() => void)[] = [];
const errors: unknown[] = [];

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => frames.push(work));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.stubGlobal('reportError', (error: unknown) => errors.push(error));
});
afterEach(() => {
  frames = [];
  errors.length = 0;
  vi.unstubAllGlobals();
});

function nextFrames(): void {
  for (let work = frames.shift(); work; work = frames.shift()) work();
}

const ends = (frame: number, from: number, count: number): Observation[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ documentId: `of ${frame}`, frame, seq: from + at, wallTime: 0, monotonicTime: 0 },
    ...{ source: 'hook', kind: 'end', of: 0 },
  }));

/** An analysis that fails at some observations, before or after it has taken them. */
function failing(at: readonly number[], when: 'before' | 'after'): Analysis {
  const analysis = createAnalysis();
  const add = (observations: readonly Observation[]) => {
    for (const observation of observations) {
      const fails = observation.kind !== 'gap' && at.includes(observation.seq);
      if (fails && when === 'before') throw new Error('failed');
      analysis.add([observation]);
      if (fails) throw new Error('failed');
    }
    return analysis.add([]);
  };
  return new Proxy(analysis, {
    get: (target, name) => {
      if (name === 'add') return add;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const roomy = { panelEvents: 1_000, panelBytes: 1e9 };

test.each(['before', 'after'] as const)(
  'what the analysis fails on, %s taking it, is tried once and said as lost',
  (when) => {
    const model = new TraceModel(failing([3, 250, 251], when), { kind: 'live' });
    const intake = new LiveIntake(
      () => model,
      () => roomy,
      () => {},
    );
    intake.take(ends(0, 0, 500));
    intake.take(ends(1, 0, 3));
    nextFrames();
    const seen = [...model.observations()];
    const gaps = seen.filter(({ kind }) => kind === 'gap');
    expect(gaps).toMatchObject([3, 250, 251].map((seq) => ({ seq, count: 1, reason: 'malformed' })));
    expect(new Set(seen.map(({ documentId, seq }) => `${documentId} ${seq}`)).size).toBe(503);
    expect(seen).toHaveLength(when === 'before' ? 503 : 506);
    expect(errors.length).toBeGreaterThanOrEqual(3);
  },
);

test('a panel that one origin has filled has room for others', () => {
  const model = new TraceModel(createAnalysis(), { kind: 'live' });
  let dropped = 0;
  const caps = { panelEvents: 1_000, panelBytes: 300 * 8_000 };
  const intake = new LiveIntake(
    () => model,
    () => caps,
    (count) => {
      dropped = count;
    },
  );
  intake.take(ends(0, 0, 20_000));
  nextFrames();
  expect(dropped).toBeGreaterThan(0);
  const full = dropped;
  intake.take(ends(1, 0, 100));
  nextFrames();
  expect(dropped).toBe(full);
  expect([...model.observations()].filter(({ frame }) => frame === 1)).toHaveLength(100);
});
