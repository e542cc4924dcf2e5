/**
 * Files and comparisons, in Node on one core. `files-section.ts` bundles this file as the product is bundled and runs it:
 * `node bundle.js EVENTS`. Prints one JSON line: what it costs to export a trace of so many events, as multiples of
 * `JSON.stringify` on the same observations in the same run, and milliseconds of comparing two sessions.
 */
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { compareSessions, comparisonSteps } from '../../src/report/compare/compare-sessions.ts';
import { type ConvertFormat, convertTrace, WHOLE } from '../../src/report/convert.ts';
import { PROFILES } from '../../src/report/redaction/profile.ts';
import { corpus } from './corpus.ts';

const events = Number(process.argv[2] ?? 100_000);

function observationsOf(sessions: number, count: number): Observation[] {
  const all: Observation[] = [];
  for (const chunk of corpus({ events: count, sessions, defects: 0 })) all.push(...chunk.observations);
  return all;
}

function timed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** The middle one of three, after one to warm up. */
function median(run: () => unknown): number {
  run();
  return [timed(run), timed(run), timed(run)].sort((a, b) => a - b)[1] ?? 0;
}

function converted(observations: readonly Observation[], to: ConvertFormat, profile: 'none' | 'share') {
  const source = { observations, created: null, dropped: 0, redacted: null, wrappers: [] };
  const options = { to, profile: PROFILES[profile], selection: WHOLE, version: '1' };
  let length = 0;
  for (const piece of convertTrace(source, options)) length += piece.length;
  return length;
}

/** Every hundredth text is another one. */
function changed(observations: readonly Observation[]): Observation[] {
  let at = 0;
  return observations.map((observation) => {
    if (!('payload' in observation) || !observation.payload.data.includes('"msg":"')) return observation;
    const data = observation.payload.data.replace(/"msg":"/g, (text) => {
      at += 1;
      return at % 100 === 0 ? `${text}another ` : text;
    });
    return { ...observation, payload: { ...observation.payload, data } };
  });
}

interface CompareTime {
  readonly milliseconds: number;
  /** Milliseconds of the longest step: for so long a panel stands still. */
  readonly longest: number;
  readonly changed: number;
}

function compareTime(count: number): CompareTime {
  const one = observationsOf(1, count);
  const sides = [one, changed(one)].map((observations) => {
    const analysis = createAnalysis();
    analysis.add(observations);
    analysis.end();
    return { analysis, session: analysis.sessions()[0]?.id ?? '' };
  });
  const [a, b] = sides;
  if (a === undefined || b === undefined) throw new Error('there are two sides');
  compareSessions(a, a);
  const start = performance.now();
  const steps = comparisonSteps(a, b);
  let longest = 0;
  for (let from = start; ; ) {
    const step = steps.next();
    const now = performance.now();
    longest = Math.max(longest, now - from);
    from = now;
    if (step.done) return { milliseconds: now - start, longest, changed: step.value.counts.changed };
  }
}

const observations = observationsOf(1000, events);
const plain = median(() => observations.reduce((sum, each) => sum + JSON.stringify(each).length, 0));
const times = (to: ConvertFormat, profile: 'none' | 'share') =>
  median(() => converted(observations, to, profile)) / plain;

console.log(
  JSON.stringify({
    events,
    plain,
    plainExport: times('ndjson', 'none'),
    redacted: times('ndjson', 'share'),
    har: times('har', 'share'),
    test: times('playwright', 'share'),
    compared: compareTime(events),
  }),
);
