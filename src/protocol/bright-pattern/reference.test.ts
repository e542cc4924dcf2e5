import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reference } from './reference.ts';

test('docs/protocol.md is what the declarations say (npm run docs:protocol writes it)', () => {
  const written = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
  expect(written).toBe(reference());
});
