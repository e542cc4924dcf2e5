/** The command line as `npm run package` packs it, installed where nothing else is; the browser does not matter. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packCommandLine } from '../../scripts/package/npm-tarball.ts';
import { PROJECT } from '../../scripts/project.ts';
import { dialects } from '../fixtures/har/dialects.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-inspector-npm-'));
  const tarball = packCommandLine(join(folder));
  mkdirSync(join(folder, 'project'));
  const installed = run(`npm install --offline --no-audit --no-fund ${JSON.stringify(tarball)}`);
  expect(installed.status, installed.stderr).toBe(0);
  writeFileSync(join(folder, 'project', 'chat.har'), JSON.stringify(dialects.chrome()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As a step of a build runs it. */
function run(command: string) {
  return spawnSync(command, { cwd: join(folder, 'project'), shell: true, encoding: 'utf8' });
}

test('the package has no dependency, and is run by its name', () => {
  expect(
    readdirSync(join(folder, 'project', 'node_modules')).filter((name) => !name.startsWith('.')),
  ).toEqual(['chat-inspector']);
  const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  expect(run('npx --offline chat-inspector --version').stdout.trim()).toBe(version);
  expect(run('npx --offline chat-inspector check missing.har').status).toBe(2);
});

test('the steps of the job in the README do what it says of them', () => {
  const job = /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(PROJECT, 'README.md'), 'utf8'))?.[1] ?? '';
  const steps = [...job.matchAll(/run: (npx chat-inspector .*)/g)].map(([, command = '']) => command);
  expect(steps).toHaveLength(2);
  for (const step of steps) {
    const { status, stderr } = run(step);
    expect(status, stderr).toBeLessThan(2);
  }
  const read = (name: string) => readFileSync(join(folder, 'project', name), 'utf8');
  expect(JSON.parse(read('chat.sarif'))).toMatchObject({ version: '2.1.0' });
  expect(read('chat-report.html')).toMatch(/^<!doctype html>[\s\S]*default-src 'none'/);
  const checked = (file: string) =>
    run(`npx chat-inspector check ${file} --fail-on note`).stdout.split('\n').at(-3);
  expect(checked('chat-report.html')).toBe(checked('chat.har'));
});
