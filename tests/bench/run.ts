/**
 * `npm run bench`: speed and memory, as ratios where a time would not be stable. Prints a table and fails where a figure
 * is over its budget. `--write` keeps the table in docs/benchmarks.md; `--quick` takes smaller traces and fewer rounds;
 * `pipeline`, `panel`, `page` choose parts.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { startDemo } from '../../demo/demo.ts';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { LAUNCH_DEFAULTS } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { buildExtension } from '../../scripts/build/bundles.ts';
import { LOADS, type Load, type PageRunner, round, spread } from './page.ts';
import { scrollEndToEnd, traceFile } from './panel.ts';
import { launchPlain } from './plain-browser.ts';
import { asMarkdown, type Figure, type Section } from './report.ts';

const options = new Set(process.argv.slice(2));
const quick = options.has('--quick');
const chosen = ['pipeline', 'panel', 'page'].filter((part) => options.has(part));
const wants = (part: string) => chosen.length === 0 || chosen.includes(part);
const EXTENSION = 'dist/chrome';

const milliseconds = (value: number) => `${value.toFixed(1)} ms`;
const microseconds = (value: number) => `${value.toFixed(2)} µs`;

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

async function panelSection(): Promise<Section> {
  const events = quick ? 10_000 : 100_000;
  const file = traceFile(events);
  const browser = await launchChromium({ ...LAUNCH_DEFAULTS, extension: EXTENSION });
  try {
    await browser.open('about:blank');
    const panel = await browser.openDevTools('Chat');
    const start = performance.now();
    await panel.importFile(file);
    const said = `${events.toLocaleString('en')} events`;
    const told = async () => (await panel.text({ role: 'status' })).includes(said);
    await until('the whole trace in the panel', told, 120_000);
    const imported = performance.now() - start;
    const scrolled = await scrollEndToEnd(panel, 300);
    return {
      title: 'The panel',
      how: `The real panel in the real DevTools, ${events.toLocaleString('en')} events imported from a file, then scrolled from end to end in ${scrolled.frames} frames. Own work: from the scroll event to the first task after the frame is painted.`,
      figures: [
        { what: 'import until the status line says so', value: milliseconds(imported) },
        {
          what: 'own work a frame while scrolling, median; p95; longest',
          value: [scrolled.p50, scrolled.p95, scrolled.longest].map(milliseconds).join('; '),
          budget: 'p95 under 8 ms',
          over: scrolled.p95 >= 8,
        },
      ],
    };
  } finally {
    await browser.close();
  }
}

const MESSAGES: Readonly<Record<Load, number>> = {
  websocket: 3000,
  send: 3000,
  xhr: 150,
  fetch: 150,
  stream: 3000,
};

async function pageSection(): Promise<Section> {
  const rounds = quick ? 6 : 30;
  const demo = await startDemo({ log: false });
  const url = `${demo.url}nothing-here`;
  const plain = await launchPlain(url, 'closed');
  const plainOpen = await launchPlain(url, 'open');
  const launch = () => launchChromium({ ...LAUNCH_DEFAULTS, extension: EXTENSION });
  const closed = await launch();
  const open = await launch();
  try {
    await closed.open(url);
    await open.open(url);
    await open.openDevTools('Chat');
    const runners: readonly (readonly [name: string, runner: PageRunner])[] = [
      ['without', plain],
      ['closed', closed],
      ['devtools', plainOpen],
      ['open', open],
    ];
    const figures: Figure[] = [];
    for (const load of LOADS) {
      const times: Record<string, number[]> = { without: [], closed: [], devtools: [], open: [] };
      let longest = 0;
      for (let n = -1; n < rounds; n++) {
        for (const [name, runner] of runners) {
          const taken = await round(runner, load, MESSAGES[load]);
          if (n < 0) continue;
          times[name]?.push(taken.perMessage);
          if (name === 'open') longest = Math.max(longest, taken.longestTask);
        }
      }
      figures.push(...pageFigures(load, times, longest));
    }
    return {
      title: 'What the page pays',
      how: `Four Chromiums side by side, ${rounds} interleaved rounds each, over loopback, 300-byte chat events: without the extension; with it and the panel closed; without it and DevTools open; with it and its panel open. Wall time of the page a message, median with its 95 % interval.`,
      figures,
    };
  } finally {
    await Promise.all([plain.close(), plainOpen.close(), closed.close(), open.close()]);
    await demo.close();
  }
}

function pageFigures(
  load: Load,
  times: Readonly<Record<string, readonly number[]>>,
  longest: number,
): Figure[] {
  const of = (name: string) => spread(times[name] ?? []);
  const [without, closed, devTools, open] = [of('without'), of('closed'), of('devtools'), of('open')];
  const text = ({ median, low, high }: typeof without) =>
    `${microseconds(median)} (${low.toFixed(1)}–${high.toFixed(1)})`;
  const added = closed.median - without.median;
  const addedOpen = open.median - devTools.median;
  return [
    { what: `${load}: without the extension`, value: text(without) },
    {
      what: `${load}: panel closed`,
      value: `${text(closed)}, ratio ${(closed.median / without.median).toFixed(3)}, ${added.toFixed(2)} µs added`,
      budget: 'ratio 1.03 or 2 µs added',
      over: closed.median / without.median > 1.03 && added > 2,
    },
    { what: `${load}: without the extension, DevTools open`, value: text(devTools) },
    {
      what: `${load}: panel open`,
      value: `${text(open)}, ratio ${(open.median / devTools.median).toFixed(3)}, ${addedOpen.toFixed(2)} µs added; longest task ${milliseconds(longest)}`,
      budget: 'under 10 µs added, no task over 50 ms',
      over: addedOpen >= 10 || longest > 50,
    },
  ];
}

const sections: Section[] = [];
if (wants('pipeline')) sections.push(pipelineSection());
if (wants('panel') || wants('page')) buildExtension('chrome');
if (wants('panel')) sections.push(await panelSection());
if (wants('page')) sections.push(await pageSection());
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
