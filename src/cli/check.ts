import type { Readable } from 'node:stream';
import type { Analysis, Severity } from '../analysis/api/analysis.ts';
import { createAnalysis } from '../analysis/create-analysis.ts';
import type { ChatProtocol } from '../protocol/chat-protocol.ts';
import { protocols } from '../protocol/protocols.ts';
import { namedSession } from '../report/selection.ts';
import { boundedText } from '../text/bounded-text.ts';
import type { FileSettings } from '../trace/file-settings.ts';
import { type Known, knownBy } from './baseline.ts';
import type { Unreadable } from './formats/format.ts';
import { type FormatName, formats } from './formats/formats.ts';
import { InputError, readInput } from './input.ts';
import { observationArchive } from './observation-archive.ts';
import { complaint, shownPart } from './plain-output.ts';
import { Progress } from './progress.ts';
import { type ReportChoice, reaches, reportFile, unreadableEntries } from './report.ts';
import { ShownValues } from './shown-values.ts';
import type { Palette } from './terminal.ts';

/** What the command line reads from and writes to. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

export interface CheckOptions {
  readonly files: readonly string[];
  readonly format: FormatName;
  readonly failOn: Severity;
  /** Whether a file without chat events makes the status 1. */
  readonly failOnEmpty: boolean;
  readonly colours: Palette;
  readonly version: string;
  /** Whether captured values are told as they are. */
  readonly showValues?: boolean;
  /** Rules whose findings are left out. */
  readonly ignore?: readonly string[];
  /** Ids, first eight digits or letters of the sessions that are judged; all when omitted. */
  readonly sessions?: readonly string[];
  /** Findings that are known and left out. */
  readonly baseline?: Known;
  /** Takes what the findings of all files are known by; they are known from now on. */
  readonly newBaseline?: Set<string>;
  /** Whose traffic the files may hold; all that are known when omitted. */
  readonly protocols?: readonly ChatProtocol[];
  /** Patterns for URLs whose traffic is chat, and places of events in messages, beside those of a trace's header. */
  readonly settings?: FileSettings;
}

/** 0: nothing as bad as `failOn`. 1: a finding that bad. 2: a file that cannot be read, whatever the others hold. */
export type ExitStatus = 0 | 1 | 2;

/** Reads and judges every file, prints what the format says and gives the exit status. */
export async function check(options: CheckOptions, streams: Streams): Promise<ExitStatus> {
  const values = options.showValues === true ? null : new ShownValues(options.protocols);
  const format = formats[options.format]({ ...options, values });
  const missing = new Set(options.sessions);
  const unreadable: Unreadable[] = [];
  let failed = false;
  for (const [index, file] of options.files.entries()) {
    const name = file === '-' ? '<stdin>' : file;
    const progress = new Progress(streams.stderr, `${index + 1}/${options.files.length} ${shownPart(name)}`);
    try {
      const { analysis, input } = await analyse(file, options, streams.stdin, progress);
      progress.clear();
      const report = reportFile(
        name,
        analysis,
        input,
        undefined,
        choiceOf(analysis, options, values, missing),
      );
      if (input.damage) unreadable.push({ file: name, reason: input.damage });
      failed ||= report.findings.some((finding) => reaches(finding, options.failOn));
      failed ||= options.failOnEmpty && report.events === 0;
      if (report.nothingRead && !input.damage) unreadable.push({ file: name, reason: report.silence ?? '' });
      streams.stdout.write(format.file(report, analysis));
      // What nobody could read has to be said where people look for it, also where the report says it.
      const told = options.format === 'text' && !report.nothingRead ? [] : [report.silence];
      for (const line of told) if (line !== null) streams.stderr.write(complaint(`${name}: ${line}`));
      if (options.format !== 'text') {
        if (report.silence === null && report.unreadable.count > 0)
          streams.stderr.write(complaint(`${name}: ${unreadableEntries(report.unreadable)}`));
        const notes = report.silence === null ? report.notes : [];
        for (const note of notes) streams.stderr.write(complaint(`${name}: ${note}`));
      }
    } catch (error) {
      progress.clear();
      // A fault of ours must not keep the other files from being judged, nor pass for a finding.
      const reason = boundedText(
        error instanceof InputError ? error.message : `could not be judged: ${String(error)}`,
      );
      unreadable.push({ file: name, reason });
      streams.stderr.write(complaint(`${name}: ${reason}`));
    }
  }
  streams.stdout.write(format.end(unreadable));
  for (const session of missing) streams.stderr.write(complaint(`there is no session ${shownPart(session)}`));
  if (missing.size > 0) return 2;
  if (unreadable.length > 0) return 2;
  // What is written down is known from now on.
  return failed && options.newBaseline === undefined ? 1 : 0;
}

/** What is told of a file by the options; sessions that it has are no longer missing. */
function choiceOf(
  analysis: Analysis,
  { ignore = [], sessions, baseline, newBaseline }: CheckOptions,
  values: ShownValues | null,
  missing: Set<string>,
): ReportChoice {
  const all = analysis.sessions();
  const position = new Map(all.map(({ id }, at) => [id, at]));
  const chosen = new Set<string>();
  for (const name of sessions ?? []) {
    const session = namedSession(all, name);
    if (session === null) continue;
    chosen.add(session.id);
    missing.delete(name);
  }
  const hasSession = (id: string) => sessions === undefined || chosen.has(id);
  return {
    hasSession,
    has: (finding) => {
      if (ignore.includes(finding.rule)) return false;
      if (sessions !== undefined && (finding.session === null || !chosen.has(finding.session))) return false;
      if (baseline === undefined && newBaseline === undefined) return true;
      const key = knownBy(finding, finding.session === null ? null : (position.get(finding.session) ?? null));
      newBaseline?.add(key);
      return baseline?.has(key) !== true;
    },
    shown: (finding) => values?.finding(finding) ?? finding,
  };
}

const NO_SETTINGS: FileSettings = { patterns: [], wrappers: [] };

/** Observations handed to the analysis at once: few enough that progress shows, many enough that calls cost nothing. */
const BATCH = 5000;

async function analyse(
  file: string,
  { protocols: known = protocols, settings = NO_SETTINGS }: CheckOptions,
  stdin: Readable,
  progress: Progress,
) {
  const begin = ({ patterns, wrappers }: FileSettings) =>
    createAnalysis({
      protocols: known,
      observations: observationArchive(),
      patterns: [...new Set([...patterns, ...settings.patterns])],
      wrappers: [...new Set([...wrappers, ...settings.wrappers])],
    });
  let analysis = begin(NO_SETTINGS);
  const input = await readInput(file, stdin, {
    settings,
    begin: (inForce) => {
      analysis = begin(inForce);
    },
    take: (observations) => {
      for (let at = 0; at < observations.length; at += BATCH)
        analysis.add(observations.slice(at, at + BATCH));
    },
    progress: (read, total) => progress.show(read, total),
  });
  analysis.end();
  return { analysis, input };
}
