import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PROJECT, projectTool } from '../project.ts';
import type { Tally } from './tally.ts';

/** Runs vitest with these arguments, and counts. */
export async function runVitest(
  parameters: readonly string[],
  environment: Record<string, string> = {},
): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-vitest-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const run = spawn(
    process.execPath,
    [projectTool('vitest', 'vitest.mjs'), 'run', ...reporters, ...parameters],
    {
      cwd: PROJECT,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    },
  );
  const status = await new Promise<number | null>((resolve, reject) => {
    run.once('error', reject);
    run.once('close', resolve);
  });
  try {
    return count(readReport(report), status, parameters.includes('-t') ? 'some' : 'all');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly name: string;
    /** Why the file did not start. */
    readonly message?: string;
    readonly assertionResults: readonly TestResult[];
  }[];
}

interface TestResult {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages?: readonly string[];
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
  const failures: string[] = [];
  for (const file of report.testResults) {
    const before = failures.length;
    const where = relative(PROJECT, file.name);
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else if (asked === 'all' || test.status !== 'skipped') failures.push(testFailure(where, test));
    }
    if (failures.length === before && file.status !== 'passed') failures.push(tell(where, file.message));
  }
  if (failures.length === 0 && status !== 0)
    failures.push(`vitest ended with ${status}, though no test failed`);
  return { passed, failed: failures.length, failures };
}

function testFailure(where: string, test: TestResult): string {
  const why = test.failureMessages?.join('\n') || `it was not run (${test.status})`;
  return tell(`${where} > ${test.fullName}`, why);
}

/** Enough of the reason to know the cause: an assertion's lines of difference come first in it. */
function tell(what: string, why: string | undefined): string {
  const lines = (why ?? '').split('\n').slice(0, MOST_LINES);
  return [what, ...lines.map((line) => `    ${line}`)].join('\n');
}

const MOST_LINES = 25;
