import { FRAMES, type FrameCost, launchFramed, SCRIPTS, type Scripts } from './frame.ts';
import { startNoChatServer } from './no-chat-server.ts';
import { type Spread, spread } from './page.ts';
import type { Figure, Section } from './report.ts';

/** What a frame may pay before any chat, above empty scripts: milliseconds of script, kilobytes of heap. */
const BUDGETS: Partial<Record<Scripts, { readonly script: number; readonly heap: number }>> = {
  main: { script: 0.4, heap: 30 },
  both: { script: 0.8, heap: 60 },
};
const NAMES: Readonly<Record<Scripts, string>> = {
  none: 'two empty scripts',
  main: 'the hook alone',
  isolated: 'the relay alone',
  both: 'hook and relay',
};

/** What every frame pays before any chat: browsers that differ only in their content scripts, in interleaved rounds. */
export async function frameSection(extension: string, rounds: number): Promise<Section> {
  const server = await startNoChatServer();
  const browsers = await Promise.all(
    SCRIPTS.map(async (scripts) => ({
      scripts,
      browser: await launchFramed(scripts, extension, server.url),
      costs: [] as FrameCost[],
    })),
  );
  try {
    // The first round warms up.
    for (let n = -1; n < rounds; n++) {
      for (const { browser, costs } of browsers) {
        const cost = await browser.round();
        if (n >= 0) costs.push(cost);
      }
    }
    return {
      title: 'What a frame pays before any chat',
      how: `${FRAMES} empty frames of the page's own origin in one page, ${rounds} interleaved rounds; script time (CPU of the page's main thread) and heap after collection by the browser's own metrics, a frame, above the extension with two empty scripts; medians with their 95 % interval.`,
      figures: figuresOf(browsers),
    };
  } finally {
    await Promise.all(browsers.map(({ browser }) => browser.close()));
    server.close();
  }
}

interface Measured {
  readonly scripts: Scripts;
  readonly costs: readonly FrameCost[];
}

function figuresOf(browsers: readonly Measured[]): Figure[] {
  const spreads = browsers.map(({ scripts, costs }) => ({
    scripts,
    script: spread(costs.map((cost) => cost.script)),
    heap: spread(costs.map((cost) => cost.heap / 1000)),
  }));
  const base = spreads.find(({ scripts }) => scripts === 'none');
  return spreads.map(({ scripts, script, heap }) => {
    const what = `a frame with ${NAMES[scripts]}`;
    if (!base || scripts === 'none') return { what, value: `${text(script, 0)} ms; ${text(heap, 0)} kB` };
    const value = `${text(script, base.script.median)} ms; ${text(heap, base.heap.median)} kB above`;
    const budget = BUDGETS[scripts];
    return budget
      ? {
          what,
          value,
          budget: `${budget.script} ms and ${budget.heap} kB`,
          over:
            script.median - base.script.median > budget.script ||
            heap.median - base.heap.median > budget.heap,
        }
      : { what, value };
  });
}

function text({ median, low, high }: Spread, base: number): string {
  return `${(median - base).toFixed(2)} (${(low - base).toFixed(2)}–${(high - base).toFixed(2)})`;
}
