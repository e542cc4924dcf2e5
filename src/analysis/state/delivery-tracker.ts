/** Follows what the page sends of what people say: sent, sent again, echoed, delivered, read. */

import type { Role } from '../../protocol/event-type.ts';
import { shortened } from '../../text/humanize.ts';
import { textOf } from '../../text/json-object.ts';
import type { ExchangeId, RowIndex } from '../api/analysis.ts';
import type { Fate, FateKind } from '../api/fate.ts';
import { LOST } from '../api/fate.ts';
import { attemptsOf, type SentMessage } from '../sessions/sent-message.ts';
import type { Session } from '../sessions/session.ts';
import type { EventContext } from './event-context.ts';
import type { ErrorAnswer } from './moments.ts';
import type { TraceState } from './trace-state.ts';

const SAID: ReadonlySet<Role> = new Set(['message', 'file', 'form-data']);

/** An event of the page's: a message whose way is known at once is settled at once. */
export function trackSent(state: TraceState, context: EventContext): void {
  const { kind, event, session, row, carrier } = context;
  const { exchange } = carrier;
  const { exchanges } = state;
  const { role, fields } = kind;
  const isSocket = exchanges.kind(exchange) === 'socket';
  if (carrier.dropped) state.sent.drop(row);
  if (!SAID.has(role)) return;
  const words = role === 'file' ? fields.fileTitle(event) : fields.text(event);
  const id = role === 'form-data' ? fields.formReference(event) : fields.messageId(event);
  const message = addSent(state, { row, exchange, key: `${role} ${id ?? words}`, words }, session);
  if (isSocket || !exchanges.running(exchange)) settle(state, message);
}

/** The exchange has ended: what it carried has arrived or not. */
export function trackDeliveries(state: TraceState, exchange: ExchangeId): void {
  const messages = state.sent.underWay(exchange);
  if (messages.length === 0) return;
  for (const message of messages) settle(state, message);
  state.sent.settle(exchange);
}

/** It is one message, however often it was sent: what was said of it before holds no more. */
function settle(state: TraceState, message: SentMessage): void {
  const { row, exchange } = message;
  state.touched.push(row);
  if (message.mark !== null) return;
  const way = wayOf(state, row, exchange);
  const lost = LOST.has(way.kind);
  if (lost || way.kind === 'accepted' || way.kind === 'sent') takeBack(state, message);
  if (!lost) return;
  const session = state.sessions.at(state.rows.session(row));
  state.moments.push({
    what: 'message lost',
    session,
    message,
    way,
    attempts: attemptsOf(message).map((each) => each.row),
  });
}

function takeBack(state: TraceState, message: SentMessage): void {
  for (const each of attemptsOf(message)) state.takeBackLoss(each.row);
}

/** An answer that says no. Gives what its code means. */
export function trackRefusal(state: TraceState, answer: ErrorAnswer): string | null {
  const { exchange, row, status, code } = answer;
  const meaning = wordsOfError(answer);
  state.sent.refuse(exchange, { row, status, code, meaning });
  return meaning;
}

