/**
 * `npm start`: builds the extension, starts the demo, and opens a browser on it with the DevTools and the Chat panel.
 * `--headless` plays the same conversation to its end, saves a picture of the panel and the trace, and ends.
 */
import { parseArgs } from 'node:util';
import { type BrowserName, isBrowserName } from './browser/launch.ts';
import { type Demonstration, runDemonstration } from './start/demonstration.ts';

const USAGE = `npm start -- [options]
  --headless          play the conversation without a window; save a picture and the trace into artifacts/
  --browser NAME      chromium (default) or firefox
  --scenario NAME     which conversation (default: ordinary)
  --port NUMBER       the demo server's port (default: any free one)`;

try {
  const asked = readOptions();
  if (asked === null) console.log(USAGE);
  else await runDemonstration(asked);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function readOptions(): Demonstration | null {
  const { values } = parseArgs({
    options: {
      headless: { type: 'boolean', default: false },
      browser: { type: 'string', default: 'chromium' },
      scenario: { type: 'string', default: 'ordinary' },
      port: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
  return {
    browser: browserNamed(values.browser),
    display: values.headless ? 'headless' : 'window',
    scenario: values.scenario,
    port,
  };
}

function browserNamed(name: string): BrowserName {
  if (isBrowserName(name)) return name;
  throw new Error(`--browser takes chromium or firefox, not "${name}".`);
}
