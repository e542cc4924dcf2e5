/**
 * `npm test`: every check of the project, in the order in which a mistake is cheapest to find. Goes on after a failure,
 * so that one run tells all; the last line is the sum.
 */
import { spawnSync } from 'node:child_process';
import { browsersToTest, findBrowsers, runEndToEnd } from '../tests/e2e/suite.ts';
import { buildEverything } from './build/bundles.ts';
import { lintAddon } from './checks/lint-addon.ts';
import { conclude, NOTHING, section, sum, type Tally } from './checks/tally.ts';
import { runVitest } from './checks/vitest-run.ts';
import { PROJECT, projectTool } from './project.ts';

const total: Tally[] = [];

section('Type check');
total.push(tool('type check', projectTool('typescript', 'bin/tsc'), ['--noEmit', '-p', '.']));

section('Lint and format');
total.push(tool('lint', projectTool('@biomejs/biome', 'bin/biome'), ['check', '.']));

section('Unit tests');
total.push(await runVitest([]));

section('Build');
total.push(await attempt('build', () => buildEverything()));

section('Store checks');
total.push(await attempt('store checks', () => lintAddon()));

// One browser after the other: two at once make a machine of two cores so busy that pages run before what was set is there.
for (const [browser, path] of await findBrowsers(browsersToTest())) {
  section(`End-to-end tests in ${browser}`);
  total.push(await attempt('end-to-end tests', () => runEndToEnd(browser, path, [])));
}

conclude(sum(...total));

function tool(name: string, file: string, parameters: readonly string[]): Tally {
  const run = spawnSync(process.execPath, [file, ...parameters], { cwd: PROJECT, stdio: 'inherit' });
  return verdict(name, run.status === 0);
}

/** Runs a step that may throw; the reason is printed and counts as one failure. */
async function attempt(name: string, step: () => boolean | Promise<boolean | Tally>): Promise<Tally> {
  try {
    const outcome = await step();
    return typeof outcome === 'boolean' ? verdict(name, outcome) : outcome;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(why);
    return { ...verdict(name, false), failures: [`${name}: ${why}`] };
  }
}

function verdict(name: string, good: boolean): Tally {
  console.log(good ? `${name}: passed` : `${name}: FAILED`);
  return good ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1, failures: [name] };
}
