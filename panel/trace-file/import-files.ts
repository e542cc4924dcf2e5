/** Files that are given at once: the first is shown, and a person is asked what the others are for. */
import type { Observation } from '../../src/observation/observation.ts';
import { mergedTraces } from '../../src/trace/merged-traces.ts';
import { longestSession } from '../store/comparing.ts';
import type { Inspector } from '../store/inspector.ts';
import type { TraceModel } from '../store/trace-model.ts';
import { Slices, workClock } from '../store/work-schedule.ts';
import { fill, importTrace, openTrace } from './import-trace.ts';

/** As `importTrace`. Of several files the first is shown; that the others are not is said, with what may be done. */
export async function importFiles(inspector: Inspector, files: readonly File[]): Promise<void> {
  const [first, ...others] = files;
  if (first === undefined) return;
  await importTrace(inspector, first);
  const [other] = others;
  if (other === undefined) return;
  const one = others.length === 1;
  const damage = inspector.notice.peek();
  const { source } = inspector.trace.peek();
  const opened = source.kind === 'file' && source.name === first.name;
  const rest = damage
    ? `${damage.text} The ${one ? 'file' : `${others.length} files`} given with it ${one ? 'was' : 'were'} not opened.`
    : `${first.name} is opened; ${one ? 'the other one was' : `${others.length} others were`} not.`;
  const together = {
    title: one ? 'Show both as one' : `Show all ${files.length} as one`,
    take: () => showAsOne(inspector, others),
  };
  const compare = { title: 'Compare the two', take: () => compareWith(inspector, other) };
  inspector.notice.value = {
    text: rest,
    subject: first.name,
    offers: opened ? [...(one && damage === null ? [compare] : []), together] : [],
  };
}

/** Shows the trace that is shown and those of the files as one, by their times. */
async function showAsOne(inspector: Inspector, files: readonly File[]): Promise<void> {
  inspector.notice.value = null;
  const traces: TraceModel[] = [inspector.trace.peek()];
  for (const file of files) {
    const trace = await openTrace(inspector, file);
    if (trace === null) return;
    traces.push(trace);
  }
  const reading = {
    patterns: [...new Set(traces.flatMap(({ analysis }) => analysis.reading.patterns))],
    wrappers: [...new Set(traces.flatMap(({ analysis }) => analysis.reading.wrappers))],
  };
  const name = traces.map(({ source }) => (source.kind === 'file' ? source.name : 'this page')).join(' + ');
  const stop = new AbortController();
  const progress = { name, done: 0, cancel: () => stop.abort() };
  inspector.importing.value = progress;
  try {
    const begin = () => inspector.newTrace({ kind: 'file', name }, [], reading);
    const trace = await fill(begin, portionsOf(mergedTraces(traces)), new Slices(workClock, stop.signal));
    const damage = inspector.notice.peek();
    inspector.show(trace);
    inspector.notice.value = damage;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    if (inspector.importing.peek() === progress) inspector.importing.value = null;
  }
}

/** How many observations are taken at once. */
const PORTION = 1_000;

async function* portionsOf(
  observations: Iterable<Observation>,
): AsyncGenerator<readonly Observation[], void, undefined> {
  let portion: Observation[] = [];
  for (const observation of observations) {
    portion.push(observation);
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  yield portion;
}

/** Lays the longest session of what is shown beside the longest one of the file, which is what was expected. */
async function compareWith(inspector: Inspector, file: File): Promise<void> {
  inspector.notice.value = null;
  const expected = await openTrace(inspector, file);
  if (expected === null) return;
  const session = longestSession(inspector.trace.peek());
  if (session !== null && inspector.comparing.add(expected)) inspector.compare(session);
  else if (inspector.notice.peek() === null)
    inspector.notice.value = {
      text: `${file.name} or the file before it has no session to compare.`,
      subject: file.name,
    };
}
