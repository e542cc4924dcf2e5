/**
 * A redesign changes nothing that is said: of every recorded trace and of 6,000 generated ones the hashes are those in
 * `hashes.json`. Where something is meant to be said otherwise, `npx tsx tests/equality/write-hashes.ts` keeps the new ones;
 * the commit says what changed. E2E_LONG takes all groups, else the first ones are.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GROUP, GROUPS, hashesOfRecorded, hashOfGroup } from './recorded.ts';

interface Hashes {
  readonly recorded: Readonly<Record<string, string>>;
  readonly generated: readonly string[];
}

const kept: Hashes = JSON.parse(readFileSync(join(import.meta.dirname, 'hashes.json'), 'utf8'));
const groups = process.env.E2E_LONG === '1' ? GROUPS : 3;

describe('the same is said as before', () => {
  test('of what the tests have recorded', () => {
    expect(hashesOfRecorded()).toEqual(kept.recorded);
  });

  test.each(Array.from({ length: groups }, (_, group) => group))(
    `of the generated traces ${GROUP} × %i and following`,
    (group) => {
      expect(hashOfGroup(group)).toBe(kept.generated[group]);
    },
    120_000,
  );
});
