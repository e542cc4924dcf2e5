/** Hostile inputs: whatever a page makes very many of, what it costs grows with the input. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './bundled.ts';
import type { Slope } from './hostile/cost.ts';
import { milliseconds, type Section } from './report.ts';

/** 1 grows with the input, 2 with its square; a little above 1 is memory that no longer fits into a cache. */
const MOST = 1.15;

export async function hostileSection(quick: boolean): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    const bundle = await bundled('tests/bench/hostile/cost.ts', folder);
    return section(slopes(bundle, quick ? 10_000 : 100_000, quick ? 1 : 5));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function slopes(bundle: string, size: number, rounds: number): Slope[] {
  const parameters = ['--expose-gc', '--max-old-space-size=8000', bundle, String(size), String(rounds)];
  const output = execFileSync(process.execPath, parameters, { encoding: 'utf8', maxBuffer: 2 ** 24 });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Slope);
}

function section(taken: readonly Slope[]): Section {
  return {
    title: 'Hostile inputs',
    how: 'Traces that have 1,000, 10,000 and 100,000 of one thing. Measured is what the main thread takes to take them in and to answer all that panel and command line ask: medians of five. The slope is that of the logarithms between the last two sizes; where both take less than 15 ms there is none.',
    figures: taken.map(({ what, times, slope }) => ({
      what,
      value: `${slope.toFixed(2)} (${times.map(milliseconds).join(', ')})`,
      budget: `at most ${MOST}`,
      over: slope > MOST,
    })),
  };
}
