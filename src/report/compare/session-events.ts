/**
 * The events of a session as they are compared: each as two things, a number for all that is fixed in it and the numbers
 * of its references. Values are not kept: they are read again where two events differ.
 */
import type { Analysis, Direction, EventSeq, RowIndex, RowView } from '../../analysis/api/analysis.ts';
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import type { FieldDeclaration } from '../../protocol/declaration.ts';
import { parseExactJson } from '../../text/exact-json.ts';
import { isObject, type JsonObject } from '../../text/json-object.ts';
import { isReplaced, nameWithoutWords } from './erased-words.ts';
import { type Leaf, type LeafContext, leavesOf } from './leaves.ts';
import { ReferencePool } from './reference-pool.ts';

export interface ComparedEvent {
  readonly row: RowIndex;
  /** Null for a call of the API that carries no event: one that opens the chat, or that was refused. */
  readonly seq: EventSeq | null;
  readonly wallTime: number;
  readonly direction: Direction | null;
  /** The event's name, or what the call is. */
  readonly name: string;
  /** Equal where the name is, or would be before a redaction. */
  readonly kind: number;
  /** Equal where all is equal but references and what is muted. */
  readonly shape: number;
  readonly references: readonly number[];
  /** The leaves in three numbers each: the path, the fixed part, and how many references. In the order of paths. */
  readonly leaves: readonly number[];
  /** Equal for the same text, character by character. */
  readonly text: number;
}

/** One side of a comparison. */
export interface ComparedSession {
  readonly analysis: Analysis;
  /** Id of the session. */
  readonly id: string;
  readonly protocol: ChatProtocol;
  readonly events: readonly ComparedEvent[];
}

