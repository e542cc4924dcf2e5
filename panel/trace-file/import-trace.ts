/** A file into the panel: all of it or nothing, with progress, without freezing, and one sentence where it is damaged. */
import type { ImportProgress, Inspector } from '../store/inspector.ts';
import type { TraceModel } from '../store/trace-model.ts';
import { nextTask, SLICE_MS } from '../store/work-schedule.ts';
import { observationsIn } from './read-trace-file.ts';

/** Reads the file and shows it in place of what is shown. What is wrong with it becomes a notice; nothing else changes. */
export async function importTrace(inspector: Inspector, file: File): Promise<void> {
  inspector.importing.peek()?.cancel();
  const stop = new AbortController();
  let latest: ImportProgress | null = null;
  const progress = (done: number) => {
    if (stop.signal.aborted) return;
    latest = { name: file.name, done, cancel: () => stop.abort() };
    inspector.importing.value = latest;
  };
  progress(0);
  try {
    const trace = inspector.newTrace({ kind: 'file', name: file.name });
    await fill(trace, file, stop.signal, progress);
    inspector.show(trace);
  } catch (error) {
    if (!stop.signal.aborted) {
      inspector.notice.value = { text: `${file.name} was not imported: ${sentenceOf(error)}` };
    }
  } finally {
    if (inspector.importing.peek() === latest) inspector.importing.value = null;
  }
}

/** How many observations are added before the clock is looked at. */
const PORTION = 50;

async function fill(
  trace: TraceModel,
  file: File,
  stop: AbortSignal,
  progress: (done: number) => void,
): Promise<void> {
  let until = performance.now() + SLICE_MS;
  for await (const observations of observationsIn(file, progress)) {
    for (let from = 0; from < observations.length; from += PORTION) {
      trace.add(observations.slice(from, from + PORTION));
      if (performance.now() < until) continue;
      await nextTask();
      stop.throwIfAborted();
      until = performance.now() + SLICE_MS;
    }
    stop.throwIfAborted();
  }
  trace.end();
}

function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
