/** What files and comparisons cost. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './bundled.ts';
import { type Figure, milliseconds, type Section } from './report.ts';

interface FileFigures {
  readonly plain: number;
  readonly plainExport: number;
  readonly redacted: number;
  readonly har: number;
  readonly test: number;
  readonly compared: { readonly milliseconds: number; readonly longest: number; readonly changed: number };
}

/** The figures of `files.ts`, run as a bundle. */
export async function filesSection(quick: boolean): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  try {
    const bundle = await bundled('tests/bench/files.ts', folder);
    const figures = (quick ? [10_000] : [10_000, 100_000]).flatMap((size) => of(size, bundle));
    return {
      title: 'Files and comparisons',
      how: 'Node on one core, bundled as it ships, the median of three after one to warm up. Exports are multiples of `JSON.stringify` of every observation in the same run; the trace has 1,000 sessions. Two sessions of so many events are compared once after a warm-up; the second has every hundredth text changed. The panel compares in such steps, and is in hand between them.',
      figures,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function of(size: number, bundle: string): Figure[] {
  const parameters = ['--max-old-space-size=12000', bundle, String(size)];
  const taken: FileFigures = JSON.parse(execFileSync(process.execPath, parameters, { encoding: 'utf8' }));
  const events = `${size.toLocaleString('en')} events`;
  const times = (value: number) => `${value.toFixed(1)}×`;
  return [
    {
      what: `${events}: export as NDJSON, nothing replaced; redacted by \`share\``,
      value: `${times(taken.plainExport)}; ${times(taken.redacted)} (\`JSON.stringify\` alone ${milliseconds(taken.plain)})`,
    },
    {
      what: `${events}: redacted, as HAR; one of its 1,000 sessions as a test`,
      value: `${times(taken.har)}; ${times(taken.test)}`,
    },
    {
      what: `two sessions of ${events} compared, one text in a hundred changed`,
      value: `${milliseconds(taken.compared.milliseconds)}, ${taken.compared.changed} changed; longest step ${milliseconds(taken.compared.longest)}`,
      ...(size > 10_000 ? {} : { budget: 'at most 2 s', over: taken.compared.milliseconds > 2_000 }),
    },
  ];
}
