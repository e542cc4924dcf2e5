/** `convert`: a trace or HAR file in another format, redacted. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Observation } from '../observation/observation.ts';
import { CONVERT_FORMATS, type ConvertFormat, convertTrace, isTestFormat } from '../report/convert.ts';
import { outputName } from '../report/file-name.ts';
import { isProfileName, PROFILES, type Profile, parseProfile } from '../report/redaction/profile.ts';
import type { RedactionSummary } from '../report/redaction/redaction.ts';
import { paceOf } from '../report/test-code/script-code.ts';
import type { FileContent } from '../trace/file-reader.ts';
import type { ExitStatus, Streams } from './check.ts';
import { InputError, readInput, systemFault } from './input.ts';
import { observationArchive } from './observation-archive.ts';
import { complaint, shownPart } from './plain-output.ts';
import { Progress } from './progress.ts';

export interface ConvertCall {
  readonly file: string;
  readonly to?: string | undefined;
  readonly redact?: string | undefined;
  readonly session?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly pace?: string | undefined;
  readonly summary: boolean;
  readonly output?: string | undefined;
  readonly version: string;
  /** The page of a report as the build made it. */
  readonly page?: () => Promise<string>;
}

/** Gives the exit status, or what is wrong with the call. */
export async function runConvert(
  call: ConvertCall,
  streams: Streams,
): Promise<ExitStatus | { readonly fault: string }> {
  const { to } = call;
  if (to === undefined || !isFormat(to)) return { fault: `--to is one of ${CONVERT_FORMATS.join(', ')}` };
  if (call.pace !== undefined && !isTestFormat(to))
    return { fault: '--pace is for --to msw and --to playwright' };
  const pace = paceOf(call.pace ?? 'order');
  if (pace === null) return { fault: '--pace is order, real, or a number above 0 and up to 1000' };
  const profile = await profileOf(call.redact ?? 'share');
  if ('fault' in profile) return profile;
  const name = call.file === '-' ? '<stdin>' : call.file;
  const say = (text: string) => streams.stderr.write(complaint(text));
  const progress = new Progress(streams.stderr, shownPart(name));
  const observations = observationArchive();
  let content: FileContent | null;
  let damage: string | null = null;
  try {
    content = await readInput(call.file, streams.stdin, {
      take: (portion) => {
        for (const observation of portion) observations.push(observation);
      },
      progress: (read, total) => progress.show(read, total),
    });
    damage = content.damage ?? null;
  } catch (error) {
    progress.clear();
    say(`${name}: ${error instanceof InputError ? error.message : `could not be read: ${String(error)}`}`);
    return 2;
  }
  progress.clear();
  const bounds = timeBounds(call, observations[0]);
  if ('fault' in bounds) return bounds;
  const header = content?.kind === 'trace' ? content.header : null;
  const pieces = convertTrace(
    {
      observations,
      created: header?.created ?? null,
      dropped: header?.dropped ?? 0,
      wrappers: header?.wrappers ?? [],
      patterns: header?.patterns ?? [],
      environment: header?.environment ?? null,
      redacted: header?.redacted === true ? (header.profile ?? 'share') : null,
    },
    {
      to,
      profile: profile.profile,
      selection: { sessions: call.session ?? [], ...bounds },
      version: call.version,
      archive: observationArchive,
      pace,
      ...(to === 'html' && call.page !== undefined ? { page: await call.page() } : {}),
    },
  );
  try {
    const written = await write(pieces, call, profile.profile, streams);
    if (written.path !== call.output && written.path !== null)
      say(`written to ${written.path}: it is not redacted`);
    if (call.summary) streams.stderr.write(`${JSON.stringify(written.summary)}\n`);
  } catch (error) {
    const isFileFault = error instanceof Error && 'code' in error;
    say(
      `${name}: ${isFileFault ? `cannot be written: ${error.message}` : error instanceof Error ? error.message : String(error)}`,
    );
    return 2;
  }
  if (damage === null) return 0;
  say(`${name}: ${damage}; written as far as it goes`);
  return 2;
}

const isFormat = (text: string): text is ConvertFormat => CONVERT_FORMATS.some((format) => format === text);

async function profileOf(name: string): Promise<{ readonly profile: Profile } | { readonly fault: string }> {
  if (isProfileName(name)) return { profile: PROFILES[name] };
  if (!/\.json$/i.test(name))
    return { fault: '--redact is one of share, internal, none, or the name of a .json file' };
  try {
    return { profile: parseProfile(await readFile(name, 'utf8')) };
  } catch (error) {
    const fault =
      error instanceof Error && 'code' in error
        ? systemFault(error)
        : error instanceof Error
          ? error.message
          : String(error);
    return { fault: `--redact ${name}: ${fault}` };
  }
}

function timeBounds(
  { from, until }: Pick<ConvertCall, 'from' | 'until'>,
  first: Observation | undefined,
): { readonly from: number | null; readonly until: number | null } | { readonly fault: string } {
  const read = (text: string | undefined): number | null => {
    if (text === undefined) return null;
    if (/^\+\d+(?:\.\d+)?$/.test(text)) return (first?.wallTime ?? 0) + Number(text.slice(1)) * 1000;
    return ISO.test(text) ? Date.parse(text) : Number.NaN;
  };
  const bounds = { from: read(from), until: read(until) };
  if (Number.isNaN(bounds.from))
    return { fault: '--from is a time of ISO 8601, or +SECONDS after the first observation' };
  if (Number.isNaN(bounds.until))
    return { fault: '--until is a time of ISO 8601, or +SECONDS after the first observation' };
  if (bounds.from !== null && bounds.until !== null && bounds.from > bounds.until)
    return { fault: '--from is after --until' };
  return bounds;
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

async function write(
  pieces: Generator<string, RedactionSummary, undefined>,
  { output, file }: ConvertCall,
  profile: Profile,
  { stdout }: Streams,
): Promise<{ readonly path: string | null; readonly summary: RedactionSummary }> {
  let summary: RedactionSummary | null = null;
  const each = function* () {
    for (let piece = pieces.next(); ; piece = pieces.next()) {
      if (piece.done === true) {
        summary = piece.value;
        return;
      }
      if (piece.value !== '') yield piece.value;
    }
  };
  if (output === undefined || output === '-') {
    for (const piece of each()) {
      const room = stdout.write(piece);
      if (room === false && stdout instanceof Writable) await once(stdout, 'drain');
    }
    return { path: null, summary: summary ?? EMPTY };
  }
  const path = outputName(output, profile);
  // What is being read would be cut off before it is read.
  if (file !== '-' && (await isSameFile(path, file))) throw new Error('the output is the file itself');
  const zip = /\.gz$/i.test(path) ? [createGzip()] : [];
  await pipeline([Readable.from(each(), { objectMode: true }), ...zip, createWriteStream(path)]);
  return { path, summary: summary ?? EMPTY };
}

const EMPTY: RedactionSummary = { profile: 'none', replaced: {}, total: 0 };

async function isSameFile(one: string, other: string): Promise<boolean> {
  try {
    const [a, b] = [await stat(one), await stat(other)];
    return a.ino === b.ino && a.dev === b.dev && a.ino !== 0;
  } catch {
    return false;
  }
}
