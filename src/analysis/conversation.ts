/**
 * What was said in a session, as a person would tell it: each message once, with what became of it. Made on demand from
 * the session's rows, so that a trace pays for it only where somebody looks.
 */

import type { DocumentId } from '../observation/observation.ts';
import type {
  ConversationEntry,
  ConversationView,
  Direction,
  FormEntry,
  MessageEntry,
  RowIndex,
} from './analysis.ts';
import { isObject } from './carriage.ts';
import { type EventObject, partyOf, roleOf, textField } from './happening.ts';
import { eventOfRow } from './row-text.ts';
import { nameOfParty, sessionOfRow } from './row-view.ts';
import type { Session } from './session.ts';
import { sessionView } from './session-view.ts';
import { summaryOfRow } from './summary.ts';
import type { TraceState } from './trace-state.ts';
import { shortened } from './words.ts';

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
  return { session: session.id, parties: sessionView(session).parties, entries: builder.entries };
}

type Writable<Entry> = { -readonly [Key in keyof Entry]: Entry[Key] };
type Message = Writable<MessageEntry> & {
  readonly edits: MessageEntry['edits'][number][];
  readonly copies: RowIndex[];
};
type Form = Writable<FormEntry>;

interface Told {
  readonly row: RowIndex;
  readonly event: EventObject;
  readonly direction: Direction;
  readonly replayed: boolean;
}

class ConversationBuilder {
  readonly entries: ConversationEntry[] = [];
  readonly #state: TraceState;
  readonly #session: Session;
  /** By msg_id; server and client count apart, and some clients use an id again. */
  readonly #messages = new Map<string, Message[]>();
  readonly #forms = new Map<string, Form>();
  readonly #documents = new Set<DocumentId>();

  constructor(state: TraceState, session: Session) {
    this.#state = state;
    this.#session = session;
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
    this.#tell({ row, event, direction: this.#sideOf(event, direction), replayed: kind === 'replay' });
  }

