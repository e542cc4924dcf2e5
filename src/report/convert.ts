/** A trace in another format, redacted and cut to what was asked for: the same bytes from the panel and the command line. */
import type { Analysis } from '../analysis/api/analysis.ts';
import { createAnalysis } from '../analysis/create-analysis.ts';
import type { Observation } from '../observation/observation.ts';
import type { ChatProtocol } from '../protocol/chat-protocol.ts';
import { plainEnvironment, type TraceEnvironment } from '../trace/environment.ts';
import { writeTrace } from '../trace/ndjson.ts';
import { type CsvColumn, writeCsv } from './formats/csv.ts';
import { writeHar } from './formats/har.ts';
import { writeHtml } from './formats/html.ts';
import { writeMarkdown } from './formats/markdown.ts';
import { writeMermaid } from './formats/mermaid.ts';
import { PROFILES, type Profile } from './redaction/profile.ts';
import { Redaction, type RedactionSummary } from './redaction/redaction.ts';
import { NO_WORDS, type ReportWords } from './report-words.ts';
import { isWhole, type Selection, selected } from './selection.ts';
import { chooseSession } from './session-choice.ts';
import { writeMsw } from './test-code/msw.ts';
import { writePlaywright } from './test-code/playwright.ts';
import { knownFindings } from './test-code/recording-code.ts';
import type { Pace } from './test-code/script-code.ts';
import { sessionScript } from './test-code/session-script.ts';
import { sessionTraffic } from './test-code/session-traffic.ts';

export const CONVERT_FORMATS = [
  ...(['ndjson', 'har', 'html', 'csv', 'markdown', 'mermaid', 'msw', 'playwright'] as const),
] as const;
export type ConvertFormat = (typeof CONVERT_FORMATS)[number];

/** A trace that was read, however it is held. */
export interface ConvertSource {
  /** Gone through several times. */
  readonly observations: Iterable<Observation>;
  /** When it was recorded or written, ISO 8601; where nobody said it, the time of the last observation. */
  readonly created: string | null;
  /** Observations that were lost before the file was written, as its header says. */
  readonly dropped: number;
  /** The profile by which it was redacted before, or null. */
  readonly redacted: string | null;
  /** Places of events in messages that the user set when it was recorded. */
  readonly wrappers: readonly string[];
  /** The user's patterns for URLs that were in force; they name hosts and are written only where nothing is replaced. */
  readonly patterns?: readonly string[];
  /** Where it was captured; of a file's only what is named as such things are. */
  readonly environment?: TraceEnvironment | null;
}

/** Formats of one session. */
export const isTestFormat = (format: ConvertFormat): format is 'msw' | 'playwright' =>
  format === 'msw' || format === 'playwright';

export interface ConvertOptions {
  readonly to: ConvertFormat;
  readonly profile: Profile;
  readonly selection: Selection;
  readonly version: string;
  readonly protocols?: readonly ChatProtocol[];
  /** An empty list that the observations of analyses are kept in; one of its own when omitted. */
  readonly archive?: () => Observation[];
  /** The page of a report as the build made it; a report cannot be written without. */
  readonly page?: string;
  /** What a person says of it: in a report and in a summary, redacted as the trace is. */
  readonly words?: ReportWords;
  /** How fast a generated test answers: by order when omitted. */
  readonly pace?: Pace;
  /** Columns of the CSV. */
  readonly columns?: readonly CsvColumn[];
}

export const WHOLE: Selection = { sessions: [], from: null, until: null };

/**
 * The pieces of the file, and at the end what was replaced. Empty pieces come while there is nothing to write yet, so
 * that whoever reads can draw, or stop, after a few milliseconds of work.
 * @throws Error with one sentence where a session that was asked for is not there, or a format is of one session and
 * there is none.
 */
export function* convertTrace(
  source: ConvertSource,
  options: ConvertOptions,
): Generator<string, RedactionSummary, undefined> {
  const { profile, selection, protocols } = options;
  const all = source.observations;
  const some = isTestFormat(options.to)
    ? yield* oneSession(source, options)
    : isWhole(selection)
      ? all
      : selected(yield* analysed(all, options, source.wrappers), all, selection);
  const redaction = new Redaction(profile, protocols);
  for (const _ of redaction.learning(some)) yield '';
  const redacted = {
    *[Symbol.iterator]() {
      for (const observation of some) yield redaction.redact(observation);
    },
  };
  if (options.to === 'ndjson' || options.to === 'html') {
    const trace = writeTrace(redacted, header(source, options, some));
    if (options.to === 'ndjson') yield* trace;
    else
      yield* writeHtml(options.page ?? '', trace, () => ({
        ...said(options.words, redaction),
        producer: `chat-inspector ${options.version}`,
        redaction: { ...redaction.summary(), profile: header(source, options, []).profile ?? 'none' },
      }));
    return redaction.summary();
  }
  // Whoever goes through it twice would have it redacted twice.
  const held = options.archive?.() ?? [];
  for (const observation of redacted) {
    held.push(observation);
    yield '';
  }
  const summary = redaction.summary();
  yield* written(held, summary, { ...options, words: said(options.words, redaction) }, source);
  return summary;
}

