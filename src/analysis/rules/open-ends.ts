/**
 * What a session began and has to finish in time: typing, forms, polls. Looked at when an observation's time has
 * passed a deadline, and at the end of the trace: never by a clock of our own, so that live and imported agree.
 */
import type { RowIndex } from '../analysis.ts';
import { NO_TYPING, OPEN_LIMIT, type OpenForm, type OpenTyping } from '../open-things.ts';
import type { Session } from '../session.ts';
import type { TraceState } from '../trace-state.ts';
import { judgeIdle, judgeOverlaps, overlapDeadline, STALL_AFTER } from './transport.ts';

export const TYPING_LIMIT = 60_000;
/** A form_timeout is read as seconds: inferred, the documents give no unit. */
export const FORM_UNIT = 1_000;

export function openTyping(state: TraceState, session: Session, typing: OpenTyping): void {
  const open = session.typing;
  const at = open.length === 0 ? -1 : open.findIndex(({ typist }) => typist === typing.typist);
  if (at !== -1) session.typing = open.with(at, typing);
  else if (open.length === 0) session.typing = [typing];
  else if (open.length < OPEN_LIMIT) session.typing = [...open, typing];
  else return;
  arm(state, session, typing.wallTime + TYPING_LIMIT);
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
  arm(state, session, form.deadline);
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
export function arm(state: TraceState, session: Session, at: number): void {
  if (!(at < session.armedAt)) return;
  session.armedAt = at;
  state.deadlines.push(at, session);
}

/** Judges everything whose time is over by now. */
export function judgeDue(state: TraceState): void {
  for (;;) {
    const due = state.deadlines.takeDue(state.now);
    if (due === undefined) return;
    due.armedAt = Number.POSITIVE_INFINITY;
    if (due.mergedInto === null) lookAgain(state, due);
    else {
      const whole = state.sessions.at(due.index);
      if (whole !== undefined) lookAgain(state, whole);
    }
  }
}

/** At the end of the trace whatever is still open stays open. */
export function judgeEndOfTrace(state: TraceState): void {
  state.heldFrames.release();
  for (const session of state.sessions.all()) {
    lookAgain(state, session);
    for (const typing of session.typing) reportTyping(state, typing.row, { file: 'file' });
    session.typing = NO_TYPING;
    judgeOverlaps(state, session, 'end of trace');
  }
}

/** The session has ended: that closes typing, and leaves its forms without an answer. */
export function closeSession(state: TraceState, session: Session, row: RowIndex | null): void {
  session.typing = NO_TYPING;
  session.idleSince = Number.POSITIVE_INFINITY;
  if (session.forms === null) return;
  for (const [id, form] of session.forms) reportForm(state, id, form, 'the session ended', row);
  session.forms = null;
}

function lookAgain(state: TraceState, session: Session): void {
  let next = Number.POSITIVE_INFINITY;
  for (const typing of session.typing) {
    const deadline = typing.wallTime + TYPING_LIMIT;
    if (deadline < state.now) {
      reportTyping(state, typing.row, { limit: TYPING_LIMIT / 1000 });
      closeTyping(session, typing.typist);
    } else next = Math.min(next, deadline);
  }
  for (const [id, form] of session.forms ?? []) {
    if (form.deadline < state.now) {
      reportForm(state, id, form, `its ${form.timeout} s were over`, null);
      session.forms?.delete(id);
    } else next = Math.min(next, form.deadline);
  }
  judgeOverlaps(state, session, 'now');
  next = Math.min(next, overlapDeadline(session));
  judgeIdle(state, session);
  next = Math.min(next, session.idleSince + STALL_AFTER);
  arm(state, session, next);
}

function reportTyping(
  state: TraceState,
  row: RowIndex,
  params: Readonly<Record<string, string | number>>,
): void {
  state.report({
    rule: 'lifecycle/typing-unfinished',
    severity: 'note',
    evidence: 'inferred',
    row,
    exchange: null,
    params,
  });
}

function reportForm(state: TraceState, id: string, form: OpenForm, when: string, row: RowIndex | null): void {
  state.report({
    rule: 'lifecycle/form-unanswered',
    severity: 'warning',
    evidence: 'inferred',
    row: form.row,
    exchange: null,
    path: ['form_request_id'],
    params: { form: id, when },
    related: row === null ? [] : [row],
  });
}
