/** Answers for single facts of rows, straight from the tables. */

import type { Severity } from '../../protocol/declaration.ts';
import type { Role } from '../../protocol/event-type.ts';
import { isObject } from '../../text/json-object.ts';
import { letterOf, type RowFacts, type RowPlace, type Topic } from '../api/facts.ts';
import type { Fate } from '../api/fate.ts';
import type { Direction, ExchangeId, RowIndex, RowKind, Transport } from '../api/ids.ts';
import { fateOf } from '../state/delivery-tracker.ts';
import { eventOfRow } from '../state/row-bytes.ts';
import type { TraceState } from '../state/trace-state.ts';
import { NONE } from '../tables/row-table.ts';
import { originOf, partyName, readerOfRow, sessionOfRow } from './row-party.ts';
import { sizeOfRow, tookOf } from './row-view.ts';
import { searchedText } from './search.ts';

/** Values and names of one row: a hostile event may have a million. */
const LIMIT = 1_000;

export class TraceFacts implements RowFacts {
  readonly #state: TraceState;

  constructor(state: TraceState) {
    this.#state = state;
  }

  kind(row: RowIndex): RowKind {
    return this.#state.rows.kind(row);
  }

  event(row: RowIndex): string {
    return this.#state.rows.name(row);
  }

  topic(row: RowIndex): Topic | null {
    const { rows } = this.#state;
    const kind = rows.kind(row);
    if (kind !== 'event' && kind !== 'replay') return null;
    const reader = readerOfRow(this.#state, row);
    return reader === undefined ? null : TOPIC_OF_ROLE[reader.protocol.eventType(rows.name(row)).role];
  }

  direction(row: RowIndex): Direction | null {
    return this.#state.rows.direction(row);
  }

  transport(row: RowIndex): Transport | null {
    return this.#state.rows.transport(row);
  }

  exchange(row: RowIndex): ExchangeId | null {
    const exchange = this.#state.rows.exchange(row);
    return exchange === NONE ? null : exchange;
  }

  session(row: RowIndex): string | null {
    return sessionOfRow(this.#state, row)?.id ?? null;
  }

  letter(row: RowIndex): string | null {
    const session = sessionOfRow(this.#state, row);
    return session === undefined || session.ordinal === NONE ? null : letterOf(session.ordinal);
  }

  party(row: RowIndex): string {
    return partyName(this.#state, row);
  }

  time(row: RowIndex): number {
    return this.#state.rows.wallTime(row);
  }

  size(row: RowIndex): number {
    return sizeOfRow(this.#state, row);
  }

  took(row: RowIndex): number | null {
    return tookOf(this.#state, row);
  }

  status(row: RowIndex): number | null {
    const { rows, exchanges, observations } = this.#state;
    const exchange = rows.exchange(row);
    const response = exchange === NONE ? undefined : observations[exchanges.response(exchange)];
    return response?.kind === 'response' && response.status > 0 ? response.status : null;
  }

  url(row: RowIndex): string {
    const { rows, exchanges, observations } = this.#state;
    const exchange = rows.exchange(row);
    const first = observations[exchange === NONE ? rows.observation(row) : exchanges.first(exchange)];
    return first !== undefined && 'url' in first ? first.url : '';
  }

  origin(row: RowIndex): string | null {
    const { rows, observations } = this.#state;
    return originOf(this.#state, observations[rows.observation(row)]?.documentId);
  }

  place(row: RowIndex): RowPlace {
    const { rows } = this.#state;
    return { observation: rows.observation(row), event: rows.place(row) };
  }

  flagged(row: RowIndex): boolean {
    return this.#state.flags.has(row);
  }

  truncated(row: RowIndex): boolean {
    return this.#state.rows.truncated(row);
  }

  fate(row: RowIndex): Fate | null {
    return fateOf(this.#state, row);
  }

  severity(row: RowIndex): Severity | null {
    return this.#state.rows.severity(row);
  }

  findings(row: RowIndex): readonly { readonly rule: string; readonly severity: Severity }[] {
    return this.#state.rows.has(row) ? this.#state.findings.groupsOfRow(row) : [];
  }

  text(row: RowIndex): string {
    return searchedText(this.#state, row);
  }

  values(row: RowIndex, path: readonly string[]): readonly string[] {
    const found: string[] = [];
    collect(
      eventOfRow(this.#state, row),
      path.map((name) => name.toLowerCase()),
      0,
      found,
    );
    return found;
  }

  fieldNames(row: RowIndex): readonly string[] {
    const names = new Set<string>();
    collectNames(eventOfRow(this.#state, row), '', names);
    return [...names];
  }
}

/** Adds the values below `path` from its `at`-th name on. Parsed JSON is at most 200 levels deep. */
function collect(value: unknown, path: readonly string[], at: number, found: string[]): void {
  if (found.length >= LIMIT) return;
  if (Array.isArray(value)) {
    for (const element of value) collect(element, path, at, found);
  } else if (isObject(value)) {
    const wanted = path[at];
    for (const name of Object.keys(value)) {
      if (wanted === undefined || name.toLowerCase() === wanted) collect(value[name], path, at + 1, found);
    }
  } else if (at >= path.length && value !== undefined) {
    found.push(String(value));
  }
}

function collectNames(value: unknown, prefix: string, names: Set<string>): void {
  if (Array.isArray(value)) {
    for (const element of value) collectNames(element, prefix, names);
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      if (names.size >= LIMIT) return;
      names.add(prefix + name);
      collectNames(value[name], `${prefix}${name}.`, names);
    }
  }
}

const TOPIC_OF_ROLE: Readonly<Record<Role, Topic | null>> = {
  ...{ message: 'message', 'message-edited': 'message', 'message-deleted': 'message' },
  ...{ 'message-delivered': 'message', 'message-read': 'message' },
  ...{ status: 'status', ended: 'status', 'inactivity-timeout': 'status', 'timeout-warning': 'status' },
  ...{ joined: 'party', left: 'party' },
  ...{ typing: 'typing', 'not-typing': 'typing' },
  ...{ file: 'form', 'form-show': 'form', 'form-data': 'form', 'form-cancel': 'form' },
  ...{ opening: 'status', 'client-end': 'status', other: null },
};