/** What both sides share: numbers for equal things. */
export class ComparedTexts {
  readonly references = new ReferencePool();
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

export type Words = LeafContext['words'];

/** Rows in one step: a millisecond or two. */
const STEP = 200;

/** Reads the events of a session, in the order of the trace, in steps. `rows`: those of `sessionRows`. */
export function* sessionEvents(
  analysis: Analysis,
  id: string,
  rows: readonly RowView[],
  texts: ComparedTexts,
  words: Words,
): Generator<void, ComparedSession, undefined> {
  const protocol = protocolOf(analysis, id);
  const events: ComparedEvent[] = [];
  for (const [at, row] of rows.entries()) {
    if (at % STEP === STEP - 1) yield;
    const text = ownText(analysis, row.index);
    const references: number[] = [];
    const leaves: number[] = [];
    const kind = words === 'kept' ? nameOf(row) : kindWithoutWords(protocol, row);
    for (const { path, fixed, references: named } of leavesOfText(analysis, protocol, row, text, words)) {
      leaves.push(texts.number(pathKey(path)), texts.number(fixed), named.length);
      for (const name of named) references.push(texts.references.number(name));
    }
    events.push({
      ...{ row: row.index, seq: row.seq, wallTime: row.wallTime, direction: row.direction },
      name: nameOf(row),
      ...{ kind: texts.number(kind), shape: texts.number(`${kind} ${row.direction} ${leaves.join(' ')}`) },
      ...{ references, leaves },
      text: texts.number(text),
    });
  }
  return { analysis, id, protocol, events };
}

/** The rows of a session that are compared, looked for in steps: its events, the calls that open it, and the answers that refuse something. */
export function* sessionRows(analysis: Analysis, id: string): Generator<void, RowView[], undefined> {
  const rows: RowView[] = [];
  for (let index = 0; index < analysis.totals.rows; index += 1) {
    if (index % STEP === STEP - 1) yield;
    const row = analysis.row(index);
    if (row.session !== id) continue;
    if (row.kind === 'event' || (row.kind === 'exchange' && isCompared(analysis, row))) rows.push(row);
  }
  return rows;
}

/** The leaves of a row's event or body; empty where it is no JSON object. */
export function leavesOfRow(analysis: Analysis, protocol: ChatProtocol, row: RowView, words: Words): Leaf[] {
  return leavesOfText(analysis, protocol, row, ownText(analysis, row.index), words);
}

function leavesOfText(
  analysis: Analysis,
  protocol: ChatProtocol,
  row: RowView,
  text: string,
  words: Words,
): Leaf[] {
  const value = rowValue(analysis, protocol, row, text);
  if (value === null) return [];
  return leavesOf(value, declaredFields(protocol, row), { protocol, wallTime: row.wallTime, words });
}

/** So many rows tell whether a session is redacted: a redaction replaces in all. */
const SAMPLE = 500;

/** What a redaction has left of a session: all, what people wrote alone, or nothing of them. */
export type Redacted = 'no' | 'but for texts' | 'yes';

/** Tells by the rows: a value that was replaced is one token from end to end, which nobody writes. */
export function redactionOf(analysis: Analysis, id: string, rows: readonly RowView[]): Redacted {
  const protocol = protocolOf(analysis, id);
  const step = Math.ceil(rows.length / SAMPLE);
  let tokens = false;
  let texts = false;
  for (const row of rows.filter((_, at) => at % step === 0)) {
    for (const { sensitive, value } of leavesOfRow(analysis, protocol, row, 'kept')) {
      if (typeof value !== 'string' || value === '') continue;
      const token = isReplaced(value);
      tokens ||= token;
      texts ||= sensitive && !token;
    }
  }
  if (!tokens) return 'no';
  return texts ? 'but for texts' : 'yes';
}

function protocolOf(analysis: Analysis, id: string): ChatProtocol {
  const own = analysis.session(id)?.protocol;
  const [first] = analysis.protocols;
  const protocol = analysis.protocols.find((each) => each.id === own) ?? first;
  if (protocol === undefined) throw new Error('an analysis has at least one protocol');
  return protocol;
}

function isCompared(analysis: Analysis, row: RowView): boolean {
  const exchange = analysis.exchangeOfRow(row.index);
  if (exchange === null || exchange.kind !== 'http') return false;
  if (row.direction === 'in') return exchange.status !== null && exchange.status >= 400;
  return row.direction === 'out' && opensChat(analysis, row);
}

function opensChat(analysis: Analysis, row: RowView): boolean {
  const exchange = analysis.exchangeOfRow(row.index);
  const protocol = analysis.protocols.find(({ id }) => id === row.protocol);
  if (exchange === null || protocol === undefined) return false;
  return protocol.endpoint(exchange.method, exchange.url)?.operation.role === 'begin';
}

function nameOf(row: RowView): string {
  return row.kind === 'event' || row.direction !== 'in' ? row.event : `${row.event}: ${row.summary}`;
}

/** What an answer says in words is a person's, or may be. */
function kindWithoutWords(protocol: ChatProtocol, row: RowView): string {
  return row.kind === 'event' ? nameWithoutWords(protocol, row.event) : row.event;
}

function declaredFields(protocol: ChatProtocol, row: RowView): readonly FieldDeclaration[] {
  if (row.kind !== 'event' || row.direction === null) return [];
  return protocol.declaration(row.event, row.direction)?.fields ?? [];
}

/** The event as it came; of bytes, and under escapes of a wrapper, put together of its fields. */
function rowValue(
  analysis: Analysis,
  { envelope }: ChatProtocol,
  { index, kind, event }: RowView,
  text: string,
): JsonObject | null {
  if (text !== '') {
    const value = parseExactJson(text)?.value;
    if (isObject(value)) return value;
  }
  const fields = analysis.decoded(index)?.fields.filter(({ presence }) => presence === 'present') ?? [];
  if (kind !== 'event' && fields.length === 0) return null;
  const name = kind === 'event' ? [[envelope.type, event]] : [];
  return Object.fromEntries([...name, ...fields.map(({ path, value }) => [String(path.at(-1)), value])]);
}

function ownText(analysis: Analysis, row: RowIndex): string {
  const carrier = analysis.carrier(row);
  return carrier?.encoding === 'text' && carrier.slice !== null ? carrier.text.slice(...carrier.slice) : '';
}

function pathKey(path: Leaf['path']): string {
  return path.length === 1 ? String(path[0]) : JSON.stringify(path);
}
