/**
 * The pipeline alone, in Node on one core. `pipeline-section.ts` bundles this file as the product is bundled and runs it:
 * `node --expose-gc bundle.js EVENTS`. Times are the main thread's own on the processor, where the system tells it: what
 * else runs does not count. Prints one JSON line: cost an event as a multiple of `JSON.parse` on the same bytes in the
 * same run, its growth from the first to the last tenth, the time of a text filter, and the heap an event after
 * collection. The clock is asked before and after a chunk of some 10,000 events, for `JSON.parse` and for the pipeline
 * alike. A second run asks it after every batch, for the longest one: its ratio is told too, and is higher, since asking
 * (a file that the kernel writes) costs more in between than over and over, and what it takes of the processor's caches
 * the next batch has to fetch again.
 */
import { readFileSync } from 'node:fs';
import type { Analysis } from '../../src/analysis/api/analysis.ts';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { type Chunk, corpus } from './corpus.ts';

const SESSIONS = 1000;
const DEFECTS = 0.02;
/** As the panel does: one task for so many observations. */
const BATCH = 200;

const events = Number(process.argv[2] ?? 100_000);
/** A short trace is over before its times mean much: fresh analyses of it, one after the other. */
const repeats = Math.max(1, Math.round(100_000 / events));
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

function clockTime(): number {
  const times = 5_000;
  for (let turn = 0; turn < times; turn++) ownTime();
  const start = ownTime();
  for (let turn = 1; turn < times; turn++) ownTime();
  return (ownTime() - start) / times;
}

interface Times {
  readonly parse: number[];
  readonly pipeline: number[];
}
const byChunk: Times = { parse: [], pipeline: [] };
const byBatch: Times = { parse: [], pipeline: [] };
let longest = 0;
/** What asking for the time takes. */
const clock = clockTime();
let bytes = 0;
let sink = 0;

// The compiler's warm-up is not what a session pays: traces of their own go before, each to an analysis of its own,
// since code that has seen a single analysis is compiled for that one.
for (const size of [...Array<number>(8).fill(10_000), 100_000]) {
  const warmUp = createAnalysis();
  for (const chunk of corpus({ events: size, sessions: SESSIONS, defects: DEFECTS })) {
    parseAll(chunk);
    takeAll(warmUp, chunk);
  }
}

function parseAll(chunk: Chunk): number {
  const start = ownTime();
  for (const text of chunk.texts) {
    const value: unknown = JSON.parse(text);
    if (value !== null) sink++;
  }
  return ownTime() - start;
}

function takeAll(analysis: Analysis, chunk: Chunk): number {
  const start = ownTime();
  for (let from = 0; from < chunk.observations.length; from += BATCH) {
    analysis.add(chunk.observations.slice(from, from + BATCH));
  }
  return ownTime() - start;
}

function takeBatches(analysis: Analysis, chunk: Chunk): number {
  let spent = 0;
  let before = ownTime();
  for (let from = 0; from < chunk.observations.length; from += BATCH) {
    analysis.add(chunk.observations.slice(from, from + BATCH));
    const now = ownTime();
    longest = Math.max(longest, now - before);
    spent += now - before - clock;
    before = now;
  }
  return spent;
}

function measured(times: Times, take: typeof takeAll): Analysis {
  const analysis = createAnalysis();
  for (const chunk of corpus({ events, sessions: SESSIONS, defects: DEFECTS })) {
    // What making the traffic, and what parsing it, left behind is not the pipeline's to collect.
    collect({ type: 'minor' });
    collect({ type: 'minor' });
    times.parse.push(parseAll(chunk));
    collect({ type: 'minor' });
    times.pipeline.push(take(analysis, chunk));
    if (times === byChunk) for (const text of chunk.texts) bytes += text.length;
  }
  return analysis;
}

for (let turn = 1; turn < repeats; turn++) measured(byChunk, takeAll);
collect();
const heapBefore = process.memoryUsage().heapUsed;
const analysis = measured(byChunk, takeAll);
collect();
const heap = process.memoryUsage().heapUsed - heapBefore;
const { parse, pipeline } = byChunk;

const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
const tenth = Math.max(1, Math.floor(pipeline.length / 10));
const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

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

for (let turn = 0; turn < repeats; turn++) measured(byBatch, takeBatches);

console.log(
  JSON.stringify({
    events: analysis.totals.events,
    rows: analysis.totals.rows,
    sessions: analysis.totals.sessions,
    problems: analysis.totals.problems,
    bytesPerEvent: bytes / (events * repeats),
    // A collection of all memory falls into one chunk or another: the middle of the chunks is what an event costs.
    parseMicroseconds: (median(parse) * 1000 * parse.length) / (events * repeats),
    pipelineMicroseconds: (median(pipeline) * 1000 * pipeline.length) / (events * repeats),
    meanMicroseconds: (sum(pipeline) * 1000) / (events * repeats),
    ratio: median(pipeline) / median(parse),
    ratioByBatch: median(byBatch.pipeline) / median(byBatch.parse),
    ratioFirstTenth: median(pipeline.slice(0, tenth)) / median(parse),
    ratioLastTenth: median(pipeline.slice(-tenth)) / median(parse),
    longestBatchMs: longest,
    heapPerEvent: heap / events,
    filterFirstMs: cold.first,
    filterCompleteMs: cold.complete,
    filterNoMatchMs: warm.complete,
    filterRareMs: rare.complete,
    sink,
  }),
);
