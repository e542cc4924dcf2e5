/** What the flight recorder keeps, as a page of the extension sees it in the storage. */
import type { Panel } from '../../../scripts/browser/inspected-browser.ts';

/** Keys under which there is something that a page has said. */
export async function recordedKeys(page: Panel): Promise<readonly string[]> {
  const keys = await inExtension(page, 'Object.keys(await api.storage.session.get(null))');
  return Array.isArray(keys) ? keys.map(String).filter((key) => /^(batch|last-words)\//.test(key)) : [];
}

/** The value of an expression in a page of the extension; `api` is the browser's interface. */
export function inExtension(page: Panel, expression: string): Promise<unknown> {
  return page.run(`const api = globalThis.browser ?? globalThis.chrome; return await (${expression});`);
}
