/**
 * `npm run package`: builds the extension for both browsers and the command line, and packs what stores and npm take. The same sources give the
 * same bytes, so that anyone can build again and compare the printed sums.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../manifest.json' with { type: 'json' };
import { buildCommandLine, buildExtension } from './build/bundles.ts';
import { committedFiles, uncommittedFiles } from './package/committed-files.ts';
import { packCommandLine } from './package/npm-tarball.ts';
import { packFiles, type TreeFiles } from './package/store-archive.ts';
import { treeFiles } from './package/tree-files.ts';
import { PROJECT } from './project.ts';

const { version } = manifest;
const folder = join(PROJECT, 'dist');
mkdirSync(folder, { recursive: true });

// The bundler's own notes about a build are of no use to a browser.
const notForBrowsers = (path: string) => !path.startsWith('.vite/');

save('chrome', new Map([...treeFiles(buildExtension('chrome'))].filter(([path]) => notForBrowsers(path))));
save('firefox', new Map([...treeFiles(buildExtension('firefox'))].filter(([path]) => notForBrowsers(path))));

buildCommandLine();
const tarball = packCommandLine(folder);
report(tarball, readFileSync(tarball), 'npm package');

const sources = committedFiles(PROJECT);
if (sources === null) {
  console.log('No source archive: this folder is not a git checkout.');
} else {
  save('source', withInstructionsOnTop(sources));
  const uncommitted = uncommittedFiles(PROJECT);
  if (uncommitted.length > 0) {
    console.log(
      `\nNot for a store: the source archive holds the last commit, but ${uncommitted.length} files differ from it:\n` +
        uncommitted
          .slice(0, 10)
          .map((file) => `  ${file}`)
          .join('\n'),
    );
  }
}

/** A reviewer who unpacks the archive looks for the way to build it first. */
function withInstructionsOnTop(files: TreeFiles): TreeFiles {
  const instructions = files.get('store/build.md');
  if (instructions === undefined) throw new Error('store/build.md is missing from the last commit.');
  return new Map([...files, ['BUILD.md', instructions]]);
}

function save(part: 'chrome' | 'firefox' | 'source', files: TreeFiles): void {
  const path = join(folder, `chat-inspector-${part}-${version}.zip`);
  const archive = packFiles(files);
  writeFileSync(path, archive);
  report(path, archive, `${files.size} files`);
}

function report(path: string, bytes: Uint8Array, what: string): void {
  const digest = createHash('sha256').update(bytes).digest('hex');
  console.log(`${path}\n  ${what}, ${bytes.length} bytes, SHA-256 ${digest}`);
}
