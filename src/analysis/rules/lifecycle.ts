/** One session, event after event: what comes after the end, off the model, from parties that are not there. */
import type { Happening } from '../happening.ts';
import { textField } from '../happening.ts';
import { NONE } from '../row-store.ts';
import type { Party } from '../session.ts';
import { step } from '../stepping.ts';
import type { TraceState } from '../trace-state.ts';
import {
  answerUnheard,
  closeSession,
  closeTyping,
  FORM_UNIT,
  knowForm,
  openForm,
  openTyping,
} from './open-ends.ts';

/** Judges the event against what its session was, and takes the session on. */
export function judgeLifecycle(state: TraceState, happening: Happening, told: ReadonlySet<string>): void {
  const afterEnd = judgeAfterEnd(state, happening);
  if (happening.direction === 'in') judgeParty(state, happening, afterEnd);
  judgeOpenEnds(state, happening);
  takeSteps(state, happening, told, afterEnd);
  if (happening.direction === 'in') happening.session.heard = true;
}

/** A replayed event makes parties and forms known and judges nothing. */
export function learnFromReplay(happening: Pick<Happening, 'event' | 'role' | 'session' | 'partyId'>): void {
  const { event, role, session, partyId } = happening;
  session.heard = true;
  if (role === 'form-show') {
    const form = textField(event, 'form_request_id');
    if (form !== null) knowForm(session, form);
  }
  if (partyId === null) return;
  const party = session.party(partyId) ?? session.meet(partyId);
  if (party === null || role !== 'joined') return;
  describeParty(party, event);
  if (isAgent(party)) session.agentJoined = true;
}

const CLIENT_ACTS_AFTER_END = new Set(['message', 'form-data', 'file']);

function judgeAfterEnd(state: TraceState, happening: Happening): boolean {
  const { session, role, direction, row, name } = happening;
  const end = session.end;
  if (end === null) return false;
  if (direction === 'out' && !CLIENT_ACTS_AFTER_END.has(role)) return true;
  if (role === 'client-end') return true;
  if (direction === 'in' && role === 'ended' && end.state !== 'ended') return false;
  const mild = end.state === 'completed';
  state.report({
    rule: 'lifecycle/after-end',
    severity: mild ? 'warning' : 'error',
    evidence: mild ? 'observed' : 'documented',
    row,
    exchange: null,
    params: { event: name, state: end.state },
    related: end.row === null ? [] : [end.row],
  });
  return true;
}

function judgeParty(state: TraceState, happening: Happening, silent: boolean): void {
  const { event, role, session, partyId } = happening;
  if (partyId === null) return;
  const known = session.party(partyId);
  const stranger = known === undefined || (known.presence === 'known' && known.kind === 'unknown');
  const party = known ?? session.meet(partyId);
  const leavesAsScenario = role === 'left' && event.type === 'scenario';
  const exempt = session.isCustomer(partyId) || !session.agentJoined || session.gaps > 0 || leavesAsScenario;
  // What was lost may have been the leaving or the join between.
  const seen = known !== undefined && known.since === session.gaps ? known.presence : 'known';
  if (role === 'joined') {
    if (seen === 'present')
      sayOfParty(state, happening, party, silent, 'lifecycle/party-twice', {
        how: 'joined while it was there',
      });
    if (party === null) return;
    describeParty(party, event);
    party.presence = 'present';
    party.since = session.gaps;
    if (isAgent(party)) session.agentJoined = true;
  } else if (role === 'left') {
    if (seen === 'left')
      sayOfParty(state, happening, party, silent, 'lifecycle/party-twice', { how: 'left when it had left' });
    else if (stranger && !exempt) sayOfParty(state, happening, party, silent, 'lifecycle/unknown-party');
    if (party !== null) {
      party.presence = 'left';
      party.since = session.gaps;
    }
    state.sessionsChanged = true;
  } else if (role === 'typing' || role === 'not-typing') {
    if (seen === 'left' && role === 'typing')
      sayOfParty(state, happening, party, silent, 'lifecycle/after-left');
    else if (stranger && !exempt) sayOfParty(state, happening, party, silent, 'lifecycle/unknown-party');
  } else if ((role === 'message' || role === 'file') && seen === 'left') {
    sayOfParty(state, happening, party, silent, 'lifecycle/after-left');
  }
}

function sayOfParty(
  state: TraceState,
  happening: Happening,
  party: Party | null,
  silent: boolean,
  rule: string,
  params: Readonly<Record<string, string>> = {},
): void {
  if (silent) return;
  const name = party?.name ? { name: party.name } : {};
  state.report({
    rule,
    severity: 'warning',
    evidence: 'inferred',
    row: happening.row,
    exchange: null,
    path: ['party_id'],
    params: { party: happening.partyId ?? '', event: happening.name, ...name, ...params },
  });
}

