import type { InspectedBrowser } from '../../../scripts/browser/inspected-browser.ts';
import { until } from '../../../scripts/browser/until.ts';

export interface BackgroundKiller {
  /** Waits until the background was ended once more from now on. */
  next(): Promise<void>;
  /** Does something during which the background lives. */
  spare<Result>(act: () => Promise<Result>): Promise<Result>;
  /** Ends the killing. */
  stop(): Promise<void>;
}

/** Ends the background once a second, as a browser does when it idles, until it is told to stop. */
export function keepKilling(browser: InspectedBrowser): BackgroundKiller {
  let going = true;
  let begun = 0;
  let ended = 0;
  let spared: Promise<unknown> = Promise.resolve();
  let killing: Promise<void> = Promise.resolve();
  const done = (async () => {
    while (going) {
      begun += 1;
      killing = browser.killBackground();
      await killing;
      ended += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      // Between the end of the last act and the next killing nobody else may have asked for mercy.
      for (let held: unknown; held !== spared; ) {
        held = spared;
        await spared;
      }
    }
  })();
  return {
    async next() {
      const before = begun;
      await until('the background to be ended', () => ended > before);
    },
    spare(act) {
      const acted = killing.then(act);
      spared = Promise.allSettled([spared, acted]);
      return acted;
    },
    async stop() {
      going = false;
      await done;
    },
  };
}