  #tell(told: Told): void {
    const { row, event, replayed } = told;
    const name = this.#state.protocol.canonicalName(this.#state.rows.name(row));
    switch (roleOf(name)) {
      case 'message':
        this.#message(told, 'message', textField(event, 'msg_text') ?? textField(event, 'msg') ?? '');
        return;
      case 'file':
        this.#message(
          told,
          'file',
          textField(event, 'file_name') ?? textField(event, 'file_url') ?? textField(event, 'file_id') ?? '',
        );
        return;
      case 'form-show':
        if (!replayed) this.#formShown(told, name.includes('secure'));
        return;
      case 'form-data':
      case 'form-cancel':
        if (!replayed) this.#formAnswered(told, roleOf(name) === 'form-cancel');
        return;
      case 'typing':
      case 'not-typing':
        return;
      case 'other':
        if (!replayed) this.#ofMessage(told, name);
        return;
      default:
        if (!replayed) this.#notice(row, summaryOfRow(this.#state, row));
    }
  }

  /** Request Chat may bring the customer's first words. */
  #initialMessage(row: RowIndex): void {
    const { rows, exchanges } = this.#state;
    if (rows.direction(row) !== 'out' || exchanges.operation(rows.exchange(row)) !== 'request-chat') return;
    const first = eventOfRow(this.#state, row)?.initial_message;
    if (!isObject(first)) return;
    this.#message(
      { row, event: first, direction: 'out', replayed: false },
      'message',
      textField(first, 'msg') ?? '',
    );
  }

  #message(told: Told, kind: 'message' | 'file', text: string): void {
    const { row, event, direction, replayed } = told;
    const msgId = textField(event, 'msg_id');
    const shown = cut(text);
    const known = msgId === null ? undefined : this.#known(msgId, direction, kind, shown);
    if (known !== undefined) {
      known.copies.push(row);
      if (!replayed) known.replayed = false;
      return;
    }
    const entry: Message = {
      kind,
      ...this.#placed(row, event, direction),
      msgId,
      text: shown,
      cut: shown.length < text.length,
      fileType: kind === 'file' ? textField(event, 'file_type') : null,
      edits: [],
      deleted: null,
      delivered: null,
      read: null,
      copies: [],
      replayed,
    };
    this.entries.push(entry);
    if (msgId === null) return;
    const same = this.#messages.get(msgId);
    if (same === undefined) this.#messages.set(msgId, [entry]);
    else same.push(entry);
  }

  /** The same message again: redelivered, echoed to its author, or replayed by the history. */
  #known(msgId: string, direction: Direction, kind: 'message' | 'file', text: string): Message | undefined {
    return this.#messages
      .get(msgId)
      ?.find(
        (one) =>
          one.direction === direction && one.kind === kind && (one.edits[0]?.before ?? one.text) === text,
      );
  }

  /** Edits, deletions, delivered and read marks. */
  #ofMessage(told: Told, name: string): void {
    const { row, event } = told;
    const what = CONSEQUENCES.get(name);
    if (what === undefined) return;
    // The vendor's own samples name the message by msg_id at times.
    const ref = textField(event, 'ref_msg_id') ?? textField(event, 'msg_id') ?? '';
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
    const text = cut(textField(event, 'msg_text') ?? textField(event, 'msg') ?? '');
    message.edits.push({ ...mark, before: message.text });
    message.text = text;
  }

  #referred(ref: string, direction: Direction): Message | undefined {
    const same = this.#messages.get(ref) ?? [];
    return same.findLast((one) => one.direction === direction) ?? same.at(-1);
  }

  #formShown({ row, event, direction }: Told, secure: boolean): void {
    const id = textField(event, 'form_request_id') ?? textField(event, 'form_id') ?? '';
    if (this.#forms.get(id)?.answered === null) return;
    const entry: Form = {
      kind: 'form',
      ...this.#placed(row, event, direction),
      name: cut(textField(event, 'form_name') ?? ''),
      secure,
      answered: null,
      cancelled: null,
    };
    this.#forms.set(id, entry);
    this.entries.push(entry);
  }

  #formAnswered({ row, event }: Told, cancelled: boolean): void {
    const form = this.#forms.get(textField(event, 'form_request_id') ?? textField(event, 'req_id') ?? '');
    if (form === undefined) this.#notice(row, summaryOfRow(this.#state, row));
    else if (cancelled) form.cancelled ??= this.#mark(row);
    // A sentence in place of data says that the client does not know the form.
    else if (typeof event.data !== 'string') form.answered ??= this.#mark(row);
  }

  #notice(row: RowIndex, text: string): void {
    const { rows } = this.#state;
    this.entries.push({ kind: 'notice', ...this.#mark(row), direction: rows.direction(row), text });
  }

  #placed(row: RowIndex, event: EventObject, direction: Direction) {
    const partyId = partyOf(event, 'file');
    return { ...this.#mark(row), direction, partyId, party: this.#nameOf(row, partyId, direction) };
  }

  #nameOf(row: RowIndex, partyId: string | null, direction: Direction): string {
    if (partyId === null) return direction === 'out' ? 'customer' : '';
    return nameOfParty(this.#state, row, partyId) ?? partyId;
  }

  /** Relays echo the customer's words, and the history has them too: they are the customer's all the same. */
  #sideOf(event: EventObject, direction: Direction): Direction {
    const partyId = textField(event, 'party_id');
    return partyId !== null && this.#session.isCustomer(partyId) ? 'out' : direction;
  }

  #documentOf(row: RowIndex): DocumentId {
    return this.#state.observations[this.#state.rows.observation(row)]?.documentId ?? '';
  }

  #mark(row: RowIndex) {
    return { row, seq: this.#state.rows.seq(row), wallTime: this.#state.rows.wallTime(row) };
  }
}

const CONSEQUENCES: ReadonlyMap<string, 'edited' | 'deleted' | 'delivered' | 'read'> = new Map([
  ['chat_session_message_edit', 'edited'],
  ['chat_session_message_delete', 'deleted'],
  ['chat_session_message_delivered', 'delivered'],
  ['chat_session_message_read', 'read'],
]);

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
