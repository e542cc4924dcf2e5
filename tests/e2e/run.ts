/**
 * `npm run test:e2e`: builds the extension and runs the end-to-end tests in real browsers. `BROWSERS` chooses among
 * chromium and firefox; `--long` takes the long measures; anything else goes to vitest (a file's name, `-t`).
 */
import { bundleFor } from '../../scripts/browser/launch.ts';
import { buildExtension } from '../../scripts/build/bundles.ts';
import { conclude, section, sum, type Tally } from '../../scripts/checks/tally.ts';
import { browsersToTest, findBrowsers, runEndToEnd } from './suite.ts';

const parameters = process.argv.slice(2).filter((parameter) => parameter !== '--long');
if (process.argv.includes('--long')) process.env.E2E_LONG = '1';

const tallies: Tally[] = [];
for (const [browser, path] of await findBrowsers(browsersToTest())) {
  section(`End-to-end tests in ${browser}`);
  buildExtension(bundleFor(browser));
  tallies.push(await runEndToEnd(browser, path, parameters));
}
conclude(sum(...tallies));
