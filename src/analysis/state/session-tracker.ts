/** Takes a session on with an event or an answer: its parties, typing, forms, warnings, states. */
import type { JsonObject } from '../../text/json-object.ts';
import type { EventSeq, RowIndex } from '../api/analysis.ts';
import type { Party, Session } from '../sessions/session.ts';
import type { Step } from '../sessions/step.ts';
import { NONE } from '../tables/row-table.ts';
import { trackRefusal } from './delivery-tracker.ts';
import type { EventContext } from './event-context.ts';
import type { EventKind } from './event-types.ts';
import type { ErrorAnswer } from './moments.ts';
import {
  answerUnheard,
  closeSession,
  closeTyping,
  FORM_UNIT,
  knowForm,
  openForm,
  openTyping,
} from './pending-tracker.ts';
import type { TraceState } from './trace-state.ts';

export function trackEvent(state: TraceState, context: EventContext): void {
  const { session, direction } = context;
  const afterEnd = session.end !== null && followsEnd(context);
  if (afterEnd && session.end !== null) {
    state.moments.push({ what: 'event after end', session, on: context, end: session.end });
  }
  if (direction === 'in') trackParty(state, context, afterEnd);
  trackTyping(state, context);
  trackForm(state, context);
  trackInactivity(state, context);
  trackState(state, context, afterEnd);
  if (direction === 'in') session.heard = true;
}

/** A replayed event makes parties and forms known. */
export function trackReplay({ event, kind, session, partyId }: EventContext): void {
  const { role, fields } = kind;
  session.heard = true;
  if (role === 'form-show') {
    const form = fields.formId(event);
    if (form !== null) knowForm(session, form);
  }
  if (partyId === null) return;
  const party = session.party(partyId) ?? session.meet(partyId);
  if (party === null || role !== 'joined') return;
  describeParty(party, kind, event);
  if (isAgent(session, party)) session.agentJoined = true;
}

/** False where the event reports an end that may follow the one before. */
function followsEnd({ event, session, kind, direction }: EventContext): boolean {
  if (direction === 'out' || kind.role === 'client-end' || session.end === null) return true;
  const reported = kind.reportedState === null ? null : kind.reportedState(event);
  return reported === null || !session.protocol.model.allows(session.end.state, reported);
}

function trackParty(state: TraceState, context: EventContext, afterEnd: boolean): void {
  const { event, kind, session, partyId } = context;
  const { role } = kind;
  if (partyId === null) return;
  const known = session.party(partyId);
  // What was lost may have been the leaving or the join between.
  const was = known !== undefined && known.since === session.gaps ? known.presence : 'known';
  const stranger = known === undefined || (known.presence === 'known' && known.kind === 'unknown');
  const party = known ?? session.meet(partyId);
  if (!afterEnd && (role === 'joined' || was === 'left' || stranger)) {
    const name = party?.name ?? '';
    const unknown = stranger && !actsUnannounced(context, partyId);
    state.moments.push({ what: 'party seen', session, on: context, was, name, unknown });
  }
  if (role === 'joined') {
    if (party === null) return;
    describeParty(party, kind, event);
    party.presence = 'present';
    party.since = session.gaps;
    if (isAgent(session, party)) session.agentJoined = true;
  } else if (role === 'left') {
    if (party !== null) {
      party.presence = 'left';
      party.since = session.gaps;
    }
    state.sessionsChanged = true;
  }
}

/** Nobody need have told of the party: it is the customer, or automatic, or its join is before the trace or lost. */
function actsUnannounced({ event, kind, session }: EventContext, partyId: string): boolean {
  if (session.isCustomer(partyId) || !session.agentJoined || session.gaps > 0) return true;
  return kind.role === 'left' && kind.fields.partyKind(event) === session.protocol.parties.automatic;
}

function trackTyping(state: TraceState, context: EventContext): void {
  const { kind, direction, session, row } = context;
  const { role } = kind;
  if (role === 'typing') {
    if (session.end === null)
      openTyping(state, session, {
        typist: typistOf(state, context),
        row,
        wallTime: context.carrier.wallTime,
      });
  } else if (role === 'not-typing' || role === 'message' || role === 'left') {
    if (session.typing.length === 0) return;
    closeTyping(session, typistOf(state, context));
    // Typing need not say whose it is: then the next message ends it.
    if (direction === 'in') closeTyping(session, SOMEBODY);
  }
}

/** Who types, as a number: the party's, whether its id is in upper or in lower case. */
function typistOf(state: TraceState, { direction, party }: EventContext): number {
  if (direction === 'out') return PAGE;
  return party === NONE ? SOMEBODY : state.inLowerCase(party);
}

const PAGE = -1;
const SOMEBODY = -2;

