import type { InspectedBrowser } from '../../../scripts/browser/inspected-browser.ts';

/** Ends the background once a second, as a browser does when it idles, until it is told to stop. */
export function keepKilling(browser: InspectedBrowser): { stop(): Promise<number> } {
  let going = true;
  let kills = 0;
  const done = (async () => {
    while (going) {
      await browser.killBackground();
      kills += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  })();
  return {
    async stop() {
      going = false;
      await done;
      return kills;
    },
  };
}
