import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT, projectTool } from '../project.ts';
import type { Tally } from './tally.ts';

/** Runs vitest with these arguments, its output shown as it comes, and counts. */
export function runVitest(parameters: readonly string[], environment: Record<string, string> = {}): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-vitest-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const run = spawnSync(
    process.execPath,
    [projectTool('vitest', 'vitest.mjs'), 'run', ...reporters, ...parameters],
    { cwd: PROJECT, stdio: 'inherit', env: { ...process.env, ...environment } },
  );
  try {
    return count(readReport(report), run.status, parameters.includes('-t') ? 'some' : 'all');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

function readReport(path: string): Report {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch {
    return { testResults: [] };
  }
}

/**
 * A test that was skipped counts as failed where all were asked for: nothing may be left out in silence. So does a file
 * that did not start.
 */
function count(report: Report, status: number | null, asked: 'all' | 'some'): Tally {
  let passed = 0;
  let failed = 0;
  for (const file of report.testResults) {
    const asWanted = (test: { readonly status: string }) => test.status === 'passed';
    const leftOut = (test: { readonly status: string }) => asked === 'some' && test.status === 'skipped';
    const good = file.assertionResults.filter(asWanted).length;
    const bad = file.assertionResults.filter((test) => !asWanted(test) && !leftOut(test)).length;
    passed += good;
    failed += bad === 0 && file.status !== 'passed' ? 1 : bad;
  }
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed };
}
