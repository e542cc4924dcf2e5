/**
 * `npm run test:e2e`: builds the extension and runs the end-to-end tests in real browsers. `BROWSERS` chooses among
 * chromium and firefox; `--long` takes the long measures, and without anything else the long runs of the properties first;
 * anything else goes to vitest (a file's name, `-t`).
 */
import { bundleFor } from '../../scripts/browser/launch.ts';
import { buildExtension } from '../../scripts/build/bundles.ts';
import { conclude, section, sum, type Tally } from '../../scripts/checks/tally.ts';
import { runVitest } from '../../scripts/checks/vitest-run.ts';
import { browsersToTest, findBrowsers, runEndToEnd } from './suite.ts';

const parameters = process.argv.slice(2).filter((parameter) => parameter !== '--long');
if (process.argv.includes('--long')) process.env.E2E_LONG = '1';

/** Properties that take more cases in the long run. */
const PROPERTIES = [
  'src/report/redaction/planted-secrets.test.ts',
  'src/report/redaction/same-judgement.test.ts',
  'src/report/compare/redacted-sessions.test.ts',
  'src/report/convert.test.ts',
  'src/analysis/rules/switched-off.property.test.ts',
  'tests/equality/equality.test.ts',
];

const tallies: Tally[] = [];
if (process.env.E2E_LONG === '1' && parameters.length === 0) {
  section('Properties, at length');
  tallies.push(await runVitest(PROPERTIES));
}
for (const [browser, path] of await findBrowsers(browsersToTest())) {
  section(`End-to-end tests in ${browser}`);
  buildExtension(bundleFor(browser));
  tallies.push(await runEndToEnd(browser, path, parameters));
}
conclude(sum(...tallies));
