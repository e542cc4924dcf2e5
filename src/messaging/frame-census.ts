/**
 * Which frames the tab has, by what their relays answer when they are asked: each says how many frames it contains, so
 * that a frame in which nobody answers shows as a difference. Counts hold for the newest round of questions.
 */
import type { SurroundingsMessage } from './contracts.ts';

export type FrameReport = Omit<SurroundingsMessage, 'type'> & { readonly frame: number };

export interface CensusCounts {
  /** Dedicated workers that were started from files: the least there are. */
  readonly workers: number;
  /** Frames in which no relay answers: loaded before the extension, or no extension may run there. */
  readonly unhookedFrames: number;
}

export class FrameCensus {
  #round = 0;
  /** Whether the top document answered in this round. */
  #topAnswers = true;
  readonly #reports = new Map<number, FrameReport>();

  /** A round of questions was asked; `topAnswers` tells whether the top document has a relay. */
  asked(topAnswers: boolean): void {
    this.#topAnswers = topAnswers;
    if (!topAnswers) this.#reports.clear();
  }

  report(report: FrameReport): void {
    if (report.round < this.#round) return;
    if (report.round > this.#round) {
      this.#round = report.round;
      this.#reports.clear();
    }
    this.#reports.set(report.frame, report);
  }

  /** The frames that answered, the top frame first. */
  get frames(): readonly FrameReport[] {
    return [...this.#reports.values()].sort((one, other) => one.frame - other.frame);
  }

  get counts(): CensusCounts {
    const reports = [...this.#reports.values()];
    const workers = reports.reduce((sum, report) => sum + report.workers, 0);
    if (!this.#topAnswers) return { workers, unhookedFrames: 1 };
    // Without the top frame's own answer the others cannot tell how many there should be.
    if (!this.#reports.has(0)) return { workers, unhookedFrames: 0 };
    const expected = 1 + reports.reduce((sum, report) => sum + report.children, 0);
    return { workers, unhookedFrames: Math.max(0, expected - reports.length) };
  }
}
