/** The trace as a file of its observations, each as it was received. Nothing is redacted: the name says so. */
import { traceFileName, writeTrace } from '../../src/trace/ndjson.ts';
import type { TraceModel } from '../store/trace-model.ts';
import { nextTask } from '../store/work-schedule.ts';

/** Writes the trace as it stands at the call and hands it to the browser as a download. */
export async function downloadTrace(trace: TraceModel): Promise<void> {
  const totals = trace.analysis.totals;
  const pieces = writeTrace(trace.observations(totals.observations), {
    observations: totals.observations,
    dropped: totals.dropped,
  });
  const parts: string[] = [];
  for (const piece of pieces) {
    parts.push(piece);
    await nextTask();
  }
  const address = URL.createObjectURL(new Blob(parts, { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = traceFileName(new Date(), 'sensitive');
  link.click();
  // The download has the bytes once the click's task is over; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
