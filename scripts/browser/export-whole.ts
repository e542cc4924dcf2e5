/** The panel's Export, used as a person uses it who wants all of the trace as it was captured. */
import type { Download, Panel } from './inspected-browser.ts';

/** Everything that the panel shows, as a trace file in which nothing is replaced. */
export async function exportWhole(panel: Panel): Promise<Download> {
  await panel.click({ role: 'button', name: 'Export' });
  await panel.evaluate(chooseWholeTrace, null);
  return panel.download({ role: 'dialog', name: 'Export' }, { role: 'button', name: 'Export' });
}

/** Runs in the panel: makes all choices of the dialog at once, and waits until the file is there. */
async function chooseWholeTrace(): Promise<void> {
  const found = async (css: string) => {
    for (let waited = 0; waited < 60_000; waited += 5) {
      const element = document.querySelector<HTMLElement>(`dialog.export ${css}`);
      if (element !== null) return element;
      // Asked again and again: it runs inside of the panel, where the tests' own `until` is not.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`There is no ${css} in the export dialog.`);
  };
  for (const choice of ['[name=export-what][value=trace]', '[name=export-format][value=ndjson]'])
    (await found(choice)).click();
  (await found('[name=export-profile][value=none]')).click();
  (await found('.export-confirm input')).click();
  await found('.button-chief[aria-disabled=false]');
}