function trackForm(state: TraceState, context: EventContext): void {
  const { event, kind, direction, session, row } = context;
  const { role, fields } = kind;
  if (role !== 'form-show' && role !== 'form-data' && role !== 'form-cancel') return;
  const form = fields.formId(event);
  if (form === null) return;
  if (role === 'form-show') {
    const timeout = fields.formSeconds(event);
    const seconds = Number(timeout ?? Number.NaN);
    const deadline = seconds > 0 ? context.carrier.wallTime + seconds * FORM_UNIT : Number.POSITIVE_INFINITY;
    // The body of a stream comes whole, at its end: the answer to its form may stand before it.
    if (session.answeredUnheard?.delete(form)) knowForm(session, form);
    else openForm(state, session, form, { row, deadline, timeout: timeout ?? '' });
  } else if (role === 'form-data') {
    if (direction === 'out') {
      const asked = !session.heard || session.knownForms?.has(form) === true || session.gaps > 0;
      state.moments.push({ what: 'form answered', session, on: context, form, asked });
      if (!session.heard) answerUnheard(session, form);
    }
    if (fields.answersForm(event)) session.forms?.delete(form);
  } else session.forms?.delete(form);
}

/** What the client does, and what the server does where it does nothing. */
function trackInactivity(state: TraceState, context: EventContext): void {
  const { kind, direction, session, row } = context;
  const { role } = kind;
  if (direction === 'out') {
    session.clientActedSinceWarning = true;
    if (role === 'client-end') {
      session.clientLeft = true;
      session.idleSince = Number.POSITIVE_INFINITY;
    }
  } else if (role === 'timeout-warning') {
    session.warningRow = row;
    session.clientActedSinceWarning = false;
  } else if (role === 'inactivity-timeout') {
    if (session.warningRow !== null) {
      state.moments.push({
        what: 'ended after warning',
        session,
        on: context,
        warning: session.warningRow,
        acted: session.clientActedSinceWarning,
        ended: session.end !== null,
      });
    }
    session.warningRow = null;
  }
}

function trackState(state: TraceState, context: EventContext, afterEnd: boolean): void {
  const { event, kind, direction, session, row } = context;
  const { role, reportedState, protocol } = kind;
  if (role !== 'status') session.seenAlive = true;
  if (direction === 'out') return;
  const to = reportedState === null ? null : reportedState(event);
  if (to === null) {
    session.seenAlive = true;
    return;
  }
  const { wallTime } = context.carrier;
  const taken = step(state, session, to, { row, seq: state.rows.seq(row), wallTime });
  if (taken !== null && !afterEnd) {
    const path = role === 'status' ? protocol.paths.state : protocol.paths.type;
    state.moments.push({ what: 'stepped', session, step: taken, row, path });
  }
  if (session.end !== null && !afterEnd) closeSession(state, session, row);
}

/** An answer reports in which state the session is. */
export function trackReportedState(state: TraceState, session: Session, to: string, row: RowIndex): void {
  const { model, paths } = session.protocol;
  const taken = step(state, session, to, { row, seq: null, wallTime: state.now });
  if (taken !== null) state.moments.push({ what: 'stepped', session, step: taken, row, path: paths.state });
  if (model.isEnd(to)) closeSession(state, session, row);
}

/** An answer that says no. Where it says that the server no longer knows the session, that is its end. */
export function trackErrorAnswer(state: TraceState, session: Session | undefined, answer: ErrorAnswer): void {
  const { protocol, operation, status, code, row } = answer;
  const words = trackRefusal(state, answer);
  const meaning = protocol.errorMeaning(operation, status, code);
  if (meaning === 'ordinary') return;
  const gone = meaning === 'gone';
  if (gone && operation.role === 'history' && session !== undefined && !session.seenAlive) return;
  const ended = session !== undefined && session.end !== null;
  const messages = state.sent.underWay(answer.exchange).map((message) => message.row);
  state.moments.push({ what: 'answered with error', session, answer, meaning, ended, words, messages });
  if (!gone || session === undefined || ended || operation.role === 'other') return;
  if (session.seenAlive) step(state, session, protocol.goneState, { row, seq: null, wallTime: state.now });
  else session.end = { state: protocol.goneState, row };
  closeSession(state, session, row);
}

interface StepPlace {
  readonly row: RowIndex;
  readonly seq: EventSeq | null;
  readonly wallTime: number;
}

/** Takes the session to a state. Null when it stands there already: a state may be reported again. */
function step(state: TraceState, session: Session, to: string, place: StepPlace): Step | null {
  const first = !session.hasSteps && !session.seenAlive;
  session.seenAlive = true;
  const afterGap = session.stateMayHaveChanged;
  session.stateMayHaveChanged = false;
  if (session.state === to && !first) return null;
  const { model } = session.protocol;
  const from = first ? null : session.state;
  // Nothing leads out of an end, seen or not.
  const allowed = from === null || model.allows(from, to) || (afterGap && !model.isEnd(from));
  const { row, seq, wallTime } = place;
  const taken: Step = { from, to, row, seq, wallTime, allowed, afterGap };
  session.addStep(taken);
  state.sessionsChanged = true;
  // Reports after a final state do not change it.
  if (from !== null && !allowed && model.isEnd(from)) return taken;
  session.state = to;
  if (model.isEnd(to)) session.end = { state: to, row };
  return taken;
}

function describeParty(party: Party, { fields, protocol }: EventKind, event: JsonObject): void {
  const kind = fields.partyKind(event);
  if (kind !== null && party.kind !== 'customer') party.kind = kind;
  else if (party.kind === protocol.parties.automatic) party.kind = 'unknown';
  party.name = fields.partyName(event);
}

function isAgent({ protocol }: Session, party: Party): boolean {
  return protocol.parties.agents.has(party.kind);
}
