import type { Analysis, Severity } from '../../analysis/api/analysis.ts';
import type { FileReport } from '../report.ts';
import type { ShownValues } from '../shown-values.ts';
import type { Palette } from '../terminal.ts';

/** A file that could not be read, and why. */
export interface Unreadable {
  readonly file: string;
  readonly reason: string;
}

export interface FormatOptions {
  readonly colours: Palette;
  readonly failOn: Severity;
  readonly version: string;
  /** What replaces captured values that may not be told; null or none where they are told. */
  readonly values?: ShownValues | null;
}

/** Writes reports. What `file` and `end` give is printed as it stands. */
export interface Format {
  /** Called after each file; the analysis is gone afterwards. */
  file(report: FileReport, analysis: Analysis): string;
  end(unreadable: readonly Unreadable[]): string;
}
