/**
 * Where a session left the model and what the model would have had instead, after the cheapest alignment of the two:
 * for the drawing as steps, for people as words.
 */
import type { Conformance, RowIndex } from '../../../src/analysis/api/analysis.ts';

type Moves = Conformance['moves'];

/** One place where session and model part. */
export interface Deviation {
  /** `missing`: the model goes through `states` first. `unexpected`: the model has no step to `state`. */
  readonly kind: 'missing' | 'unexpected';
  /** The states that were missed, in order; empty for an unexpected one. */
  readonly states: readonly string[];
  /** The state that came; null where the session ended before it. */
  readonly state: string | null;
  /** The state in which the model stood. */
  readonly after: string | null;
  /** The row that told `state`. */
  readonly row: RowIndex | null;
}

/** A step of the model that the session should have taken and did not. */
export interface ExpectedStep {
  readonly from: string;
  readonly to: string;
}

/** The moves up to a row: a session is shown as it stood, judged as it is known to have gone on. */
export function movesUntil(moves: Moves, upTo: RowIndex | null): Moves {
  return upTo === null ? moves : moves.filter(({ row }) => row !== null && row <= upTo);
}

/** The places where the alignment's two sides part, in the session's order. */
export function deviationsOf(moves: Moves): readonly Deviation[] {
  const deviations: Deviation[] = [];
  let missing: string[] = [];
  let stood: string | null = null;
  const tellMissing = (state: string | null, row: RowIndex | null) => {
    if (missing.length > 0) deviations.push({ kind: 'missing', states: missing, state, after: stood, row });
    missing = [];
  };
  for (const { kind, state, row } of moves) {
    if (kind === 'missing') missing.push(state);
    else if (kind === 'unexpected') {
      deviations.push({ kind, states: [], state, after: missing.at(-1) ?? stood, row });
    } else {
      tellMissing(state, row);
      stood = state;
    }
  }
  tellMissing(null, null);
  return deviations;
}

/** The model's own steps at those places, each once: from where it stood, through what was missed, to where both go on. */
export function expectedSteps(moves: Moves): readonly ExpectedStep[] {
  const steps = new Map<string, ExpectedStep>();
  let from: string | null = null;
  let parted = false;
  for (const { kind, state } of moves) {
    if (kind === 'unexpected') {
      parted = true;
      continue;
    }
    const expected = parted || kind === 'missing';
    if (expected && from !== null && from !== state) steps.set(`${from}→${state}`, { from, to: state });
    from = state;
    // The step out of a missing state was not taken either.
    parted = kind === 'missing';
  }
  return [...steps.values()];
}

const all = new Intl.ListFormat('en', { type: 'conjunction' });

/** "expected queued before connecting", "failed was not expected after ended". */
export function wordsOf(deviation: Deviation): string {
  return piecesOf(deviation).join('');
}

/** The same in pieces: states may be named by the server, and every second piece is one. */
export function piecesOf({ kind, states, state, after }: Deviation): readonly string[] {
  if (kind === 'missing') {
    const missing = all.formatToParts(states).map(({ value }) => value);
    return state === null ? ['expected ', ...missing] : ['expected ', ...missing, ' before ', state];
  }
  const unexpected = ['', state ?? '', ' was not expected'];
  return after === null ? unexpected : ['', state ?? '', ' was not expected after ', after];
}
