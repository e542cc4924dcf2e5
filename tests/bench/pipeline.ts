/**
 * The pipeline alone, in Node on one core: `node --expose-gc --import tsx tests/bench/pipeline.ts EVENTS`.
 * Times are the main thread's own on the processor, where the system tells it: what else runs does not count.
 * Prints one JSON line: cost an event as a multiple of `JSON.parse` on the same bytes in the same run, its growth from
 * the first to the last tenth, the time of a text filter, and the heap an event after collection.
 */
import { readFileSync } from 'node:fs';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { corpus } from './corpus.ts';

const events = Number(process.argv[2] ?? 100_000);
const analysis = createAnalysis();
const collect = globalThis.gc ?? (() => undefined); // `node --expose-gc`

/** Milliseconds that the main thread has run; of the wall clock where the system does not tell. */
function ownTime(): number {
  process.cpuUsage(); // brings the kernel's account up to now
  try {
    return Number.parseInt(readFileSync('/proc/self/schedstat', 'latin1'), 10) / 1e6;
  } catch {
    return performance.now();
  }
}

// The compiler's warm-up is not what a long session pays: a first trace of its own goes before.
const warmUp = createAnalysis();
for (const chunk of corpus({ events: 40_000, sessions: 1000, defects: 0.02 })) {
  for (const text of chunk.texts) JSON.parse(text);
  warmUp.add(chunk.observations);
}

collect();
const heapBefore = process.memoryUsage().heapUsed;
const parse: number[] = [];
const pipeline: number[] = [];
let longest = 0;
let bytes = 0;
let sink = 0;
for (const chunk of corpus({ events, sessions: 1000, defects: 0.02 })) {
  // What making the traffic left behind is not the pipeline's to collect.
  collect({ type: 'minor' });
  collect({ type: 'minor' });
  const parseStart = ownTime();
  for (const text of chunk.texts) {
    const value: unknown = JSON.parse(text);
    if (value !== null) sink++;
  }
  parse.push(ownTime() - parseStart);
  for (const text of chunk.texts) bytes += text.length;
  // As the panel does: batches of some 200 observations, one task each.
  let spent = 0;
  for (let from = 0; from < chunk.observations.length; from += 200) {
    const batch = chunk.observations.slice(from, from + 200);
    const start = ownTime();
    analysis.add(batch);
    const time = ownTime() - start;
    spent += time;
    longest = Math.max(longest, time);
  }
  pipeline.push(spent);
}
const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
const ratios = pipeline.map((time, index) => time / (parse[index] ?? 1));
const tenth = Math.max(1, Math.floor(ratios.length / 10));
const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

collect();
const heap = process.memoryUsage().heapUsed - heapBefore;

/** A filter over all rows: time until a first screen of 50 rows, and until all are tested. */
function filter(needle: string): { first: number; complete: number; matches: number } {
  const start = ownTime();
  let first = Number.NaN;
  let matches = 0;
  const rows = analysis.totals.rows;
  for (let row = 0; row < rows; row++) {
    if (analysis.rowMatches(row, needle) && ++matches === 50) first = ownTime() - start;
  }
  const complete = ownTime() - start;
  return { first: Number.isNaN(first) ? complete : first, complete, matches };
}

const cold = filter('refund');
const warm = filter('no such text');
const rare = filter('agent 999');

console.log(
  JSON.stringify({
    events: analysis.totals.events,
    rows: analysis.totals.rows,
    sessions: analysis.totals.sessions,
    problems: analysis.totals.problems,
    bytesPerEvent: bytes / events,
    parseMicroseconds: (sum(parse) * 1000) / events,
    pipelineMicroseconds: (sum(pipeline) * 1000) / events,
    ratio: sum(pipeline) / sum(parse),
    ratioFirstTenth: median(ratios.slice(0, tenth)),
    ratioLastTenth: median(ratios.slice(-tenth)),
    longestBatchMs: longest,
    heapPerEvent: heap / events,
    filterFirstMs: cold.first,
    filterCompleteMs: cold.complete,
    filterNoMatchMs: warm.complete,
    filterRareMs: rare.complete,
    sink,
  }),
);
