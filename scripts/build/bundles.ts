import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT, projectTool } from '../project.ts';
import { type Bundle, bundleFolder } from './bundle-folder.ts';
import { printSizes } from './sizes.ts';

let reportPageIsBuilt = false;

/** Builds the page of reports, which the others hold; once is enough for one run. */
export function buildReportPage(): void {
  if (reportPageIsBuilt) return;
  vite(['build', '--logLevel', 'warn', '--config', 'vite.report.config.ts'], {});
  reportPageIsBuilt = true;
}

/** Builds the extension for one browser into its folder. Throws when the build fails; its output is then shown. */
export function buildExtension(bundle: Bundle): string {
  buildReportPage();
  vite(['build', '--logLevel', 'warn'], { BROWSER: bundle });
  return bundleFolder(bundle);
}

/** Builds the command line into dist/cli. */
export function buildCommandLine(): void {
  buildReportPage();
  vite(['build', '--logLevel', 'warn', '--config', 'vite.cli.config.ts'], {});
}

/** Builds all there is and prints the sizes. Gives false when a bundle is over its budget. */
export function buildEverything(): boolean {
  for (const bundle of ['chrome', 'firefox'] as const) {
    console.log(`Built ${buildExtension(bundle)}`);
  }
  if (existsSync(join(PROJECT, 'vite.cli.config.ts'))) {
    buildCommandLine();
    console.log(`Built ${join(PROJECT, 'dist', 'cli')}`);
  }
  return [printSizes('chrome'), printSizes('firefox')].every(Boolean);
}

function vite(parameters: readonly string[], environment: Record<string, string>): void {
  const run = spawnSync(process.execPath, [projectTool('vite', 'bin/vite.js'), ...parameters], {
    cwd: PROJECT,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`The build failed:\n${run.stdout}${run.stderr}`);
}
