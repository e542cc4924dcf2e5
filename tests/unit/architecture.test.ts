import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Arrows as docs/architecture.md draws them, in the block of that name: room → what it may import. */
function drawnArrows(name: string): Map<string, ReadonlySet<string>> {
  const doc = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const block = new RegExp(`\`\`\`${name}\\n([\\s\\S]*?)\`\`\``).exec(doc)?.[1] ?? '';
  const arrows = new Map<string, ReadonlySet<string>>();
  for (const line of block.split('\n')) {
    const [from, to] = line.split('->').map((part) => part.trim());
    if (from && to)
      arrows.set(from, new Set(to === '(nothing)' ? [] : to.split(',').map((name) => name.trim())));
  }
  return arrows;
}

/** Every file of a folder that is no test, from the project's root. */
function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(root, path)).isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) ? [path] : [];
  });
}

/** What a file imports of ours, types too, from the project's root. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(root, resolve(root, dirname(file), name)));
}

/** The folder a file belongs to in the drawing: `src/x/…` is x; `panel` and `demo` stand for themselves. */
function home(path: string): string {
  const parts = path.split('/');
  return (parts[0] === 'src' ? parts[1] : parts[0]) ?? '';
}

describe('the arrows between folders', () => {
  const arrows = drawnArrows('arrows');

  it('are drawn for every folder of the product', () => {
    const folders = readdirSync(join(root, 'src')).concat('panel', 'demo');
    expect([...arrows.keys()].sort()).toEqual(folders.sort());
  });

  for (const [from, allowed] of arrows) {
    it(`lead from ${from} only to ${[...allowed].join(', ') || 'nothing'}`, () => {
      const folder = ['panel', 'demo'].includes(from) ? from : join('src', from);
      const forbidden = sourceFiles(folder).flatMap((file) =>
        importsOf(file)
          .filter((target) => home(target) !== from)
          .filter((target) => !allowed.has(home(target)))
          .filter((target) => !allowed.has(relative('src', target).replace(/\.ts$/, '')))
          .map((target) => `${file} imports ${target}`),
      );
      expect(forbidden).toEqual([]);
    });
  }
});

describe('the arrows inside the analysis', () => {
  const ANALYSIS = 'src/analysis';
  const arrows = drawnArrows('analysis-arrows');
  /** The room of a file, or the file itself where it lies beside the rooms. */
  const room = (path: string) => {
    const [first = '', second] = relative(ANALYSIS, path).split('/');
    return second === undefined ? first.replace(/\.ts$/, '') : first;
  };
  // What tests use may use everything.
  const files = sourceFiles(ANALYSIS).filter((file) => room(file) !== 'testing');

  it('are drawn for every room', () => {
    expect([...arrows.keys()].sort()).toEqual([...new Set(files.map(room))].sort());
  });

  for (const [from, allowed] of arrows) {
    it(`lead from ${from} only to ${[...allowed].join(', ') || 'nothing'}`, () => {
      const forbidden = files
        .filter((file) => room(file) === from)
        .flatMap((file) =>
          importsOf(file)
            .filter((target) => target.startsWith(`${ANALYSIS}/`) && room(target) !== from)
            .filter((target) => !allowed.has(room(target)))
            .map((target) => `${file} imports ${target}`),
        );
      expect(forbidden).toEqual([]);
    });
  }

  it('end outside at its face: the api, the way in, the rules and their sentences', () => {
    const faces = [
      'src/analysis/create-analysis.ts',
      'src/analysis/rules/rules.ts',
      'src/analysis/rules/sentence.ts',
    ];
    const others = ['src/trace', 'src/cli', 'panel'].flatMap(sourceFiles).flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith(`${ANALYSIS}/`) && room(target) !== 'api')
        .filter((target) => !faces.includes(target) && room(target) !== 'testing')
        .map((target) => `${file} imports ${target}`),
    );
    expect(others).toEqual([]);
  });
});

describe('files', () => {
  it.each(['src', 'panel', 'demo', 'scripts'])(
    'of %s import each other in no circle, types counted',
    (folder) => {
      expect(circles(sourceFiles(folder))).toEqual([]);
    },
  );
});

/** Files that are reached from themselves, one list a circle (strongly connected components, after Tarjan). */
function circles(given: readonly string[]): string[][] {
  const files = new Set(given);
  const found: string[][] = [];
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): number => {
    const number = numbers.size;
    numbers.set(file, number);
    let low = number;
    open.push(file);
    for (const target of importsOf(file)) {
      if (!files.has(target)) continue;
      if (!numbers.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, lowest.get(target) ?? numbers.get(target) ?? low);
    }
    lowest.set(file, low);
    if (low === number) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) found.push(circle.sort());
    }
    return low;
  };
  for (const file of files) if (!numbers.has(file)) visit(file);
  return found;
}
