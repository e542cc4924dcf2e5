import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { LAUNCH_DEFAULTS } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { corpusFile } from './corpus-file.ts';
import { scrollEndToEnd, watchTasks } from './panel.ts';
import { milliseconds, type Section } from './report.ts';

const STEPS = 300;

/** The real panel in the real DevTools: a file of so many events imported, then scrolled from end to end. */
export async function panelSection(extension: string, events: number): Promise<Section> {
  const { path } = await corpusFile(events);
  const browser = await launchChromium({ ...LAUNCH_DEFAULTS, extension });
  try {
    await browser.open('about:blank');
    const panel = await browser.openDevTools('Chat');
    const longest = await watchTasks(panel);
    const start = performance.now();
    await panel.importFile(path);
    const said = `${events.toLocaleString('en')} events`;
    const told = async () => (await panel.text({ role: 'status' })).includes(said);
    await until('the whole trace in the panel', told, 120_000);
    const imported = performance.now() - start;
    const longestTask = await longest();
    const scrolled = await scrollEndToEnd(panel, STEPS);
    return {
      title: 'The panel',
      how: `The real panel in the real DevTools, ${events.toLocaleString('en')} events imported from a file, then scrolled from end to end in ${STEPS} frames, so that in each all rows become others. Own work: from the scroll event to the first task after the frame is painted. Wall time: on a loaded machine both budgets are broken by others' work.`,
      figures: [
        { what: 'import until the status line says so', value: milliseconds(imported) },
        {
          what: 'longest task while importing',
          value: longestTask === 0 ? 'under 50 ms' : milliseconds(longestTask),
          budget: 'no task over 50 ms',
          over: longestTask > 50,
        },
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
    rmSync(dirname(path), { recursive: true, force: true });
  }
}
