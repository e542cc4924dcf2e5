/** The polls of a session: which are in flight, which overlap, and when one should have followed. */
import type { ExchangeId } from '../api/analysis.ts';
import {
  NO_OVERLAPS,
  OPEN_LIMIT,
  OVERLAP_ALLOWED,
  type PollOverlap,
  STALL_AFTER,
} from '../sessions/pending-items.ts';
import type { Session } from '../sessions/session.ts';
import type { TraceDocument } from '../tables/documents.ts';
import type { Outcome } from '../tables/exchange-table.ts';
import { NONE } from '../tables/row-table.ts';
import { scheduleCheck } from './pending-tracker.ts';
import type { TraceState } from './trace-state.ts';

export function trackPollStart(state: TraceState, session: Session, poll: ExchangeId): void {
  const { end } = session;
  if (end !== null) {
    session.pollsAfterEnd += 1;
    state.moments.push({ what: 'polled after end', session, poll, end, count: session.pollsAfterEnd });
  }
  forgetReplacedDocument(state, poll);
  if (session.poll !== NONE && session.overlaps.length < OPEN_LIMIT) {
    const overlap = { older: session.poll, newer: poll, since: state.now, until: null };
    session.overlaps = [...session.overlaps, overlap];
    scheduleCheck(state, session, state.now + OVERLAP_ALLOWED);
  }
  session.startPoll(poll);
  session.lastPoll = poll;
  const document = documentOf(state, poll);
  if (document !== undefined) document.polls = (document.polls ?? new Set()).add(poll);
  session.idleSince = Number.POSITIVE_INFINITY;
}

export function trackPollEnd(
  state: TraceState,
  session: Session,
  poll: ExchangeId,
  how: Outcome | 'document gone',
): void {
  session.endPoll(poll);
  documentOf(state, poll)?.polls?.delete(poll);
  if (session.overlaps.length > 0) settleOverlapsOf(state, session, poll, how);
  if (how === 'aborted') {
    const lasted = state.now - state.exchanges.startedAt(poll);
    state.moments.push({ what: 'poll aborted', session, poll, lasted });
  }
  if (session.poll !== NONE || session.end !== null || session.clientLeft || how === 'document gone') return;
  session.idleSince = state.now;
  scheduleCheck(state, session, state.now + STALL_AFTER);
}

function settleOverlapsOf(
  state: TraceState,
  session: Session,
  poll: ExchangeId,
  how: Outcome | 'document gone',
): void {
  const gaveUp = how === 'aborted' || how === 'document gone';
  keep(session, (overlap) => {
    if (overlap.newer === poll && overlap.until === null) {
      overlap.until = state.now;
      return true;
    }
    if (overlap.older !== poll) return true;
    settle(state, session, overlap, gaveUp);
    return false;
  });
}

/** Settles the overlaps that have lasted longer than is allowed, or all. Gives when the next one will have. */
export function settleOverlaps(state: TraceState, session: Session, when: 'now' | 'end of trace'): number {
  let next = Number.POSITIVE_INFINITY;
  keep(session, (overlap) => {
    const { since, until } = overlap;
    if (when === 'now' && (until ?? state.now) - since < OVERLAP_ALLOWED) {
      if (until === null) next = Math.min(next, since + OVERLAP_ALLOWED);
      return true;
    }
    settle(state, session, overlap, false);
    return false;
  });
  return next;
}

function settle(state: TraceState, session: Session, overlap: PollOverlap, gaveUp: boolean): void {
  const { older, newer, since, until } = overlap;
  const olderRow = state.exchanges.firstRow(older);
  const lasted = (until ?? state.now) - since;
  state.moments.push({ what: 'polls overlapped', session, newer, olderRow, lasted, gaveUp });
}

/** Notices a session that stopped polling. Gives when that can be said of it; infinite where it cannot. */
export function stopPolling(state: TraceState, session: Session): number {
  const { idleSince, lastPoll } = session;
  const idle = state.now - idleSince;
  if (!(idle > STALL_AFTER)) return idleSince + STALL_AFTER;
  session.idleSince = Number.POSITIVE_INFINITY;
  if (session.end !== null || !session.seenAlive || lastPoll === null) return Number.POSITIVE_INFINITY;
  const gone = lastPoll < (documentOf(state, lastPoll)?.goneBefore ?? 0);
  if (!gone) state.moments.push({ what: 'polling stopped', session, poll: lastPoll, idle });
  return Number.POSITIVE_INFINITY;
}

function documentOf(state: TraceState, exchange: ExchangeId): TraceDocument | undefined {
  const { documents } = state.exchanges;
  return documents.at(state.exchanges.document(exchange));
}

/** A frame that navigated has a new document: what the old one had in flight is over, though nobody said so. */
function forgetReplacedDocument(state: TraceState, poll: ExchangeId): void {
  const frame = state.observations[state.exchanges.first(poll)]?.frame ?? null;
  const document = documentOf(state, poll);
  // Unknown frame ids (null) must not be compared.
  if (frame === null || document === undefined) return;
  const before = state.frames.get(frame);
  state.frames.set(frame, document);
  if (before === undefined || before === document) return;
  for (const each of before.polls ?? []) {
    const session = state.sessionOf(each);
    if (session === undefined) continue;
    session.endPoll(each);
    keep(session, (overlap) => overlap.older !== each);
  }
  before.polls = null;
}

function keep(session: Session, keeps: (overlap: PollOverlap) => boolean): void {
  if (session.overlaps.length === 0) return;
  const kept = session.overlaps.filter(keeps);
  session.overlaps = kept.length === 0 ? NO_OVERLAPS : kept;
}
