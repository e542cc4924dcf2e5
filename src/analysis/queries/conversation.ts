/**
 * What was said in a session, as a person would tell it: each message once, with what became of it. Made on demand from
 * the session's rows, so that a trace pays for it only where somebody looks.
 */

import type { DocumentId } from '../../observation/observation.ts';
import type { EventFields } from '../../protocol/event-type.ts';
import { shortened } from '../../text/humanize.ts';
import { type JsonObject, textOf } from '../../text/json-object.ts';
import type {
  ConversationEntry,
  ConversationView,
  Direction,
  FormEntry,
  MessageEntry,
  RowIndex,
} from '../api/analysis.ts';
import type { Session } from '../sessions/session.ts';
import { fateOf } from '../state/delivery-tracker.ts';
import type { EventKind, EventKinds } from '../state/event-types.ts';
import { eventOfRow } from '../state/row-bytes.ts';
import type { TraceState } from '../state/trace-state.ts';
import { nameOfParty, sessionOfRow } from './row-party.ts';
import { sessionView } from './session-view.ts';
import { summaryOfRow } from './summary.ts';

/** Longer texts are cut: the details of the row have the whole. */
const TEXT_LIMIT = 2_000;

/** The conversation of a session; null for a session that is not there. */
export function conversationOf(state: TraceState, id: string): ConversationView | null {
  const session = state.sessions.find(id);
  if (session === undefined) return null;
  const builder = new ConversationBuilder(state, session);
  for (let row = 0; row < state.rows.length; row += 1) {
    if (sessionOfRow(state, row) === session) builder.take(row);
    else if (state.rows.kind(row) === 'gap') builder.takeGap(row);
  }
  builder.addFates();
  return { session: session.id, parties: sessionView(state, session).parties, entries: builder.entries };
}

type Writable<Entry> = { -readonly [Key in keyof Entry]: Entry[Key] };
type Message = Writable<MessageEntry> & {
  readonly edits: MessageEntry['edits'][number][];
  readonly copies: RowIndex[];
};
type Form = Writable<FormEntry>;

interface Latest {
  readonly any: Message;
  readonly in?: Message;
  readonly out?: Message;
}

interface Told {
  readonly row: RowIndex;
  readonly fields: EventFields;
  readonly event: JsonObject;
  readonly direction: Direction;
  readonly replayed: boolean;
}

class ConversationBuilder {
  readonly entries: ConversationEntry[] = [];
  readonly #state: TraceState;
  readonly #session: Session;
  /** By message id, kind, side and first text: some clients use an id again. */
  readonly #messages = new Map<string, Message>();
  /** By message id the latest, of either side and of each; server and client count apart. */
  readonly #latest = new Map<string, Latest>();
  /** By each row that the page sent. */
  readonly #sent = new Map<RowIndex, Message>();
  readonly #kinds: EventKinds;
  readonly #forms = new Map<string, Form>();
  readonly #documents = new Set<DocumentId>();

  constructor(state: TraceState, session: Session) {
    this.#state = state;
    this.#session = session;
    this.#kinds = state.readerOfSession(session).kinds;
  }

  /** What a document lost may have been of any of its sessions. */
  takeGap(row: RowIndex): void {
    if (this.#documents.has(this.#documentOf(row))) this.#notice(row, summaryOfRow(this.#state, row));
  }

  take(row: RowIndex): void {
    const { rows } = this.#state;
    this.#documents.add(this.#documentOf(row));
    const kind = rows.kind(row);
    if (kind !== 'event' && kind !== 'replay') {
      if (kind === 'exchange') this.#initialMessage(row);
      return;
    }
    const event = eventOfRow(this.#state, row);
    const direction = rows.direction(row);
    if (event === null || direction === null) return;
    const type = this.#kinds.of(rows.name(row));
    this.#tell(
      {
        row,
        fields: type.fields,
        event,
        direction: this.#sideOf(event, direction),
        replayed: kind === 'replay',
      },
      type,
    );
  }

  #tell(told: Told, { role, secure }: EventKind): void {
    const { row, event, fields, replayed } = told;
    switch (role) {
      case 'message':
        this.#message(told, 'message', fields.text(event));
        return;
      case 'file':
        this.#message(told, 'file', fields.fileTitle(event));
        return;
      case 'form-show':
        if (!replayed) this.#formShown(told, secure);
        return;
      case 'form-data':
      case 'form-cancel':
        if (!replayed) this.#formAnswered(told, role === 'form-cancel');
        return;
      case 'typing':
      case 'not-typing':
        return;
      case 'message-edited':
      case 'message-deleted':
      case 'message-delivered':
      case 'message-read':
        if (!replayed) this.#ofMessage(told, CONSEQUENCES[role]);
        return;
      case 'other':
        return;
      default:
        if (!replayed) this.#notice(row, summaryOfRow(this.#state, row));
    }
  }

