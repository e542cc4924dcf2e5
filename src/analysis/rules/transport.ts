/** How the client talks to the server: polls, error answers, connections that break. */
import type { Operation } from '../../protocol/chat-protocol.ts';
import type { ExchangeId, RowIndex } from '../analysis.ts';
import type { Outcome } from '../exchange-store.ts';
import { NO_OVERLAPS, OPEN_LIMIT, type PollOverlap } from '../open-things.ts';
import { NONE } from '../row-store.ts';
import type { Session } from '../session.ts';
import { step } from '../stepping.ts';
import type { TraceState } from '../trace-state.ts';
import { shortened } from '../words.ts';
import { arm, closeSession } from './open-ends.ts';

export const STALL_AFTER = 20_000;
/** The vendor's widget sends its next poll up to this long before the server sees the aborted one close. */
export const OVERLAP_ALLOWED = 100;

export function judgePollStart(state: TraceState, session: Session, poll: ExchangeId): void {
  if (session.end !== null) {
    session.pollsAfterEnd += 1;
    if (session.pollsAfterEnd > 1) {
      state.report({
        rule: 'transport/poll-after-end',
        severity: 'error',
        evidence: 'documented',
        row: null,
        exchange: poll,
        params: { count: session.pollsAfterEnd, state: session.end.state },
        related: session.end.row === null ? [] : [session.end.row],
      });
    }
  }
  if (session.poll !== NONE) forgetReplacedDocuments(state, session, poll);
  if (session.poll !== NONE && session.overlaps.length < OPEN_LIMIT) {
    const overlap = { older: session.poll, newer: poll, since: state.now, until: null };
    session.overlaps = [...session.overlaps, overlap];
    arm(state, session, state.now + OVERLAP_ALLOWED);
  }
  session.startPoll(poll);
  session.lastPoll = poll;
  session.idleSince = Number.POSITIVE_INFINITY;
}

/** `cut`: the page or its document gave the poll up. */
export function judgePollEnd(
  state: TraceState,
  session: Session,
  poll: ExchangeId,
  how: Outcome | 'document gone',
): void {
  session.endPoll(poll);
  if (session.overlaps.length > 0) judgeOverlapsOf(state, session, poll, how);
  if (how === 'aborted') {
    state.report({
      rule: 'transport/poll-aborted',
      severity: 'note',
      evidence: 'observed',
      row: null,
      exchange: poll,
      params: { seconds: Math.round((state.now - state.exchanges.startedAt(poll)) / 100) / 10 },
    });
  }
  if (session.poll !== NONE || session.end !== null || session.clientLeft || how === 'document gone') return;
  session.idleSince = state.now;
  arm(state, session, state.now + STALL_AFTER);
}

function judgeOverlapsOf(
  state: TraceState,
  session: Session,
  poll: ExchangeId,
  how: Outcome | 'document gone',
): void {
  const aborted = how === 'aborted' || how === 'document gone';
  keep(session, (overlap) => {
    if (overlap.newer === poll && overlap.until === null) {
      overlap.until = state.now;
      return true;
    }
    if (overlap.older !== poll) return true;
    const lasted = (overlap.until ?? state.now) - overlap.since;
    if (!aborted || lasted >= OVERLAP_ALLOWED) reportOverlap(state, overlap, lasted);
    return false;
  });
}

export function judgeOverlaps(state: TraceState, session: Session, when: 'now' | 'end of trace'): void {
  keep(session, (overlap) => {
    const lasted = (overlap.until ?? state.now) - overlap.since;
    if (when === 'now' && lasted < OVERLAP_ALLOWED) return true;
    reportOverlap(state, overlap, lasted);
    return false;
  });
}

export function overlapDeadline(session: Session): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { since, until } of session.overlaps) {
    if (until === null) next = Math.min(next, since + OVERLAP_ALLOWED);
  }
  return next;
}