/** What an error code means: the documents' words, or the server's where those are a pattern that it fills in. */
function wordsOfError({ protocol, code, message }: ErrorAnswer): string | null {
  const known = code === null ? undefined : protocol.errorCode(code);
  const said = known === undefined || /[[{]/.test(known.message) ? message : null;
  return said === null ? (known?.message ?? null) : shortened(said);
}

/** Adds a message to what the page has sent; `session` is undefined before there is one. */
export function addSent(
  state: TraceState,
  sent: Pick<SentMessage, 'row' | 'exchange' | 'key' | 'words'>,
  session: Session | undefined,
): SentMessage {
  const earlier = session === undefined ? null : sentBefore(state, sent, session);
  const attempt = (earlier?.attempt ?? 0) + 1;
  const message: SentMessage = { ...sent, earlier, attempt, mark: null, markRow: null };
  state.sent.add(message, session, state.exchanges.kind(sent.exchange) === 'http');
  return message;
}

/** The same message, where the page has sent it and it did not arrive. */
function sentBefore(
  state: TraceState,
  { key, words }: Pick<SentMessage, 'key' | 'words'>,
  session: Session,
): SentMessage | null {
  const same = session.sentMessages?.get(key);
  if (same !== undefined && same.words === words && isLost(state, same)) return same;
  // A page may give it another id each time: then nothing else was sent between.
  const { lastSent } = session;
  const again = lastSent !== null && words !== '' && lastSent.words === words && isLost(state, lastSent);
  return again ? lastSent : null;
}

/** True for a message that is known not to have arrived. */
export function isLost(state: TraceState, message: SentMessage): boolean {
  return LOST.has(wayOf(state, message.row, message.exchange).kind) && message.mark === null;
}

const RANKS = { echoed: 1, delivered: 2, read: 3 } as const;

/** An event of the server's: what it says has arrived did arrive, whatever became of the request. */
export function trackReceipt(state: TraceState, context: EventContext): void {
  const message = receiptOf(state, context);
  if (message !== null) takeBack(state, message);
}

function receiptOf(state: TraceState, context: EventContext): SentMessage | null {
  const { kind, event, session, row, partyId } = context;
  const sent = session.sentMessages;
  if (sent === null) return null;
  const { role, fields } = kind;
  if (role === 'message-delivered' || role === 'message-read') {
    const reference = fields.messageReference(event);
    const message =
      reference === null ? undefined : (sent.get(`message ${reference}`) ?? sent.get(`file ${reference}`));
    return mark(state, message, role === 'message-read' ? 'read' : 'delivered', row);
  }
  if ((role !== 'message' && role !== 'file') || partyId === null || !session.isCustomer(partyId))
    return null;
  const words = role === 'file' ? fields.fileTitle(event) : fields.text(event);
  const own = sent.get(`${role} ${fields.messageId(event) ?? words}`);
  const { lastSent } = session;
  const echoed = own?.words === words ? own : lastSent?.words === words ? lastSent : undefined;
  return mark(state, echoed, 'echoed', row);
}

function mark(
  state: TraceState,
  message: SentMessage | undefined,
  what: keyof typeof RANKS,
  row: RowIndex,
): SentMessage | null {
  if (message === undefined) return null;
  if (message.mark !== null && RANKS[message.mark] >= RANKS[what]) return null;
  message.mark = what;
  message.markRow = row;
  state.touched.push(message.row);
  return message;
}

/** How a row that the page sent fared on its way, whatever later events say. */
export function wayOf(state: TraceState, row: RowIndex, exchange: ExchangeId): Omit<Fate, 'attempts'> {
  const { exchanges, observations } = state;
  const response = observations[exchanges.response(exchange)];
  const status = response?.kind === 'response' && response.status > 0 ? response.status : null;
  const way = { row: null, status, code: null, reason: '' };
  const refusal = state.sent.refusal(exchange);
  if (state.sent.isDropped(row)) {
    return { ...way, kind: 'dropped', status: null, reason: 'the socket was closing or closed' };
  }
  if (exchanges.kind(exchange) === 'socket') return { ...way, kind: 'sent', status: null };
  if (refusal !== undefined) {
    const { code, meaning } = refusal;
    return {
      kind: 'refused',
      row: refusal.row,
      status: refusal.status ?? status,
      code,
      reason: meaning ?? '',
    };
  }
  if (status !== null && status >= 400) return { ...way, kind: 'refused' };
  const last = observations[exchanges.last(exchange)];
  switch (exchanges.outcome(exchange)) {
    case 'failed': {
      const reason = last?.kind === 'error' ? last.message : '';
      return { ...way, kind: exchanges.transport(exchange) === 'beacon' ? 'dropped' : 'failed', reason };
    }
    case 'aborted':
      return { ...way, kind: 'given up', reason: textOf(last?.kind === 'abort' ? last.reason : '') ?? '' };
    case 'pending':
    case 'open':
      return { ...way, kind: pendingKind(state, exchange) };
    default:
      return { ...way, kind: status === null ? 'sent' : 'accepted' };
  }
}

function pendingKind(state: TraceState, exchange: ExchangeId): 'sent' | 'waiting' | 'cut off' {
  const { exchanges } = state;
  if (exchanges.transport(exchange) === 'beacon') return 'sent';
  const document = exchanges.documents.at(exchanges.document(exchange));
  return exchange < (document?.goneBefore ?? 0) ? 'cut off' : 'waiting';
}

/** What became of what the page sent of what people say, counted; what was sent again is one message. */
export function countFates(state: TraceState): Partial<Record<FateKind, number>> {
  const counts: Partial<Record<FateKind, number>> = {};
  for (const { row, exchange, mark } of state.sent.latest()) {
    const kind = mark ?? wayOf(state, row, exchange).kind;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** What became of a row that the page sent; null for any other row. */
export function fateOf(state: TraceState, row: RowIndex): Fate | null {
  const { rows } = state;
  const exchange = rows.exchange(row);
  const isSaid = rows.kind(row) === 'event' || state.sent.of(row) !== undefined;
  if (rows.direction(row) !== 'out' || !isSaid || !state.exchanges.has(exchange)) return null;
  const way = wayOf(state, row, exchange);
  const message = state.sent.of(row);
  if (message === undefined) return { ...way, attempts: [row] };
  const attempts = attemptsOf(message).map((each) => each.row);
  if (message.mark === null) return { ...way, attempts };
  return { kind: message.mark, row: message.markRow, status: null, code: null, reason: '', attempts };
}
