/** A file into the panel, as far as it can be read, with progress, without freezing, and one sentence where it is damaged. */
import type { ReadingRules } from '../../src/analysis/api/analysis.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { shownText } from '../../src/text/shown-text.ts';
import type { TraceHeader } from '../../src/trace/ndjson.ts';
import type { ImportProgress, Inspector } from '../store/inspector.ts';
import type { TraceModel } from '../store/trace-model.ts';
import { Slices, type WorkClock, workClock } from '../store/work-schedule.ts';

/** Reads the file and shows it in place of what is shown. What is wrong with it becomes a notice; nothing else changes. */
export async function importTrace(
  inspector: Inspector,
  file: File,
  clock: WorkClock = workClock,
): Promise<void> {
  await openTrace(inspector, file, (trace) => inspector.show(trace), clock);
}

/** Reads the file. What is wrong with it becomes a notice. Null where it cannot be read, or was stopped. */
export async function openTrace(
  inspector: Inspector,
  file: File,
  show: (trace: TraceModel) => void = () => {},
  clock: WorkClock = workClock,
): Promise<TraceModel | null> {
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
    // Who never opens a file never loads its readers.
    const { observationsIn } = await import('./read-trace-file.ts');
    const own = inspector.reading;
    let reading = own;
    let header: TraceHeader | null = null;
    let damage: string | null = null;
    const settings = {
      settings: own,
      damage: (sentence: string) => {
        damage = sentence;
      },
      begin: ({ patterns, wrappers }: ReadingRules, written: TraceHeader) => {
        header = written;
        reading = { patterns: union(patterns, own.patterns), wrappers: union(wrappers, own.wrappers) };
      },
    };
    const begin = () => inspector.newTrace({ kind: 'file', name: file.name, header }, [], reading);
    const portions = observationsIn(file, stop.signal, progress, settings);
    const trace = await fill(begin, portions, new Slices(clock, stop.signal));
    show(trace);
    if (damage !== null) {
      const text = `${file.name} is ${shownText(damage)}. What could be read of it is shown; the last row is the gap for the rest.`;
      inspector.notice.value = { text, subject: file.name };
    }
    return trace;
  } catch (error) {
    if (!stop.signal.aborted) {
      inspector.notice.value = {
        text: `${file.name} was not imported: ${shownText(sentenceOf(error))}`,
        subject: file.name,
      };
    }
    return null;
  } finally {
    if (inspector.importing.peek() === latest) inspector.importing.value = null;
  }
}

/** How many observations, and how many of their characters, are added before the clock is looked at. */
const PORTION = 50;
const PORTION_CHARS = 64 * 1024;

/** `begin` makes the trace, once the file has said how it was read. */
export async function fill(
  begin: () => TraceModel,
  portions: AsyncIterable<readonly Observation[]>,
  slices: Slices,
): Promise<TraceModel> {
  let begun: TraceModel | null = null;
  for await (const observations of portions) {
    begun ??= begin();
    const trace = begun;
    for (let from = 0; from < observations.length; ) {
      const to = portionEnd(observations, from);
      trace.add(observations.slice(from, to));
      from = to;
      await slices.giveWay();
    }
    // Text may be read for long that brings nothing.
    await slices.giveWay();
  }
  const trace = begun ?? begin();
  trace.end();
  return trace;
}

function union(some: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...some, ...others])];
}

function portionEnd(observations: readonly Observation[], from: number): number {
  let to = from;
  for (let chars = 0; to < observations.length && to - from < PORTION && chars < PORTION_CHARS; to += 1) {
    const observation = observations[to];
    if (observation !== undefined && 'payload' in observation) chars += observation.payload.data.length;
  }
  return to;
}

function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
