/**
 * What a session began and has to finish in time: typing, forms, polls. Looked at again when an observation's time has
 * passed a deadline, and at the end of the trace: never by a clock of our own, so that live and imported agree.
 */
import type { RowIndex } from '../api/analysis.ts';
import {
  NO_TYPING,
  OPEN_LIMIT,
  type OpenForm,
  type OpenTyping,
  TYPING_LIMIT,
} from '../sessions/pending-items.ts';
import type { Session } from '../sessions/session.ts';
import { Deadlines } from '../tables/deadline-heap.ts';
import type { TraceState } from './trace-state.ts';

/** How long a form may be answered is given in seconds. */
export const FORM_UNIT = 1_000;

export function openTyping(state: TraceState, session: Session, typing: OpenTyping): void {
  const open = session.typing;
  const at = open.length === 0 ? -1 : open.findIndex(({ typist }) => typist === typing.typist);
  if (at !== -1) session.typing = open.with(at, typing);
  else if (open.length === 0) session.typing = [typing];
  else if (open.length < OPEN_LIMIT) session.typing = [...open, typing];
  else return;
  scheduleCheck(state, session, typing.wallTime + TYPING_LIMIT);
}

export function closeTyping(session: Session, typist: number): void {
  const open = session.typing;
  if (open.length === 0) return;
  if (open.length === 1) {
    if (open[0]?.typist === typist) session.typing = NO_TYPING;
    return;
  }
  session.typing = open.filter((typing) => typing.typist !== typist);
}

export function openForm(state: TraceState, session: Session, id: string, form: OpenForm): void {
  knowForm(session, id);
  session.forms ??= new Map();
  if (session.forms.has(id) || session.forms.size >= OPEN_LIMIT) return;
  session.forms.set(id, form);
  scheduleCheck(state, session, form.deadline);
}

/** The server has asked for the form: an answer to it comes of that. */
export function knowForm(session: Session, id: string): void {
  session.knownForms ??= new Set();
  if (session.knownForms.size < OPEN_LIMIT) session.knownForms.add(id);
}

/** The client answers a form before anything of the server's was seen: nobody saw it asked. */
export function answerUnheard(session: Session, id: string): void {
  session.answeredUnheard ??= new Set();
  if (session.answeredUnheard.size < OPEN_LIMIT) session.answeredUnheard.add(id);
}

/** Has the session looked at again once the time of an observation is past `at`. */
export function scheduleCheck(state: TraceState, session: Session, at: number): void {
  if (!(at < session.armedAt)) return;
  session.armedAt = at;
  state.deadlines[session.scope] ??= new Deadlines();
  state.deadlines[session.scope]?.push(at, session);
}

/** The session has ended: that closes typing, and leaves its forms without an answer. */
export function closeSession(state: TraceState, session: Session, endedBy: RowIndex | null): void {
  session.typing = NO_TYPING;
  session.idleSince = Number.POSITIVE_INFINITY;
  if (session.forms === null) return;
  for (const [form, { row }] of session.forms) {
    state.moments.push({ what: 'form unanswered', session, form, row, when: 'the session ended', endedBy });
  }
  session.forms = null;
}

/** Closes the typing and the forms whose time is over. Gives when the next one's is. */
export function closeOverdue(state: TraceState, session: Session): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { typist, row, wallTime } of session.typing) {
    const deadline = wallTime + TYPING_LIMIT;
    if (deadline < state.now) {
      state.moments.push({ what: 'typing unfinished', session, row, limit: TYPING_LIMIT });
      closeTyping(session, typist);
    } else next = Math.min(next, deadline);
  }
  for (const [form, { row, deadline, timeout }] of session.forms ?? []) {
    if (deadline < state.now) {
      const when = `its ${timeout} s were over`;
      state.moments.push({ what: 'form unanswered', session, form, row, when, endedBy: null });
      session.forms?.delete(form);
    } else next = Math.min(next, deadline);
  }
  return next;
}

/** At the end of the trace nobody finishes typing. */
export function closeAllTyping(state: TraceState, session: Session): void {
  for (const { row } of session.typing) {
    state.moments.push({ what: 'typing unfinished', session, row, limit: null });
  }
  session.typing = NO_TYPING;
}
