import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../../scripts/browser/find-chromium.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A folder of its own in which packages are found as in a project of a user's. */
export function projectFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'chat-inspector-project-'));
  symlinkSync(join(ROOT, 'node_modules'), join(path, 'node_modules'));
  writeFileSync(join(path, 'package.json'), '{"type":"module"}');
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** What Playwright says of each spec, by the name of its file. */
export type SpecResults = ReadonlyMap<string, { readonly passed: boolean; readonly said: string }>;

/** Runs the specs with Playwright's own runner in Chromium. */
export async function runSpecs(specs: ReadonlyMap<string, string>): Promise<SpecResults> {
  const folder = projectFolder();
  try {
    for (const [name, code] of specs) writeFileSync(join(folder.path, name), code);
    const options = { executablePath: await findChromium() };
    const config = { workers: 2, fullyParallel: true, timeout: 60_000, use: { launchOptions: options } };
    writeFileSync(
      join(folder.path, 'playwright.config.ts'),
      `export default ${JSON.stringify({ ...config, testDir: '.', reporter: 'json' })};\n`,
    );
    const cli = join(
      dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
      'cli.js',
    );
    const output = await new Promise<string>((resolve, reject) => {
      const check = `${process.execPath} ${join(ROOT, 'dist/cli/chat-inspector.js')}`;
      const environment = { ...process.env, CHAT_INSPECTOR: check, PW_CHROMIUM_ATTACH_TO_OTHER: '' };
      execFile(
        process.execPath,
        [cli, 'test'],
        { cwd: folder.path, env: environment, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) =>
          stdout.trimStart().startsWith('{')
            ? resolve(stdout)
            : reject(new Error(`Playwright said: ${stderr || stdout || error?.message}`)),
      );
    });
    const report: Report = JSON.parse(output);
    return new Map(
      report.suites.map(({ file, specs: tests }) => {
        const results = tests.flatMap((each) => each.tests.flatMap((test) => test.results));
        // What was not checked has not passed.
        const unchecked = tests.flatMap((each) => each.tests.flatMap(({ annotations }) => annotations));
        const passed =
          results.length > 0 && unchecked.length === 0 && results.every(({ status }) => status === 'passed');
        const errors = [
          ...results.flatMap((result) => result.errors.map(({ message = '' }) => message)),
          ...unchecked.map(({ description = '' }) => description),
        ];
        return [file, { passed, said: errors.join('\n') }];
      }),
    );
  } finally {
    folder.remove();
  }
}

/** What is used of the JSON of Playwright's reporter. */
interface Report {
  readonly suites: readonly {
    readonly file: string;
    readonly specs: readonly {
      readonly tests: readonly {
        readonly annotations: readonly { readonly description?: string }[];
        readonly results: readonly {
          readonly status: string;
          readonly errors: readonly { readonly message?: string }[];
        }[];
      }[];
    }[];
  }[];
}
