/**
 * A bug report: one ZIP that a tracker can hold and `check` reads. The same part of the trace, by the same profile, in each
 * format that its receivers open; equal values have equal tokens in all of them.
 */
import { TRACE_IN_ZIP } from '../trace/bug-report-file.ts';
import type { ConvertFormat } from './convert.ts';

/** The trace comes first: whoever reads it need not unpack the rest. */
export const BUG_REPORT_FILES = [
  { to: 'ndjson', name: TRACE_IN_ZIP },
  { to: 'har', name: 'traffic.har' },
  { to: 'html', name: 'report.html' },
  { to: 'markdown', name: 'summary.md' },
] as const satisfies readonly { readonly to: ConvertFormat; readonly name: string }[];

/** The name of the nth picture, from 1. */
export function pictureName(place: number): string {
  return `picture-${place}.png`;
}
