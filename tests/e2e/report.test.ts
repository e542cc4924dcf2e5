import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { InspectedTab } from '../../scripts/browser/inspected-browser.ts';
import { launch } from '../../scripts/browser/launch.ts';
import { until } from '../../scripts/browser/until.ts';
import { REPORT_PAGE } from '../../scripts/build/report-page.ts';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { sampleTrace } from '../../src/analysis/testing/sample-trace.ts';
import { joined, message, status, trace } from '../../src/analysis/testing/trace-builder.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { convertTrace, WHOLE } from '../../src/report/convert.ts';
import { PROFILES } from '../../src/report/redaction/profile.ts';
import { complaintsOfPage } from './harness/accessibility.ts';
import { BROWSER } from './harness/inspection.ts';

/** What a page with script would do with it: end a script, begin a comment, break a line, change every object. */
const PAYLOADS = [
  ...['</script><script>document.title="executed"</script>', '<!--<script>document.title="executed"'],
  ...['<img src="https://elsewhere.invalid/x" onerror="document.title=`executed`">', '\u2028\u2029\ud800'],
];

function hostile(): readonly Observation[] {
  const built = trace();
  built.requestChat().poll([status('connected'), joined()]);
  for (const [at, msg] of PAYLOADS.entries()) built.poll([message({ msg, msg_id: String(at) })]);
  built.poll([JSON.parse('{"event":"chat_session_message","__proto__":{"polluted":"yes"}}')]);
  return built.observations;
}

/** The report of a trace, as the panel and the command line write it, opened from the disk. */
async function openReport(
  tab: { open(url: string): Promise<void> } & InspectedTab,
  observations: readonly Observation[],
) {
  const source = { observations, created: null, dropped: 0, redacted: null, wrappers: [] };
  const page = readFileSync(REPORT_PAGE, 'utf8');
  const options = { to: 'html', profile: PROFILES.none, selection: WHOLE, version: '1', page } as const;
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'report.html');
  writeFileSync(path, [...convertTrace(source, options)].join(''));
  await tab.open(pathToFileURL(path).href);
  await until('the report to have read its trace', () =>
    tab.inPage(() => document.querySelector('.report[data-loaded=true] .timeline-space .row') !== null, null),
  );
}

/** What the page says in words, asked the network for, and was forbidden. */
function seen(tab: InspectedTab) {
  return tab.inPage(async () => {
    const violations: string[] = [];
    // Where the browser keeps them, those from before are told too.
    if ('ReportingObserver' in globalThis) {
      new ReportingObserver((reports) => violations.push(...reports.map(({ type }) => String(type))), {
        types: ['csp-violation'],
        buffered: true,
      }).observe();
    }
    // What must not happen has no event to wait for: a request or a report of one would have come by then.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return {
      title: document.title,
      head: (document.querySelector('.report-meta')?.textContent ?? '').replace(/\s+/g, ' '),
      text: document.querySelector('main')?.textContent ?? '',
      requests: performance.getEntriesByType('resource').map(({ name }) => name),
      stored: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      scripts: document.querySelectorAll('script:not([type])').length,
      images: document.querySelectorAll('main img').length,
      polluted: 'polluted' in {},
      violations,
    };
  }, null);
}

test.each(['light', 'dark'] as const)(
  'a report from the disk says what the panel says, asks for nothing and is accessible, %s',
  async (theme) => {
    const browser = await launch(BROWSER, { theme });
    onTestFinished(() => browser.close());
    await openReport(browser, sampleTrace());
    const analysis = createAnalysis({});
    analysis.add(sampleTrace());
    analysis.end();
    const { sessions, events, errors, warnings } = analysis.totals;
    const shown = await seen(browser);
    expect(shown.head).toContain(`${sessions} sessions${events} events`);
    expect(shown.head).toContain(`${errors} errors`);
    expect(shown.head).toContain(`${warnings} warnings`);
    for (const { rule } of analysis.findings('warning')) expect(shown.text).toContain(rule);
    expect(shown).toMatchObject({ requests: [], violations: [], stored: [], scripts: 1 });
    expect(await complaintsOfPage(browser)).toEqual([]);
    // A finding leads to its row, and the row to its details.
    await browser.inPage(() => document.querySelector<HTMLElement>('.problem-defect')?.click(), null);
    await until('the problem', () =>
      browser.inPage(() => document.querySelector<HTMLElement>('button.problem-sentence') !== null, null),
    );
    await browser.inPage(() => document.querySelector<HTMLElement>('button.problem-sentence')?.click(), null);
    await until('the details', () =>
      browser.inPage(() => document.querySelector('.details-title') !== null, null),
    );
    expect(await complaintsOfPage(browser), 'with details').toEqual([]);
    expect(await browser.uncaughtErrors()).toEqual([]);
  },
);

test('what a page or a person wrote is text in a report, and runs nowhere', async () => {
  const browser = await launch(BROWSER);
  onTestFinished(() => browser.close());
  await openReport(browser, hostile());
  const shown = await seen(browser);
  expect(shown).toMatchObject({
    ...{ title: 'Chat session report', requests: [], violations: [], scripts: 1, images: 0, polluted: false },
  });
  for (const payload of PAYLOADS.slice(0, 3)) expect(shown.text).toContain(payload);
  expect(shown.text).toContain('\\u{2028}\\u{2029}\\u{D800}');
  expect(await browser.uncaughtErrors()).toEqual([]);
});
