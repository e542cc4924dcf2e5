/** The command line as an npm package: one program, no dependency, no script that runs when it is installed. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import project from '../../package.json' with { type: 'json' };
import { PROJECT } from '../project.ts';

const PROGRAM = 'chat-inspector.js';

/** Packs the built command line of `dist/cli` into a folder; gives the tarball's path. Throws when npm fails. */
export function packCommandLine(folder: string): string {
  const staged = join(folder, 'npm');
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  copyFileSync(join(PROJECT, 'dist', 'cli', PROGRAM), join(staged, PROGRAM));
  copyFileSync(join(PROJECT, 'LICENSE'), join(staged, 'LICENSE'));
  copyFileSync(join(PROJECT, 'dist', 'cli', 'licenses.md'), join(staged, 'licenses.md'));
  writeFileSync(join(staged, 'README.md'), README);
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  const run = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: staged,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) throw new Error(`npm pack failed:\n${run.stdout}${run.stderr}`);
  return join(folder, `${project.name}-${project.version}.tgz`);
}

function manifest() {
  const { name, version, license, engines } = project;
  return {
    name,
    version,
    description: 'Judges recorded chat traffic: traces and HAR files, in a terminal and in a build.',
    license,
    type: 'module',
    engines,
    bin: { [name]: PROGRAM },
    files: [PROGRAM, 'licenses.md'],
  };
}

const README = `# chat-inspector

Says what is wrong with recorded chat traffic, and writes it in other formats, redacted.

    npx chat-inspector check session.har
    npx chat-inspector convert session.har --to html -o report.html
    npx chat-inspector --help
`;
