/** What an event costs: speed and memory of the pipeline at three sizes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './bundled.ts';
import { type Figure, microseconds, milliseconds, type Section } from './report.ts';

interface PipelineFigures {
  readonly events: number;
  readonly sessions: number;
  readonly problems: number;
  readonly parseMicroseconds: number;
  readonly pipelineMicroseconds: number;
  readonly meanMicroseconds: number;
  readonly ratio: number;
  readonly ratioByBatch: number;
  readonly ratioFirstTenth: number;
  readonly ratioLastTenth: number;
  readonly longestBatchMs: number;
  readonly heapPerEvent: number;
  readonly filterFirstMs: number;
  readonly filterCompleteMs: number;
  readonly filterNoMatchMs: number;
}

/** The figures of `pipeline.ts`, run as a bundle. */
export async function pipelineSection(quick: boolean): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
  try {
    return section(await bundled('tests/bench/pipeline.ts', folder), quick);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function section(bundle: string, quick: boolean): Section {
  const sizes = quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000];
  const figures = sizes.flatMap((size): Figure[] => {
    const parameters = ['--expose-gc', '--max-old-space-size=12000', bundle, String(size)];
    const output = execFileSync(process.execPath, parameters, { encoding: 'utf8' });
    const taken = JSON.parse(output) as PipelineFigures;
    const of = `${size.toLocaleString('en')} events`;
    return [
      {
        what: `${of}: an event through the whole pipeline, against \`JSON.parse\` alone`,
        value: `${taken.ratio.toFixed(2)}× (${microseconds(taken.pipelineMicroseconds)} against ${microseconds(taken.parseMicroseconds)})`,
        budget: 'at most 5×',
        over: taken.ratio > 5,
      },
      {
        what: `${of}: the same in the first and in the last tenth; the mean of all with every collection of memory`,
        value: `${taken.ratioFirstTenth.toFixed(2)}×, ${taken.ratioLastTenth.toFixed(2)}×; ${microseconds(taken.meanMicroseconds)}`,
      },
      {
        what: `${of}: the same with the clock asked after every batch of 200, as before`,
        value: `${taken.ratioByBatch.toFixed(2)}×`,
      },
      { what: `${of}: longest batch of 200`, value: milliseconds(taken.longestBatchMs) },
      {
        what: `${of}: heap an event after collection, payload included`,
        value: `${taken.heapPerEvent.toFixed(0)} B`,
        budget: 'under 1,000 B',
        over: taken.heapPerEvent >= 1000,
      },
      {
        what: `${of}: text filter, first screen`,
        value: milliseconds(taken.filterFirstMs),
        budget: 'under 100 ms',
        over: taken.filterFirstMs >= 100,
      },
      {
        what: `${of}: text filter, complete (with matches; without any)`,
        value: `${milliseconds(taken.filterCompleteMs)}; ${milliseconds(taken.filterNoMatchMs)}`,
        budget: 'under 500 ms',
        over: taken.filterCompleteMs >= 500,
      },
    ];
  });
  return {
    title: 'The pipeline',
    how: 'Node on one core; distinct events from distinct bytes, 1,000 sessions interleaved over polls, sockets and streams, 2 % with defects, in batches of 200 observations, bundled as it ships, after a warm-up on other traces. `JSON.parse` alone runs over the same bytes in the same run; of the chunks of 10,000 events the one in the middle counts. In 10,000 events each of the 1,000 sessions has only ten, four of them its opening: what a session costs is in each of its events there. They are taken ten times, each time by a fresh analysis.',
    figures,
  };
}