function judgeOpenEnds(state: TraceState, happening: Happening): void {
  const { event, role, direction, session, row, wallTime } = happening;
  if (role === 'typing') {
    if (session.end === null)
      openTyping(state, session, { typist: typistOf(state, happening), row, wallTime });
  } else if (role === 'not-typing' || role === 'message' || role === 'left') {
    if (session.typing.length > 0) {
      closeTyping(session, typistOf(state, happening));
      // Typing need not say whose it is: then the next message ends it.
      if (direction === 'in') closeTyping(session, SOMEBODY);
    }
  }
  const form =
    role === 'form-show' || role === 'form-data' || role === 'form-cancel'
      ? textField(event, 'form_request_id')
      : null;
  if (form !== null && role === 'form-show') {
    const timeout = textField(event, 'form_timeout');
    const seconds = Number(timeout ?? Number.NaN);
    const deadline = seconds > 0 ? wallTime + seconds * FORM_UNIT : Number.POSITIVE_INFINITY;
    // The body of a stream comes whole, at its end: the answer to its form may stand before it.
    if (session.answeredUnheard?.delete(form)) knowForm(session, form);
    else openForm(state, session, form, { row, deadline, timeout: timeout ?? '' });
  } else if (form !== null && role === 'form-data') {
    if (direction === 'out' && !session.heard) answerUnheard(session, form);
    if (direction === 'out' && session.heard && !session.knownForms?.has(form) && session.gaps === 0) {
      state.report({
        rule: 'lifecycle/form-unrequested',
        severity: 'warning',
        evidence: 'inferred',
        row,
        exchange: null,
        path: ['form_request_id'],
        params: { form },
      });
    }
    // The vendor's widget says in one sentence that it does not know the form; the visitor's answer may follow.
    if (typeof event.data !== 'string') session.forms?.delete(form);
  } else if (form !== null && role === 'form-cancel') {
    session.forms?.delete(form);
  }
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
    if (session.warningRow !== null && !session.clientActedSinceWarning && session.end === null) {
      state.report({
        rule: 'lifecycle/warning-unanswered',
        severity: 'note',
        evidence: 'inferred',
        row,
        exchange: null,
        related: [session.warningRow],
      });
    }
    session.warningRow = null;
  }
}

/** Who types, as a number: the party's, whether its id is in upper or in lower case. */
function typistOf(state: TraceState, { direction, party }: Happening): number {
  if (direction === 'out') return PAGE;
  return party === NONE ? SOMEBODY : state.inLowerCase(party);
}

const PAGE = -1;
const SOMEBODY = -2;

function takeSteps(
  state: TraceState,
  happening: Happening,
  told: ReadonlySet<string>,
  afterEnd: boolean,
): void {
  const { event, role, direction, session, row, wallTime } = happening;
  session.seenAlive ||= role !== 'status';
  if (direction === 'out') return;
  const to = stateTold(happening, told, event);
  if (to === null) {
    session.seenAlive = true;
    return;
  }
  const taken = step(state, session, to, { row, seq: state.rows.seq(row), wallTime });
  if (taken !== null && !taken.allowed && !afterEnd && taken.from !== null) {
    state.report({
      rule: 'lifecycle/unexpected-status',
      severity: 'warning',
      evidence: 'inferred',
      row,
      exchange: null,
      path: role === 'status' ? ['state'] : ['event'],
      params: {
        from: taken.from,
        to,
        expected: state.protocol.model.next(taken.from).join(', '),
      },
    });
  }
  if (session.end !== null && !afterEnd) closeSession(state, session, row);
}

function stateTold(
  happening: Happening,
  told: ReadonlySet<string>,
  event: Happening['event'],
): string | null {
  if (happening.role === 'ended') return 'ended';
  if (happening.role === 'inactivity-timeout') return 'timed-out';
  if (happening.role !== 'status') return null;
  const value = textField(event, 'state');
  return value !== null && told.has(value) ? value : null;
}

const KINDS: ReadonlyMap<unknown, Party['kind']> = new Map([
  ['internal', 'internal'],
  ['external', 'external'],
  ['scenario', 'scenario'],
  ['msteams', 'msteams'],
]);

function describeParty(party: Party, event: Happening['event']): void {
  const kind = KINDS.get(event.type);
  if (kind !== undefined && party.kind !== 'customer') party.kind = kind;
  else if (party.kind === 'scenario') party.kind = 'unknown';
  party.name = textField(event, 'display_name') ?? wholeName(event);
}

function wholeName(event: Happening['event']): string {
  return [textField(event, 'first_name'), textField(event, 'last_name')].filter(Boolean).join(' ');
}

function isAgent(party: Party): boolean {
  return party.kind === 'internal' || party.kind === 'external';
}
