import { spawnSync } from 'node:child_process';
import { bundleFolder } from '../build/bundle-folder.ts';
import { treeFiles } from '../package/tree-files.ts';
import { PROJECT, projectTool } from '../project.ts';
import { policyFaults } from './store-policy.ts';

/** Warnings of the Firefox store's linter that stay; docs/browsers.md says why for each. */
const EXPLAINED: ReadonlySet<string> = new Set([
  'KEY_FIREFOX_UNSUPPORTED_BY_MIN_VERSION',
  'KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION',
  'UNSAFE_VAR_ASSIGNMENT',
]);

/** Prints what either store would object to in the built extensions; gives whether there was nothing. */
export function lintAddon(): boolean {
  const faults = [
    ...policyFaults(treeFiles(bundleFolder('chrome'))).map((fault) => `dist/chrome: ${fault}`),
    ...policyFaults(treeFiles(bundleFolder('firefox'))).map((fault) => `dist/firefox: ${fault}`),
    ...linterMessages(bundleFolder('firefox')).flatMap(judge),
  ];
  for (const fault of faults) console.error(fault);
  if (faults.length === 0) console.log('Nothing that a store would object to.');
  return faults.length === 0;
}

interface LinterMessage {
  readonly _type: 'error' | 'warning' | 'notice';
  readonly code: string;
  readonly message: string;
  readonly description?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

function judge(found: LinterMessage): readonly string[] {
  const place = [found.file, found.line, found.column].filter((part) => part !== undefined).join(':');
  const text = `web-ext ${found._type} ${found.code} ${place}: ${found.message}`;
  if (found._type === 'warning' && EXPLAINED.has(found.code)) {
    console.log(`${text} (explained in docs/browsers.md)`);
    return [];
  }
  return [`${text}. ${found.description ?? ''}`];
}

/** What Mozilla's own linter says, with the rules for add-ons that the store hosts. */
function linterMessages(folder: string): readonly LinterMessage[] {
  const run = spawnSync(
    process.execPath,
    [
      projectTool('web-ext', 'bin/web-ext.js'),
      'lint',
      '--no-config-discovery',
      '--output=json',
      `--source-dir=${folder}`,
    ],
    // It looks for a newer version of itself otherwise, which a build must not.
    { cwd: PROJECT, env: { ...process.env, NO_UPDATE_NOTIFIER: '1' }, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const start = run.stdout.indexOf('{');
  if (start < 0) throw new Error(`web-ext lint gave no answer:\n${run.stdout}${run.stderr}`);
  const report = JSON.parse(run.stdout.slice(start)) as {
    readonly [kind in 'errors' | 'warnings' | 'notices']: readonly LinterMessage[];
  };
  return [...report.errors, ...report.warnings, ...report.notices];
}
