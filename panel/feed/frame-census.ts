/**
 * Which frames the tab has, by what their relays answer when they are asked: each says how many frames it contains, so
 * that a frame in which nobody answers shows as a difference. Counts hold for the newest round of questions. A frame
 * that loads or goes away in the middle of a round is missed by it, so that only what two rounds miss is counted.
 */
import type { SurroundingsMessage } from '../../src/messaging/contracts.ts';

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
  /** The last round that was counted, how many frames it missed, and how many the one counted before it. */
  #counted = { round: 0, missed: 0, before: 0 };

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

  /** Counts the newest round, once its answers are in. */
  count(): CensusCounts {
    const workers = [...this.#reports.values()].reduce((sum, report) => sum + report.workers, 0);
    const { round, missed, before } = this.#counted;
    const now = this.#missed();
    this.#counted = { round: this.#round, missed: now, before: this.#round === round ? before : missed };
    if (!this.#topAnswers) return { workers, unhookedFrames: 1 };
    return { workers, unhookedFrames: Math.min(now, this.#counted.before) };
  }

  /** Whether the last count missed frames: another round tells whether they were on their way. */
  get missesAny(): boolean {
    return this.#counted.missed > 0;
  }

  /** How many frames did not answer in this round. */
  #missed(): number {
    // Without the top frame's own answer the others cannot tell how many there should be.
    if (!this.#topAnswers || !this.#reports.has(0)) return 0;
    const children = [...this.#reports.values()].reduce((sum, report) => sum + report.children, 0);
    return Math.max(0, 1 + children - this.#reports.size);
  }
}
