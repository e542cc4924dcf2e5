import { shownText } from '../../text/shown-text.ts';
import { pathText } from '../code-frame.ts';
import type { ReportedFinding } from '../report.ts';

/** Where the finding stands, in words: "event 3 message · $.timestamp". */
export function placeText({ seq, event, exchange, frame, path, session, place }: ReportedFinding): string {
  const parts: string[] = [];
  if (seq !== null) parts.push(`event ${seq}${event === null ? '' : ` ${event}`}`);
  if (exchange !== null) parts.push(`exchange ${exchange}${frame === null ? '' : `, frame ${frame}`}`);
  if (path.length > 0) parts.push(pathText(path));
  if (session !== null) parts.push(`session ${session}`);
  if (place !== null) parts.push(`line ${place.line}`);
  return shownText(parts.join(' · '));
}
