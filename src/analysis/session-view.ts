/** A session as views and exports see it. */
import type { SessionView } from './analysis.ts';
import type { Session } from './session.ts';

export function sessionView(session: Session): SessionView {
  return {
    id: session.id,
    chatId: session.chatId,
    state: session.state,
    live: session.end === null,
    eventCount: session.eventCount,
    startedAt: Number.isFinite(session.startedAt) ? session.startedAt : 0,
    lastAt: Number.isFinite(session.lastAt) ? session.lastAt : 0,
    transports: [...session.transports],
    parties: [...session.parties.values()].map((party) => ({
      id: party.id,
      name: party.name,
      kind: session.isCustomer(party.id) ? 'customer' : party.kind,
      present: party.presence === 'present',
      joined: party.presence !== 'known',
    })),
  };
}
