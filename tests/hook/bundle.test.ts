import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bundleFolder } from '../../scripts/build/bundle-folder.ts';
import { BUDGETS } from '../../scripts/build/sizes.ts';

/** By folder, in bytes, compressed. Both are in every frame of every page. */
const SIZES = { capture: BUDGETS.hook, relay: BUDGETS.relay } as const;

describe.each(Object.entries(SIZES))('the bundle of src/%s', (folder, budget) => {
  const directory = join(bundleFolder('chrome'), 'src', folder);
  const files = readdirSync(directory).filter((name) => name.endsWith('.js'));
  const source = readFileSync(join(directory, files[0] ?? ''), 'utf8');

  test('is one classic script, so that it runs before the first of the page', () => {
    expect(files).toHaveLength(1);
    expect(source).not.toMatch(/\b(import|export)\b\s*[{("'*]/);
  });

  test('is within its size', () => {
    expect(gzipSync(source, { level: 9 }).length).toBeLessThan(budget);
  });

  test('has no schema library in it', () => {
    expect(source).not.toMatch(/zod|ZodError/i);
  });
});

test('of the protocol the hook takes its marks only', () => {
  const folder = join(import.meta.dirname, '../../src/capture');
  const imports = readdirSync(folder)
    .filter((name) => !name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/from '(\.\.\/[^']+)'/g)])
    .map((match) => match[1]);
  expect([...new Set(imports)].sort()).toEqual([
    '../messaging/private-port.ts',
    '../observation/captured-headers.ts',
    '../observation/observation.ts',
    '../observation/page-caps.ts',
    '../protocol/marks.ts',
  ]);
});
