import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { InspectedTab, Panel } from '../../../scripts/browser/inspected-browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, and whether anything sticks out of the window sideways. */
export async function complaints(panel: Panel): Promise<unknown[]> {
  const found = await panel.run(SCRIPT);
  return Array.isArray(found) ? found : [found];
}

/** The same of the page in a tab, whose own policy does not bind the browser's driver. */
export async function complaintsOfPage(tab: InspectedTab): Promise<unknown[]> {
  // The driver takes a function by its text.
  const inside = Object.assign(async (_: null): Promise<string[]> => [], {
    toString: () => `async () => { ${SCRIPT} }`,
  });
  return tab.inPage(inside, null);
}

const SCRIPT = `${AXE}
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
    return [
      ...violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + node.any.map((check) => check.message).join(' ')).join(' | ')),
      ...(wide ? ['the document is wider than its window'] : []),
    ];`;
