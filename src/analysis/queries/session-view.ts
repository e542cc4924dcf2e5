/** A session as views and exports see it. */
import type { PartyView, SessionView } from '../api/analysis.ts';
import { letterOf } from '../api/facts.ts';
import type { Party, Session } from '../sessions/session.ts';
import type { TraceState } from '../state/trace-state.ts';

export function sessionView(state: TraceState, session: Session): SessionView {
  const origins = [...session.scopes].map((scope) => state.origins.shown(scope));
  return {
    id: session.id,
    letter: letterOf(session.ordinal),
    chatId: session.chatId,
    protocol: session.protocol.id,
    state: session.state,
    live: session.end === null,
    eventCount: session.eventCount,
    origins: [...new Set(origins)],
    sameChat: state.sessions.othersOf(session).map(({ id }) => id),
    second: session.isSecond,
    startedAt: Number.isFinite(session.startedAt) ? session.startedAt : 0,
    lastAt: Number.isFinite(session.lastAt) ? session.lastAt : 0,
    transports: [...session.transports],
    parties: [...session.parties.values()].map((party) => partyView(session, party)),
  };
}

function partyView(session: Session, party: Party): PartyView {
  const { words, automatic } = session.protocol.parties;
  const kind = session.isCustomer(party.id) ? 'customer' : party.kind;
  return {
    id: party.id,
    name: party.name,
    kind,
    label: kind === 'customer' ? 'customer' : (words.get(kind) ?? 'party'),
    automatic: kind === automatic,
    present: party.presence === 'present',
    joined: party.presence !== 'known',
  };
}
