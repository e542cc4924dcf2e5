import type { Readable } from 'node:stream';
import type { Severity } from '../analysis/analysis.ts';
import { createAnalysis } from '../analysis/create-analysis.ts';
import { type FormatName, formats, type Unreadable } from './formats/format.ts';
import { InputError, type InputKind, readInput } from './input.ts';
import { observationArchive } from './observation-archive.ts';
import { reaches, reportFile } from './report.ts';
import { type Palette, safe } from './terminal.ts';

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
  readonly colours: Palette;
  readonly version: string;
}

/** 0: nothing as bad as `failOn`. 1: a finding that bad. 2: a file that cannot be read, whatever the others hold. */
export type ExitStatus = 0 | 1 | 2;

/** Reads and judges every file, prints what the format says and gives the exit status. */
export async function check(options: CheckOptions, streams: Streams): Promise<ExitStatus> {
  const format = formats[options.format](options);
  const unreadable: Unreadable[] = [];
  let failed = false;
  for (const [index, file] of options.files.entries()) {
    const name = file === '-' ? '<stdin>' : file;
    const progress = new Progress(streams.stderr, `${index + 1}/${options.files.length} ${safe(name)}`);
    try {
      const { analysis, input } = await analyse(file, streams.stdin, progress);
      progress.clear();
      const report = reportFile(name, analysis, input);
      failed ||= report.findings.some((finding) => reaches(finding, options.failOn));
      streams.stdout.write(format.file(report, analysis));
      if (report.silence !== null && options.format !== 'text') {
        streams.stderr.write(`chat-inspector: ${safe(name)}: ${report.silence}\n`);
      }
    } catch (error) {
      progress.clear();
      // A fault of ours must not keep the other files from being judged, nor pass for a finding.
      const reason = error instanceof InputError ? error.message : `could not be judged: ${String(error)}`;
      unreadable.push({ file: name, reason });
      streams.stderr.write(`chat-inspector: ${safe(name)}: ${safe(reason)}\n`);
    }
  }
  streams.stdout.write(format.end(unreadable));
  if (unreadable.length > 0) return 2;
  return failed ? 1 : 0;
}

/** Observations handed to the analysis at once: few enough that progress shows, many enough that calls cost nothing. */
const BATCH = 5000;

async function analyse(file: string, stdin: Readable, progress: Progress) {
  const analysis = createAnalysis({ observations: observationArchive() });
  const input: InputKind = await readInput(file, stdin, {
    take: (observations) => {
      for (let at = 0; at < observations.length; at += BATCH)
        analysis.add(observations.slice(at, at + BATCH));
    },
    progress: (read, total) => progress.show(read, total),
  });
  analysis.end();
  return { analysis, input };
}

/** How often the line of progress is drawn again, in bytes read. */
const STEP = 8 * 1024 * 1024;

/** One line on standard error, where that is a terminal. */
class Progress {
  readonly #output: Streams['stderr'];
  readonly #label: string;
  #next = 0;

  constructor(output: Streams['stderr'], label: string) {
    this.#output = output;
    this.#label = label;
  }

  show(read: number, total: number | undefined): void {
    if (this.#output.isTTY !== true || read < this.#next) return;
    this.#next = read + STEP;
    const share = total === undefined || total === 0 ? '' : `, ${Math.floor((100 * read) / total)} %`;
    this.#output.write(`\r\u001b[K${this.#label}: ${(read / 1e6).toFixed(1)} MB${share}`);
  }

  clear(): void {
    if (this.#output.isTTY === true && this.#next > 0) this.#output.write('\r\u001b[K');
  }
}