export function judgeIdle(state: TraceState, session: Session): void {
  const { idleSince, lastPoll } = session;
  if (!(state.now - idleSince > STALL_AFTER)) return;
  session.idleSince = Number.POSITIVE_INFINITY;
  if (session.end !== null || !session.seenAlive || lastPoll === null) return;
  state.report({
    rule: 'transport/poll-stalled',
    severity: 'warning',
    evidence: 'inferred',
    row: null,
    exchange: lastPoll,
    params: { seconds: Math.floor((state.now - idleSince) / 1000) },
  });
}

const KNOWS_THE_SESSION: ReadonlySet<Operation> = new Set(['poll', 'post-events', 'history']);

/** An answer that says no: by its status, or by an `error_code` in its body. */
export function judgeErrorAnswer(
  state: TraceState,
  answer: {
    readonly exchange: ExchangeId;
    readonly operation: Operation;
    readonly session: Session | undefined;
    readonly status: number;
    readonly code: string | null;
    readonly message: string | null;
    readonly row: RowIndex;
  },
): void {
  const { exchange, operation, session, status, code, row } = answer;
  const gone = code === '5005' || (status === 404 && KNOWS_THE_SESSION.has(operation));
  if (status === 404 && operation === 'active-chat') return;
  if (gone && operation === 'history' && session !== undefined && !session.seenAlive) return;
  const known = code === null ? undefined : state.protocol.errorCode(code);
  // Some of the documents' messages are patterns with a part that only the server fills in.
  const said = known === undefined || /[[{]/.test(known.message) ? answer.message : null;
  const meaning = said === null ? (known?.message ?? null) : shortened(said);
  const afterEnd = gone && session !== undefined && session.end !== null;
  state.report({
    rule: 'transport/error',
    severity: afterEnd ? 'note' : 'error',
    evidence: 'documented',
    row,
    exchange,
    params: {
      status,
      operation,
      ...(code === null ? {} : { code }),
      ...(meaning === null ? {} : { meaning }),
    },
  });
  if (!gone || session === undefined || session.end !== null || !KNOWS_THE_SESSION.has(operation)) return;
  if (session.seenAlive) step(state, session, 'gone', { row, seq: null, wallTime: state.now });
  else session.end = { state: 'gone', row };
  closeSession(state, session, row);
}

/** A socket or stream that did not end as it should while its session was alive. */
export function judgeClose(
  state: TraceState,
  exchange: ExchangeId,
  row: RowIndex,
  how: { readonly code: number; readonly reason: string } | 'broke off',
): void {
  const session = state.sessionOf(exchange);
  if (session === undefined || session.end !== null || session.eventCount === 0) return;
  if (how !== 'broke off' && (how.code === 1000 || how.code === 1001)) return;
  state.report({
    rule: 'transport/closed-abnormally',
    severity: 'warning',
    evidence: 'inferred',
    row,
    exchange,
    params:
      how === 'broke off'
        ? { how: 'the stream broke off' }
        : { how: `code ${how.code}`, ...(how.reason === '' ? {} : { reason: how.reason }) },
  });
}

/** A frame that navigated has a new document: what the old one had in flight is over, though nobody said so. */
function forgetReplacedDocuments(state: TraceState, session: Session, poll: ExchangeId): void {
  const here = state.observations[state.exchanges.first(poll)];
  // Of two frames that nobody knows, nobody knows that they are one.
  if (here?.frame === null) return;
  for (const each of session.polls) {
    const there = state.observations[state.exchanges.first(each)];
    if (here?.frame !== there?.frame || here?.documentId === there?.documentId) continue;
    session.endPoll(each);
    keep(session, (overlap) => overlap.older !== each);
  }
}

function reportOverlap(state: TraceState, overlap: PollOverlap, lasted: number): void {
  const older = state.exchanges.firstRow(overlap.older);
  state.report({
    rule: 'transport/overlapping-polls',
    severity: 'error',
    evidence: 'documented',
    row: null,
    exchange: overlap.newer,
    params: { milliseconds: Math.round(lasted) },
    related: older < 0 ? [] : [older],
  });
}

function keep(session: Session, keeps: (overlap: PollOverlap) => boolean): void {
  if (session.overlaps.length === 0) return;
  const kept = session.overlaps.filter(keeps);
  session.overlaps = kept.length === 0 ? NO_OVERLAPS : kept;
}
