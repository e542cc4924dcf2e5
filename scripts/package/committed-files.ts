import { spawnSync } from 'node:child_process';
import type { TreeFiles } from './store-archive.ts';

/** Every file of the last commit as git keeps it, whatever the working tree holds; null outside a git checkout. */
export function committedFiles(checkout: string): TreeFiles | null {
  const listing = git(checkout, ['ls-tree', '-r', '-z', 'HEAD']);
  if (listing === null) return null;
  const entries = fields(listing).map(treeEntry);
  const batch = git(checkout, ['cat-file', '--batch'], entries.map(({ object }) => `${object}\n`).join(''));
  if (batch === null) throw new Error('git could not read the files of the last commit.');

  // For each object asked for: `<object> blob <size>`, a line feed, that many bytes, a line feed.
  const files = new Map<string, Uint8Array>();
  let at = 0;
  for (const { path } of entries) {
    const end = batch.indexOf('\n', at);
    const size = Number(batch.subarray(at, end).toString().split(' ')[2]);
    files.set(path, batch.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return files;
}

/** Files that differ from the last commit or that git does not know, ignored ones left out. */
export function uncommittedFiles(checkout: string): readonly string[] {
  const status = git(checkout, ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all']);
  // Two letters and a blank stand before each path.
  return status === null ? [] : fields(status).map((entry) => entry.slice(3));
}

function treeEntry(entry: string): { readonly object: string; readonly path: string } {
  const parts = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(entry);
  const [, object, path] = parts ?? [];
  if (object === undefined || path === undefined) throw new Error(`Not a plain file in git: ${entry}`);
  return { object, path };
}

function fields(output: Buffer): readonly string[] {
  return output
    .toString()
    .split('\0')
    .filter((field) => field !== '');
}

function git(checkout: string, parameters: readonly string[], input = ''): Buffer | null {
  const run = spawnSync('git', parameters, { cwd: checkout, input, maxBuffer: 1 << 30 });
  return run.status === 0 ? run.stdout : null;
}
