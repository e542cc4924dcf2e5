import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** The arrows as docs/architecture.md draws them: folder → what it may import. */
function drawnArrows(): Map<string, ReadonlySet<string>> {
  const doc = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const block = /```arrows\n([\s\S]*?)```/.exec(doc)?.[1] ?? '';
  const arrows = new Map<string, ReadonlySet<string>>();
  for (const line of block.split('\n')) {
    const [from, to] = line.split('->').map((part) => part.trim());
    if (from && to)
      arrows.set(from, new Set(to === '(nothing)' ? [] : to.split(',').map((name) => name.trim())));
  }
  return arrows;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) ? [path] : [];
  });
}

/** The folder a file belongs to in the drawing: `src/x/…` is x; `panel` and `demo` stand for themselves. */
function home(path: string): string {
  const parts = relative(root, path).split('/');
  return (parts[0] === 'src' ? parts[1] : parts[0]) ?? '';
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((name) => name.startsWith('.'));
}

describe('the arrows between folders', () => {
  const arrows = drawnArrows();

  it('are drawn for every folder of the product', () => {
    const folders = readdirSync(join(root, 'src')).concat('panel', 'demo');
    expect([...arrows.keys()].sort()).toEqual(folders.sort());
  });

  for (const [from, allowed] of arrows) {
    it(`lead from ${from} only to ${[...allowed].join(', ') || 'nothing'}`, () => {
      const folder = ['panel', 'demo'].includes(from) ? join(root, from) : join(root, 'src', from);
      const forbidden = sourceFiles(folder).flatMap((file) =>
        importsOf(file)
          .map((name) => resolve(dirname(file), name))
          .filter((target) => home(target) !== from)
          .filter((target) => !allowed.has(home(target)))
          .filter((target) => !allowed.has(relative(join(root, 'src'), target).replace(/\.ts$/, '')))
          .map((target) => `${relative(root, file)} imports ${relative(root, target)}`),
      );
      expect(forbidden).toEqual([]);
    });
  }
});
