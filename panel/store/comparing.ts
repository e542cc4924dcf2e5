/** Which two sessions are laid beside each other, of the shown trace or of files that were opened for it. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { RowIndex } from '../../src/analysis/api/analysis.ts';
import type { TraceModel } from './trace-model.ts';

export interface ComparedSide {
  readonly trace: TraceModel;
  /** Id of the session. */
  readonly session: string;
}

export class Comparing {
  /** False in a report, which has no view for it. */
  offered = true;
  /** How it should go. */
  readonly expected: Signal<ComparedSide | null> = signal(null);
  /** How it went. */
  readonly actual: Signal<ComparedSide | null> = signal(null);
  readonly open: ReadonlySignal<boolean> = computed(() => this.actual.value !== null);
  /** Files that were opened to be compared with, beside the shown trace. */
  readonly files: Signal<readonly TraceModel[]> = signal([]);

  /** An event that others are laid beside, field by field, as they are chosen. */
  readonly event: Signal<{ readonly trace: TraceModel; readonly row: RowIndex } | null> = signal(null);

  /** To the next difference, or the one before; the view that shows them sets it. */
  step: ((direction: 1 | -1) => void) | null = null;

  /** The session against what was expected last, else the one before it in its trace that has events. */
  start(actual: ComparedSide): void {
    this.actual.value = actual;
    const { expected } = this;
    const known = expected.peek();
    if (known !== null && !(known.trace === actual.trace && known.session === actual.session)) return;
    const { trace, session } = actual;
    const others = trace.analysis.latestSessions(OFFERED).filter(({ id, eventCount }) => {
      return id !== session && eventCount > 0;
    });
    const startedAt = trace.analysis.session(session)?.startedAt ?? 0;
    const other = others.findLast((each) => each.startedAt <= startedAt) ?? others[0];
    expected.value = other === undefined ? null : { trace, session: other.id };
  }

  swap(): void {
    const [expected, actual] = [this.expected.peek(), this.actual.peek()];
    if (expected === null || actual === null) return;
    this.expected.value = actual;
    this.actual.value = expected;
  }

  /** A file to compare with: its session with most events is what was expected. */
  add(trace: TraceModel): boolean {
    const session = longestSession(trace);
    if (session === null) return false;
    this.files.value = [...this.files.peek(), trace];
    this.expected.value = { trace, session };
    return true;
  }

  /** Forgets all of it. */
  close(): void {
    this.expected.value = null;
    this.actual.value = null;
    this.files.value = [];
  }
}

/** The session with most events; null where there is none. */
export function longestSession({ analysis }: TraceModel): string | null {
  let most: { readonly id: string; readonly eventCount: number } | null = null;
  for (const session of analysis.latestSessions(OFFERED))
    if (most === null || session.eventCount > most.eventCount) most = session;
  return most?.id ?? null;
}

/** Sessions that are offered of a trace: a list of a million would freeze. */
export const OFFERED = 200;
