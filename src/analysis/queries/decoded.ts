/** An event or a body field by field, beside what the documents say of it. */
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import type { EventDeclaration, FieldDeclaration } from '../../protocol/declaration.ts';
import { durationInWords, offsetInWords } from '../../text/humanize.ts';
import { asDouble, isObject, type JsonObject, textOf } from '../../text/json-object.ts';
import type { DecodedEvent, DecodedField, Finding, JsonPath, RowIndex } from '../api/analysis.ts';
import { eventOfRow } from '../state/row-bytes.ts';
import type { TraceState } from '../state/trace-state.ts';
import { NONE } from '../tables/row-table.ts';
import { nameOfParty, readerOfRow, sessionOfRow } from './row-party.ts';

/** A hostile event may have a million keys: more are not shown. */
const FIELD_LIMIT = 1_000;

export function decodedRow(
  state: TraceState,
  row: RowIndex,
  findings: readonly Finding[],
): DecodedEvent | null {
  if (!state.rows.has(row)) return null;
  const kind = state.rows.kind(row);
  if (kind !== 'event' && kind !== 'replay' && kind !== 'exchange' && kind !== 'frame') return null;
  const value = eventOfRow(state, row);
  if (value === null) return null;
  const { protocol } = readerOfRow(state, row) ?? state.firstReader;
  const place: Place = { state, protocol, row, findings, left: { fields: FIELD_LIMIT } };
  if (kind === 'event' || kind === 'replay') {
    const name = state.rows.name(row);
    const declaration = protocol.declaration(name, state.rows.direction(row) ?? 'in');
    return { ...headOf(name, declaration), fields: fieldsOf(place, value, declaration?.fields ?? [], []) };
  }
  const fields = bodyFieldsOf(place, value);
  return { ...headOf(state.rows.name(row), undefined), fields: fieldsOf(place, value, fields, []) };
}

interface Place {
  readonly state: TraceState;
  readonly protocol: ChatProtocol;
  readonly row: RowIndex;
  readonly findings: readonly Finding[];
  /** How many fields may still be shown. */
  readonly left: { fields: number };
}

function headOf(name: string, declaration: EventDeclaration | undefined): Omit<DecodedEvent, 'fields'> {
  return {
    name,
    title: declaration?.title ?? null,
    meaning: declaration?.meaning ?? null,
    evidence: declaration?.evidence ?? null,
    source: declaration === undefined ? null : declaration.source.label,
  };
}

function bodyFieldsOf({ state, protocol, row }: Place, value: JsonObject): readonly FieldDeclaration[] {
  const exchange = state.rows.exchange(row);
  if (exchange === NONE) return [];
  const operation = state.exchanges.operation(exchange);
  const failed = state.rows.direction(row) === 'in' && protocol.bodies.isError(value);
  const role = failed ? 'error' : state.rows.direction(row) === 'out' ? 'request' : 'answer';
  return protocol.bodyFields(operation, role) ?? [];
}

/** Fields as they came, and behind them the declared ones that did not come. */
function fieldsOf(
  place: Place,
  value: JsonObject,
  declared: readonly FieldDeclaration[],
  path: JsonPath,
): DecodedField[] {
  const byName = new Map(declared.map((field) => [field.name, field]));
  const fields: DecodedField[] = [];
  for (const key of Object.keys(value)) {
    if (place.left.fields <= 0) break;
    if (path.length === 0 && key === place.protocol.envelope.type) continue;
    fields.push(presentField(place, value[key], byName.get(key), [...path, key]));
  }
  for (const field of declared) {
    if (!Object.hasOwn(value, field.name)) fields.push(absentField(place, field, [...path, field.name]));
  }
  return fields;
}

function presentField(
  place: Place,
  value: unknown,
  declaration: FieldDeclaration | undefined,
  path: JsonPath,
): DecodedField {
  place.left.fields -= 1;
  return {
    path,
    value,
    type: typeOf(value),
    readable: declaration === undefined ? null : readable(place, value, declaration),
    ...documented(declaration),
    presence: 'present',
    findings: place.findings.filter((finding) => samePath(finding.path, path)),
    children: childrenOf(place, value, declaration?.members ?? [], path),
  };
}

function absentField(place: Place, declaration: FieldDeclaration, path: JsonPath): DecodedField {
  return {
    path,
    value: undefined,
    type: 'absent',
    readable: null,
    ...documented(declaration),
    presence:
      declaration.presence === 'required' && declaration.absentIsLoose !== true ? 'missing' : 'absent',
    findings: place.findings.filter((finding) => samePath(finding.path, path)),
    children: [],
  };
}

function documented(declaration: FieldDeclaration | undefined) {
  return {
    meaning: declaration?.meaning ?? null,
    documentedType: declaration?.type ?? null,
    evidence: declaration?.evidence ?? null,
    source: declaration === undefined ? null : declaration.source.label,
    sensitive: declaration?.sensitive ?? false,
  };
}

function childrenOf(
  place: Place,
  value: unknown,
  members: readonly FieldDeclaration[],
  path: JsonPath,
): readonly DecodedField[] {
  if (Array.isArray(value)) {
    const children: DecodedField[] = [];
    for (let at = 0; at < value.length && place.left.fields > 0; at += 1) {
      children.push(presentField(place, value[at], undefined, [...path, at]));
    }
    return children;
  }
  return isObject(value) ? fieldsOf(place, value, members, path) : [];
}

function readable(place: Place, value: unknown, declaration: FieldDeclaration): string | null {
  switch (declaration.format) {
    case 'timestamp': {
      const at = place.protocol.timestamp(value);
      if (at === null) return null;
      const session = sessionOfRow(place.state, place.row);
      const offset =
        session !== undefined && Number.isFinite(session.startedAt) ? at - session.startedAt : null;
      return offset === null
        ? localTime(at)
        : `${localTime(at)} (${offsetInWords(offset)} from the session's start)`;
    }
    case 'seconds': {
      const text = textOf(value) ?? '';
      return /^\d{1,9}$/.test(text) ? durationInWords(Number(text)) : null;
    }
    case 'party':
    case 'chat-id':
      return typeof value === 'string' ? nameOfParty(place.state, place.row, value) : null;
    default:
      return declaration.values?.find((each) => each.value === value)?.meaning ?? null;
  }
}

function localTime(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof asDouble(value);
}

function samePath(one: JsonPath, other: JsonPath): boolean {
  return one.length === other.length && one.every((part, at) => part === other[at]);
}