/** What a test of the session that was asked for plays, or of the one with most events. */
function* oneSession(
  { observations, wrappers }: ConvertSource,
  options: ConvertOptions,
): Generator<string, Iterable<Observation>, undefined> {
  const [name = null, ...others] = options.selection.sessions;
  if (others.length > 0) throw new Error('a test is made of one session');
  const analysis = yield* analysed(observations, options, wrappers);
  const session = chooseSession(analysis, name);
  if ('fault' in session) throw new Error(session.fault);
  const inTime = selected(analysis, observations, { ...options.selection, sessions: [] });
  return sessionTraffic(analysis, inTime, session.id);
}

/** Their words as they may be written, with a title in any case. */
function said({ title, expected, notes }: ReportWords = NO_WORDS, redaction: Redaction): ReportWords {
  const note = (text: string) => redaction.note(text.trim());
  return { title: note(title) || 'Chat session report', expected: note(expected), notes: note(notes) };
}

function* written(
  observations: readonly Observation[],
  redaction: RedactionSummary,
  options: ConvertOptions,
  { wrappers, environment }: ConvertSource,
): Generator<string, void, undefined> {
  const producer = { name: 'chat-inspector', version: options.version };
  switch (options.to) {
    case 'har':
      yield* writeHar(observations, producer);
      break;
    case 'csv':
      yield* writeCsv(yield* analysed(observations, options, wrappers), options.columns);
      break;
    case 'mermaid':
      yield* writeMermaid(yield* analysed(observations, options, wrappers));
      break;
    case 'msw':
    case 'playwright': {
      const analysis = yield* analysed(observations, options, wrappers);
      const session = chooseSession(analysis, null);
      if ('fault' in session) throw new Error(session.fault);
      const script = sessionScript(analysis, session.id, observations);
      const { pace = 'order', version } = options;
      const redacted = redaction.profile !== 'none';
      const known = options.to === 'playwright' ? knownFindings(analysis) : [];
      const code = { pace, redacted, known, wrappers, producer: `Chat Inspector ${version}` };
      yield* options.to === 'msw' ? writeMsw(script, code) : writePlaywright(script, code);
      break;
    }
    default:
      yield* writeMarkdown({
        analysis: yield* analysed(observations, options, wrappers),
        observations,
        environment: plainEnvironment(environment),
        redaction,
        producer: `${producer.name} ${producer.version}`,
        ...options.words,
      });
  }
}

function header(
  source: ConvertSource,
  { profile, version }: ConvertOptions,
  observations: Iterable<Observation>,
) {
  let count = 0;
  let last = 0;
  for (const { wallTime } of observations) {
    count += 1;
    last = wallTime;
  }
  const fromLast = Math.abs(last) < 8.64e15 ? new Date(last).toISOString() : new Date(0).toISOString();
  const redacted = profile === PROFILES.none ? source.redacted : profile.name;
  const environment = plainEnvironment(source.environment);
  return {
    created: source.created ?? fromLast,
    producer: `chat-inspector ${version}`,
    observations: count,
    dropped: source.dropped,
    redacted: redacted !== null,
    ...(redacted === null ? {} : { profile: redacted }),
    ...(environment === null ? {} : { environment }),
    ...(source.wrappers.length === 0 ? {} : { wrappers: source.wrappers }),
    ...(redacted === null && source.patterns?.length ? { patterns: source.patterns } : {}),
  };
}

/** How many observations the analysis is given at once. */
const BATCH = 200;

function* analysed(
  observations: Iterable<Observation>,
  { protocols, archive }: Pick<ConvertOptions, 'protocols' | 'archive'>,
  wrappers: readonly string[],
): Generator<string, Analysis, undefined> {
  const analysis = createAnalysis({
    wrappers,
    ...(protocols === undefined ? {} : { protocols }),
    ...(archive === undefined ? {} : { observations: archive() }),
  });
  let batch: Observation[] = [];
  for (const observation of observations) {
    batch.push(observation);
    if (batch.length < BATCH) continue;
    analysis.add(batch);
    batch = [];
    yield '';
  }
  analysis.add(batch);
  analysis.end();
  return analysis;
}
