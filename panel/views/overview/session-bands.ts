/** The sessions of a trace as bands of time, cut by the states that each was in. */
import type { Analysis } from '../../../src/analysis/api/analysis.ts';

export interface BandPart {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** As the server names it (hostile). */
  readonly state: string;
  readonly ended: boolean;
}

export interface SessionBand {
  readonly id: string;
  readonly letter: string;
  readonly state: string;
  readonly parts: readonly BandPart[];
}

/** What costs most is asked again only of a session that has gone on. */
export class SessionBands {
  readonly #analysis: Analysis;
  readonly #known = new Map<string, { readonly events: number; readonly band: SessionBand }>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** The latest sessions, at most so many, in order of appearance. */
  latest(most: number): readonly SessionBand[] {
    const sessions = this.#analysis.latestSessions(most);
    return sessions.map((session) => {
      const known = this.#known.get(session.id);
      if (known?.events === session.eventCount && known.band.letter === session.letter) return known.band;
      const { id, letter, state, startedAt, lastAt } = session;
      const machine = this.#analysis.machine(id);
      const parts: BandPart[] = [];
      let [from, name] = [startedAt, machine?.model.initial ?? ''];
      const close = (to: number) => {
        const ended = machine?.model.isEnd(name) ?? false;
        if (to > from || ended) parts.push({ from, to: Math.max(from, to), state: name, ended });
      };
      for (const step of machine?.steps ?? []) {
        close(step.wallTime);
        [from, name] = [Math.max(from, step.wallTime), step.to];
      }
      close(lastAt);
      const band = { id, letter, state, parts };
      this.#known.set(id, { events: session.eventCount, band });
      return band;
    });
  }
}
