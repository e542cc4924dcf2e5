/** Whose a row is: its origin, session, protocol and party. */
import type { DocumentId } from '../../observation/observation.ts';
import type { RowIndex } from '../api/analysis.ts';
import type { ProtocolReader } from '../state/protocol-reader.ts';
import type { TraceState } from '../state/trace-state.ts';
import { NONE } from '../tables/row-table.ts';

/** The origin of a document, where it was said. */
export function originOf(state: TraceState, documentId: DocumentId | undefined): string | null {
  return documentId === undefined ? null : (state.exchanges.documents.find(documentId)?.origin ?? null);
}

export function sessionOfRow(state: TraceState, index: RowIndex) {
  const { rows, exchanges, sessions } = state;
  const own = rows.session(index);
  if (own !== NONE) return sessions.at(own);
  const exchange = rows.exchange(index);
  return exchange === NONE ? undefined : sessions.at(exchanges.session(exchange));
}

/** Whose traffic a row is: its session's, else its exchange's; undefined for what is no traffic of a protocol. */
export function readerOfRow(state: TraceState, index: RowIndex): ProtocolReader | undefined {
  const session = sessionOfRow(state, index);
  return session === undefined ? state.readerOf(state.rows.exchange(index)) : state.readerOfSession(session);
}

/** The party's name where it is known, else its id, else ''. */
export function partyName(state: TraceState, index: RowIndex): string {
  const party = state.rows.party(index);
  if (party === NONE) return '';
  const id = state.rows.parties.name(party);
  return nameOfParty(state, index, id) ?? id;
}

export function nameOfParty(state: TraceState, index: RowIndex, id: string): string | null {
  const session = sessionOfRow(state, index);
  const known = session?.party(id);
  if (known !== undefined && known.name !== '') return known.name;
  if (session?.isCustomer(id)) return 'customer';
  const automatic = session?.protocol.parties.automatic;
  return known !== undefined && known.kind === automatic ? automatic : null;
}
