/**
 * What hostile traces cost, all in all: taking them in portions as the panel does, and asking what panel and command line
 * ask. `hostile-section.ts` bundles and runs it; alone: `node --expose-gc --import tsx tests/bench/hostile/cost.ts [SIZE]
 * [ROUNDS] [part of a shape's name]`. Prints a JSON line for each shape.
 */
import { readFileSync } from 'node:fs';
import { createAnalysis } from '../../../src/analysis/create-analysis.ts';
import { sentence } from '../../../src/analysis/rules/sentence.ts';
import type { Observation } from '../../../src/observation/observation.ts';
import { type Shape, shapes } from './shapes.ts';

const PORTION = 200;

export interface Slope {
  readonly what: string;
  /** Milliseconds at a hundredth of the size, at a tenth, and at the size. */
  readonly times: readonly number[];
  /** Of the logarithms of the last two: 1 grows with the input, 2 with its square. */
  readonly slope: number;
}

/** Shorter times say nothing of how they grow. */
const TELLING = 15;

/** The medians over `rounds` of what a shape costs at three sizes. */
function slopeOf(shape: Shape, size: number, rounds: number): Slope {
  const traces = [size / 100, size / 10, size].map((n) => shape.make(n));
  const costs: number[][] = traces.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    traces.forEach((trace, at) => {
      costs[at]?.push(costOf(trace));
    });
  }
  const times = costs.map(median);
  const [, tenth = 0, whole = 0] = times;
  return { what: shape.what, times, slope: whole < TELLING ? 0 : Math.log10(whole / Math.max(tenth, 0.1)) };
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
}

/** Milliseconds of the main thread. */
function costOf(observations: readonly Observation[]): number {
  globalThis.gc?.();
  const start = ownTime();
  use(observations);
  return ownTime() - start;
}

let sink = 0;

function use(observations: readonly Observation[]): void {
  const analysis = createAnalysis();
  for (let from = 0; from < observations.length; from += PORTION) {
    analysis.add(observations.slice(from, from + PORTION));
    sink += analysis.totals.sessions;
  }
  analysis.end();
  for (const finding of analysis.eachFinding()) sink += sentence(finding).length;
  for (const { rule, severity } of analysis.findingGroups())
    sink += analysis.findingsOfRule(rule, severity, Number.POSITIVE_INFINITY).length;
  const { rows } = analysis.totals;
  for (let row = 0; row < rows; row += 1) {
    sink += analysis.row(row).summary.length + analysis.findingsOfRow(row).length;
    sink += analysis.rowMatches(row, 'no such text') ? 1 : 0;
    sink += analysis.carrier(row)?.text.length ?? 0;
  }
  for (const row of [0, rows >> 1, rows - 1]) {
    sink += (analysis.decoded(row)?.fields.length ?? 0) + (analysis.exchangeOfRow(row)?.siblings.length ?? 0);
  }
  const sessions = analysis.sessions();
  for (const { id } of sessions) sink += analysis.session(id)?.parties.length ?? 0;
  for (const { id } of [sessions[0], sessions.at(-1)].flatMap((session) => session ?? [])) {
    sink += analysis.machine(id)?.steps.length ?? 0;
    sink += analysis.conformance(id)?.cost ?? 0;
    sink += analysis.conversation(id)?.entries.length ?? 0;
  }
}

/** Milliseconds that the main thread has run; of the wall clock where the system does not tell. */
function ownTime(): number {
  process.cpuUsage();
  try {
    return Number.parseInt(readFileSync('/proc/self/schedstat', 'latin1'), 10) / 1e6;
  } catch {
    return performance.now();
  }
}

const [size = 10_000, rounds = 1] = process.argv.slice(2, 4).map(Number);
const part = process.argv[4] ?? '';
for (const shape of shapes.filter(({ what }) => what.includes(part))) {
  console.log(JSON.stringify(slopeOf(shape, size, rounds)));
}
if (sink < 0) console.log(sink);
