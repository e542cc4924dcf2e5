/** Which rows a filter's text is in. The bytes are looked at first; words are made only where they can matter. */
import type { RowIndex } from './analysis.ts';
import { ownText } from './row-text.ts';
import { partyName, sessionOfRow } from './row-view.ts';
import { summaryMayHold, summaryOfRow } from './summary.ts';
import type { TraceState } from './trace-state.ts';

export class RowSearch {
  readonly #state: TraceState;
  #needle = '';
  #lower = '';
  #pattern = /(?:)/;
  #quoted = false;
  readonly #names = new Map<number, boolean>();
  readonly #sessions = new Map<number, boolean>();
  readonly #wordy = new Map<number, boolean>();

  constructor(state: TraceState) {
    this.#state = state;
  }

  matches(row: RowIndex, needle: string): boolean {
    if (needle === '') return true;
    if (needle !== this.#needle) this.#prepare(needle);
    const { rows } = this.#state;
    if (!rows.has(row)) return false;
    const text = ownText(this.#state, row);
    if (text !== '' && this.#pattern.test(text)) return true;
    if (this.#nameHolds(rows.nameId(row)) || this.#sessionHolds(row)) return true;
    if (this.#holds(rows.transport(row)) || this.#holds(rows.direction(row))) return true;
    if (rows.party(row) >= 0 && this.#holds(partyName(this.#state, row))) return true;
    if (!this.#mayBeInWords(row, text)) return false;
    return this.#holds(summaryOfRow(this.#state, row));
  }

  #prepare(needle: string): void {
    this.#needle = needle;
    this.#lower = needle.toLowerCase();
    this.#pattern = new RegExp(needle.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
    // What JSON writes with a backslash stands otherwise in the words than in the bytes.
    this.#quoted = needle.length > 0;
    this.#names.clear();
    this.#sessions.clear();
    this.#wordy.clear();
  }

  #holds(text: string | null): boolean {
    return text !== null && text.length >= this.#lower.length && text.toLowerCase().includes(this.#lower);
  }

  #nameHolds(name: number): boolean {
    return remembered(this.#names, name, () => this.#holds(this.#state.rows.names.name(name)));
  }

  #sessionHolds(row: RowIndex): boolean {
    const session = this.#state.rows.session(row);
    return remembered(this.#sessions, session, () => this.#holds(sessionOfRow(this.#state, row)?.id ?? null));
  }

  #mayBeInWords(row: RowIndex, text: string): boolean {
    const { rows } = this.#state;
    const kind = rows.kind(row);
    if (kind !== 'event' && kind !== 'replay') return true;
    if (this.#quoted && (text.includes('\\') || text.includes('<'))) return true;
    const name = rows.nameId(row);
    return remembered(this.#wordy, name, () => summaryMayHold(rows.names.name(name), this.#lower));
  }
}

function remembered(cache: Map<number, boolean>, key: number, find: () => boolean): boolean {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const found = find();
  cache.set(key, found);
  return found;
}
