import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Bundle, bundleFolder } from './bundle-folder.ts';

/** What a page or the panel has to load, gzip, in bytes (1 kB = 1000). */
export const BUDGETS = {
  // 6 kB was the aim. Private copies of the natives, and everything a page must not notice, take the rest.
  hook: 12_000,
  relay: 3_500,
  'panel, first load': 120_000,
} as const;
type Part = keyof typeof BUDGETS;

/** Prints each part's size beside its budget; gives false when one is over. */
export function printSizes(bundle: Bundle): boolean {
  const folder = bundleFolder(bundle);
  const files: Record<Part, readonly string[]> = {
    hook: [join(folder, 'src/capture/hook.iife.js')],
    relay: [join(folder, 'src/relay/relay.iife.js')],
    'panel, first load': firstLoad(join(folder, 'panel/index.html'), folder),
  };
  const parts = Object.keys(BUDGETS) as Part[];
  return parts.map((part) => printSize(bundle, part, files[part])).every(Boolean);
}

function printSize(bundle: Bundle, part: Part, files: readonly string[]): boolean {
  const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  const within = size <= BUDGETS[part];
  const budget = `${kilobytes(size)} of ${kilobytes(BUDGETS[part])}`;
  console.log(`  ${bundle.padEnd(8)} ${part.padEnd(18)} ${budget}${within ? '' : '  OVER BUDGET'}`);
  return within;
}

function kilobytes(size: number): string {
  return `${(size / 1000).toFixed(1)} kB`;
}

/** The page, and the scripts and styles it loads before anything is clicked: static imports, followed to the end. */
function firstLoad(page: string, root: string): readonly string[] {
  const loaded = new Set([page]);
  for (const file of loaded) {
    const text = readFileSync(file, 'utf8');
    const references = file.endsWith('.html')
      ? text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)
      : text.matchAll(/(?:\bfrom|\bimport)\s*["']([^"']+\.js)["']/g);
    for (const [, reference] of references) {
      if (!reference) continue;
      const target = reference.startsWith('/') ? join(root, reference) : join(dirname(file), reference);
      if (existsSync(target)) loaded.add(target);
    }
  }
  return [...loaded];
}
