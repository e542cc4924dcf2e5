import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { committedFiles, uncommittedFiles } from '../../scripts/package/committed-files.ts';
import { packFiles } from '../../scripts/package/store-archive.ts';
import { treeFiles } from '../../scripts/package/tree-files.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files, written in this order, as if last changed at this time (seconds since 1970). */
function tree(files: readonly (readonly [path: string, text: string])[], changed = 1_700_000_000): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-archive-'));
  folders.push(folder);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), changed, changed);
  }
  return folder;
}

const FILES = [
  ['manifest.json', '{}'],
  ['panel/index.html', '<p>'.repeat(500)],
  ['assets/panel.js', 'export {}'],
  ['Zeichen/ä.txt', 'ü'],
] as const;

describe('an archive for a store', () => {
  it('has the same bytes in whatever order and at whatever time its files were written', () => {
    const one = packFiles(treeFiles(tree(FILES)));
    const other = packFiles(treeFiles(tree([...FILES].reverse(), 1_400_000_000)));
    expect(Buffer.compare(one, other)).toBe(0);
  });

  it('has the same bytes in every time zone', () => {
    const script = [
      "import { packFiles } from './scripts/package/store-archive.ts';",
      "import { createHash } from 'node:crypto';",
      "const zip = packFiles(new Map([['a.txt', new Uint8Array(9)]]));",
      "console.log(createHash('sha256').update(zip).digest('hex'));",
    ].join('\n');
    const digestIn = (TZ: string) =>
      execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      });
    expect(digestIn('Pacific/Kiritimati')).toBe(digestIn('America/Adak'));
  });

  it('gives back the bytes of every file', () => {
    const names = fc.stringMatching(/^[a-z_]{1,9}(\/[a-z_]{1,9})?\.txt$/);
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(names, fc.string()), { selector: ([name]) => name }), (files) => {
        const packed = packFiles(new Map(files.map(([name, text]) => [name, strToU8(text)])));
        const unpacked = Object.entries(unzipSync(packed)).map(([name, bytes]) => [name, strFromU8(bytes)]);
        expect(new Map(unpacked as [string, string][])).toEqual(new Map(files));
      }),
    );
  });
});

describe('the source archive', () => {
  const git = (folder: string, ...parameters: string[]) =>
    execFileSync(
      'git',
      [
        '-c',
        'user.name=t',
        '-c',
        'user.email=t@example.invalid',
        '-c',
        'commit.gpgsign=false',
        ...parameters,
      ],
      { cwd: folder, stdio: 'ignore' },
    );

  it('holds what was committed, not what lies in the folder, and tells of the difference', () => {
    const folder = tree([...FILES, ['empty', '']]);
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'First');
    expect(uncommittedFiles(folder)).toEqual([]);

    writeFileSync(join(folder, 'manifest.json'), 'changed');
    writeFileSync(join(folder, 'new file'), 'new');
    const committed = committedFiles(folder) ?? new Map<string, Uint8Array>();
    expect([...committed.keys()].sort()).toEqual([...FILES.map(([path]) => path), 'empty'].sort());
    expect(Buffer.from(committed.get('manifest.json') ?? []).toString()).toBe('{}');
    expect(Buffer.from(committed.get('Zeichen/ä.txt') ?? []).toString()).toBe('ü');
    expect([...uncommittedFiles(folder)].sort()).toEqual(['manifest.json', 'new file']);
  });

  it('is left out where there is no git', () => {
    expect(committedFiles(tree(FILES))).toBe(null);
  });
});
