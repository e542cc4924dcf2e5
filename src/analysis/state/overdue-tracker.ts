/** Looks again at what a session began and had to finish in time, when the time is over and at the end of the trace. */
import type { Session } from '../sessions/session.ts';
import { closeAllTyping, closeOverdue, scheduleCheck } from './pending-tracker.ts';
import { settleOverlaps, stopPolling } from './poll-tracker.ts';
import type { TraceState } from './trace-state.ts';

/** Closes everything whose time is over by now, of the sessions of a scope. */
export function trackDue(state: TraceState, scope: number): void {
  const deadlines = state.deadlines[scope];
  while (deadlines !== undefined) {
    const due = deadlines.takeDue(state.now);
    if (due === undefined) return;
    const { at, subject } = due;
    // An earlier time was set since, or a later one once this one had passed.
    if (at !== subject.armedAt) continue;
    subject.armedAt = Number.POSITIVE_INFINITY;
    const whole = state.sessions.at(subject.index);
    if (whole !== undefined) recheck(state, whole);
  }
}

/** At the end of the trace whatever is still open stays open. */
export function trackEndOfTrace(state: TraceState, session: Session): void {
  recheck(state, session);
  closeAllTyping(state, session);
  settleOverlaps(state, session, 'end of trace');
}

function recheck(state: TraceState, session: Session): void {
  const pending = closeOverdue(state, session);
  const overlap = settleOverlaps(state, session, 'now');
  scheduleCheck(state, session, Math.min(pending, overlap, stopPolling(state, session)));
}
