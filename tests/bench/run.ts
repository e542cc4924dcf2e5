/**
 * `npm run bench`: speed and memory, as ratios where a time would not be stable. Prints a table and fails where a figure
 * is over its budget. `--write` keeps the table in docs/benchmarks.md; `--quick` takes smaller traces and fewer rounds;
 * `pipeline`, `files`, `hostile`, `panel`, `way`, `page`, `frame` choose parts.
 */
import { writeFileSync } from 'node:fs';
import { buildExtension } from '../../scripts/build/bundles.ts';
import { filesSection } from './files-section.ts';
import { frameSection } from './frame-section.ts';
import { hostileSection } from './hostile-section.ts';
import { noChatSection, pageSection } from './page-section.ts';
import { panelSection } from './panel-section.ts';
import { pipelineSection } from './pipeline-section.ts';
import { asMarkdown, type Section } from './report.ts';
import { waySection } from './way-section.ts';

const options = new Set(process.argv.slice(2));
const quick = options.has('--quick');
const chosen = ['pipeline', 'files', 'hostile', 'panel', 'page', 'way', 'frame'].filter((part) =>
  options.has(part),
);
const wants = (part: string) => chosen.length === 0 || chosen.includes(part);
const EXTENSION = 'dist/chrome';

const sections: Section[] = [];
if (wants('pipeline')) sections.push(await pipelineSection(quick));
if (wants('files')) sections.push(await filesSection(quick));
if (wants('hostile')) sections.push(await hostileSection(quick));
if (wants('panel') || wants('way') || wants('page') || wants('frame')) buildExtension('chrome');
if (wants('panel')) sections.push(await panelSection(EXTENSION, quick ? 10_000 : 100_000));
if (wants('way')) sections.push(await waySection(EXTENSION, quick ? 10 : 30));
if (wants('page')) sections.push(await pageSection(EXTENSION, quick ? 6 : 30));
if (wants('page')) sections.push(await noChatSection(EXTENSION, quick ? 6 : 30));
if (wants('frame')) sections.push(await frameSection(EXTENSION, quick ? 3 : 15));
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
