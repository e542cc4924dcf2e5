/**
 * `npm run bench`: speed and memory, as ratios where a time would not be stable. Prints a table and fails where a figure
 * is over its budget. `--write` keeps the table in docs/benchmarks.md; `--quick` takes smaller traces and fewer rounds;
 * `pipeline`, `panel`, `way`, `page` choose parts.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { buildExtension } from '../../scripts/build/bundles.ts';
import { pageSection } from './page-section.ts';
import { panelSection } from './panel-section.ts';
import { asMarkdown, type Figure, microseconds, milliseconds, type Section } from './report.ts';
import { waySection } from './way-section.ts';

const options = new Set(process.argv.slice(2));
const quick = options.has('--quick');
const chosen = ['pipeline', 'panel', 'page', 'way'].filter((part) => options.has(part));
const wants = (part: string) => chosen.length === 0 || chosen.includes(part);
const EXTENSION = 'dist/chrome';

interface PipelineFigures {
  readonly events: number;
  readonly sessions: number;
  readonly problems: number;
  readonly parseMicroseconds: number;
  readonly pipelineMicroseconds: number;
  readonly ratio: number;
  readonly ratioFirstTenth: number;
  readonly ratioLastTenth: number;
  readonly longestBatchMs: number;
  readonly heapPerEvent: number;
  readonly filterFirstMs: number;
  readonly filterCompleteMs: number;
  readonly filterNoMatchMs: number;
}

function pipelineSection(): Section {
  const sizes = quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000];
  const figures = sizes.flatMap((size): Figure[] => {
    const parameters = [
      '--expose-gc',
      '--max-old-space-size=12000',
      '--import',
      'tsx',
      'tests/bench/pipeline.ts',
    ];
    const output = execFileSync(process.execPath, [...parameters, String(size)], { encoding: 'utf8' });
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
        what: `${of}: the same in the first and in the last tenth`,
        value: `${taken.ratioFirstTenth.toFixed(2)}×, ${taken.ratioLastTenth.toFixed(2)}×`,
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
    how: 'Node on one core; distinct events from distinct bytes, 1,000 sessions interleaved over polls, sockets and streams, 2 % with defects, in batches of 200 observations, after a warm-up on another trace. `JSON.parse` alone runs over the same bytes in the same run.',
    figures,
  };
}

const sections: Section[] = [];
if (wants('pipeline')) sections.push(pipelineSection());
if (wants('panel') || wants('way') || wants('page')) buildExtension('chrome');
if (wants('panel')) sections.push(await panelSection(EXTENSION, quick ? 10_000 : 100_000));
if (wants('way')) sections.push(await waySection(EXTENSION, quick ? 10 : 30));
if (wants('page')) sections.push(await pageSection(EXTENSION, quick ? 6 : 30));
const table = asMarkdown(sections, 'Chromium');
console.log(table);
if (options.has('--write')) writeFileSync('docs/benchmarks.md', table);
const over = sections.flatMap(({ figures }) => figures.filter((figure) => figure.over));
if (over.length > 0) {
  console.error(
    `\n${over.length} of the budgets not held:\n${over.map(({ what, value }) => `- ${what}: ${value}`).join('\n')}`,
  );
  process.exitCode = 1;
}