  /** The request for a chat may bring the customer's first words. */
  #initialMessage(row: RowIndex): void {
    const { rows, exchanges } = this.#state;
    const { protocol } = this.#session;
    if (rows.direction(row) !== 'out') return;
    const body = eventOfRow(this.#state, row);
    const operation = exchanges.operation(rows.exchange(row));
    const first = body === null ? null : protocol.bodies.firstMessage(operation, body);
    if (first === null) return;
    const { fields } = protocol;
    this.#message(
      { row, fields, event: first, direction: 'out', replayed: false },
      'message',
      textOf(fields.content(first)) ?? '',
    );
  }

  #message(told: Told, kind: 'message' | 'file', text: string): void {
    const { row, event, fields, direction, replayed } = told;
    const msgId = fields.messageId(event);
    const shown = cut(text);
    // The same message again: redelivered, echoed to its author, or replayed by the history.
    const identity = `${kind} ${direction} ${JSON.stringify(msgId)} ${shown}`;
    const known = msgId === null ? undefined : this.#messages.get(identity);
    const again = this.#sentAgain(row);
    if (again !== undefined) {
      this.#sent.set(row, again);
      return;
    }
    if (known !== undefined) {
      known.copies.push(row);
      if (!replayed) known.replayed = false;
      return;
    }
    const entry: Message = {
      kind,
      ...this.#placed(told),
      msgId,
      text: shown,
      cut: shown.length < text.length,
      fileType: kind === 'file' ? fields.fileType(event) : null,
      edits: [],
      deleted: null,
      delivered: null,
      read: null,
      copies: [],
      fate: null,
      replayed,
    };
    this.entries.push(entry);
    if (this.#state.sent.of(row) !== undefined) this.#sent.set(row, entry);
    if (msgId === null) return;
    this.#messages.set(identity, entry);
    this.#latest.set(msgId, { ...this.#latest.get(msgId), any: entry, [direction]: entry });
  }

  /** The entry of the message that the page sends again with this row. */
  #sentAgain(row: RowIndex): Message | undefined {
    const earlier = this.#state.sent.of(row)?.earlier;
    return earlier === null || earlier === undefined ? undefined : this.#sent.get(earlier.row);
  }

  /** What became of each message, by the last time that it was sent. */
  addFates(): void {
    for (const [row, entry] of this.#sent) entry.fate = fateOf(this.#state, row);
  }

  /** Edits, deletions, delivered and read marks. */
  #ofMessage(told: Told, what: keyof typeof ORPHANS): void {
    const { row, event, fields } = told;
    const ref = fields.messageReference(event) ?? '';
    const message = this.#referred(
      ref,
      what === 'delivered' || what === 'read' ? opposite(told.direction) : told.direction,
    );
    if (message === undefined) {
      this.#notice(row, `${ORPHANS[what]} of message ${shortened(ref)}, which this trace does not have`);
      return;
    }
    const mark = this.#mark(row);
    if (what !== 'edited') {
      message[what] ??= mark;
      return;
    }
    const text = cut(fields.text(event));
    message.edits.push({ ...mark, before: message.text });
    message.text = text;
  }

  #referred(ref: string, direction: Direction): Message | undefined {
    const latest = this.#latest.get(ref);
    return latest?.[direction] ?? latest?.any;
  }

  #formShown(told: Told, secure: boolean): void {
    const { event, fields } = told;
    const id = fields.formReference(event) ?? '';
    if (this.#forms.get(id)?.answered === null) return;
    const entry: Form = {
      kind: 'form',
      ...this.#placed(told),
      name: cut(fields.formName(event) ?? ''),
      secure,
      answered: null,
      cancelled: null,
    };
    this.#forms.set(id, entry);
    this.entries.push(entry);
  }

  #formAnswered({ row, event, fields }: Told, cancelled: boolean): void {
    const form = this.#forms.get(fields.formReference(event) ?? '');
    if (form === undefined) this.#notice(row, summaryOfRow(this.#state, row));
    else if (cancelled) form.cancelled ??= this.#mark(row);
    else if (fields.answersForm(event)) form.answered ??= this.#mark(row);
  }

  #notice(row: RowIndex, text: string): void {
    const { rows } = this.#state;
    this.entries.push({ kind: 'notice', ...this.#mark(row), direction: rows.direction(row), text });
  }

  #placed({ row, event, fields, direction }: Told) {
    const partyId = fields.author(event);
    return { ...this.#mark(row), direction, partyId, party: this.#nameOf(row, partyId, direction) };
  }

  #nameOf(row: RowIndex, partyId: string | null, direction: Direction): string {
    if (partyId === null) return direction === 'out' ? 'customer' : '';
    return nameOfParty(this.#state, row, partyId) ?? partyId;
  }

  /** Relays echo the customer's words, and the history has them too: they are the customer's all the same. */
  #sideOf(event: JsonObject, direction: Direction): Direction {
    const partyId = this.#session.protocol.fields.party(event);
    return partyId !== null && this.#session.isCustomer(partyId) ? 'out' : direction;
  }

  #documentOf(row: RowIndex): DocumentId {
    return this.#state.observations[this.#state.rows.observation(row)]?.documentId ?? '';
  }

  #mark(row: RowIndex) {
    return { row, seq: this.#state.rows.seq(row), wallTime: this.#state.rows.wallTime(row) };
  }
}

const CONSEQUENCES = {
  'message-edited': 'edited',
  'message-deleted': 'deleted',
  'message-delivered': 'delivered',
  'message-read': 'read',
} as const;

const ORPHANS = {
  edited: 'edit',
  deleted: 'deletion',
  delivered: 'delivered mark',
  read: 'read mark',
} as const;

function opposite(direction: Direction): Direction {
  return direction === 'in' ? 'out' : 'in';
}

function cut(text: string): string {
  return text.length > TEXT_LIMIT ? text.slice(0, TEXT_LIMIT) : text;
}
