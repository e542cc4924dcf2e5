import type { Analysis, Severity } from '../../analysis/analysis.ts';
import type { FileReport } from '../report.ts';
import type { Palette } from '../terminal.ts';
import { githubFormat } from './github.ts';
import { jsonFormat } from './json.ts';
import { junitFormat } from './junit.ts';
import { sarifFormat } from './sarif.ts';
import { textFormat } from './text.ts';

/** A file that could not be read, and why. */
export interface Unreadable {
  readonly file: string;
  readonly reason: string;
}

export interface FormatOptions {
  readonly colours: Palette;
  readonly failOn: Severity;
  readonly version: string;
}

/** Writes reports. What `file` and `end` give is printed as it stands. */
export interface Format {
  /** Called after each file; the analysis is gone afterwards. */
  file(report: FileReport, analysis: Analysis): string;
  end(unreadable: readonly Unreadable[]): string;
}

/** Every format by its name on the command line. */
export const formats = {
  text: textFormat,
  json: jsonFormat,
  junit: junitFormat,
  sarif: sarifFormat,
  github: githubFormat,
} as const satisfies Record<string, (options: FormatOptions) => Format>;

export type FormatName = keyof typeof formats;
