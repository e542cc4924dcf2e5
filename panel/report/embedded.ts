/** What the report holds in itself: its trace, and what is said of it. */
import type { ReportAbout } from '../../src/report/formats/html.ts';

/** The trace as it was packed. @throws where the file was changed by hand. */
export function embeddedTrace(document: Document): Uint8Array<ArrayBuffer> {
  const base64 = (document.getElementById('trace')?.textContent ?? '').replaceAll(/\s/g, '');
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** @throws where the file was changed by hand. */
export function embeddedAbout(document: Document): ReportAbout {
  return JSON.parse(document.getElementById('about')?.textContent ?? '');
}
