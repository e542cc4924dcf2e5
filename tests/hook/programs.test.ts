import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleFor, launch } from '../../scripts/browser/launch.ts';
import { bundleFolder } from '../../scripts/build/bundle-folder.ts';
import { BROWSER } from '../e2e/harness/inspection.ts';
import { emptyExtension } from './empty-extension.ts';
import { runInPage, type Side } from './programs/page.ts';
import { NO_END, PROGRAM_NAMES } from './programs/programs.ts';
import { startHookServer } from './server.ts';

/** So many programs of each kind; `PROGRAMS=1000` asks for more, `SEED=17` for others. */
const COUNT = Number(process.env.PROGRAMS ?? 30);
const SEED = Number(process.env.SEED ?? 1);
/** So many programs run in one page. */
const AT_ONCE = 20;
/** Where a program's log differs it is run so often without the extension: some hang on time by themselves. */
const TRIES = 12;

let without: Side;
let beside: Side;

beforeAll(async () => {
  without = await side(emptyExtension());
  beside = await side(bundleFolder(bundleFor(BROWSER)));
});

afterAll(async () => {
  for (const { browser, server } of [without, beside]) {
    await browser.close();
    await server.close();
  }
});

test.each(PROGRAM_NAMES)('random programs see with the extension what they see without: %s', async (name) => {
  const which = PROGRAM_NAMES.indexOf(name);
  for (let from = SEED; from < SEED + COUNT; from += AT_ONCE) {
    const seeds = Array.from({ length: Math.min(AT_ONCE, SEED + COUNT - from) }, (_, at) => from + at);
    const [native, tapped] = await Promise.all([seen(without, which, seeds), seen(beside, which, seeds)]);
    for (const [at, seed] of seeds.entries()) {
      const log = native[at] ?? [];
      expect(log.length).toBeGreaterThan(0);
      expect(log).not.toContain(NO_END);
      if (!same(log, tapped[at])) await seenWithout(which, seed, tapped[at] ?? [], log);
    }
  }
});

/** Fails unless a page sees this log without the extension too. */
async function seenWithout(which: number, seed: number, tapped: string[], native: string[]): Promise<void> {
  for (let at = 1; at < TRIES; at++) {
    const [again] = await seen(without, which, [seed]);
    if (again && same(again, tapped)) return;
  }
  expect.soft(tapped, `${PROGRAM_NAMES[which]} ${seed}`).toEqual(native);
}

function same(one: readonly string[], other: readonly string[] | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function side(extension: string): Promise<Side> {
  const server = await startHookServer();
  return { browser: await launch(BROWSER, { extension }), server };
}

/** What programs see in a page of their own. */
async function seen(side: Side, which: number, seeds: readonly number[]): Promise<string[][]> {
  await side.browser.open(`${side.server.origin}/page`);
  return runInPage(side, which, seeds);
}
