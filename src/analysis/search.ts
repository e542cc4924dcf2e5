/** Which rows a filter's text is in. The bytes are looked at first; words are made only where they can matter. */
import type { RowIndex } from './analysis.ts';
import { ownText } from './row-text.ts';
import { sessionOfRow } from './row-view.ts';
import { summaryOfRow, wordsNotOfTemplate } from './summary.ts';
import type { TraceState } from './trace-state.ts';

/** Answers for one text after the other; what many rows share is looked up once a text. */
export class RowSearch {
  readonly #state: TraceState;
  #needle = '';
  #lower = '';
  #words: readonly string[] = [];
  #totalRows = -1;
  readonly #names = new Map<number, boolean>();
  readonly #sessions = new Map<number, boolean>();
  readonly #templates = new Map<number, readonly string[] | null>();

  constructor(state: TraceState) {
    this.#state = state;
  }

  /** True if the text (in any case) is in the row's event, direction, transport, session, party, summary or bytes. */
  matches(row: RowIndex, needle: string): boolean {
    if (needle === '') return true;
    const { rows } = this.#state;
    // Names of sessions and parties change as rows come: what was looked up is void then.
    if (needle !== this.#needle || rows.length !== this.#totalRows) this.#prepare(needle);
    if (!rows.has(row)) return false;
    const text = ownText(this.#state, row);
    const lower = text.toLowerCase();
    if (lower.includes(this.#lower)) return true;
    if (this.#nameHolds(rows.nameId(row)) || this.#sessionHolds(row)) return true;
    if (this.#holds(rows.transport(row)) || this.#holds(rows.direction(row))) return true;
    return this.#mayBeInWords(row, lower) && this.#holds(summaryOfRow(this.#state, row));
  }

  #prepare(needle: string): void {
    this.#needle = needle;
    this.#lower = needle.toLowerCase();
    this.#words = this.#lower.split(/[^\p{L}\p{N}_.@-]+/u);
    this.#totalRows = this.#state.rows.length;
    this.#names.clear();
    this.#sessions.clear();
    this.#templates.clear();
  }

  #holds(text: string | null): boolean {
    return text !== null && text.length >= this.#lower.length && text.toLowerCase().includes(this.#lower);
  }

  #nameHolds(name: number): boolean {
    return remembered(this.#names, name, () => this.#holds(this.#state.rows.names.name(name)));
  }

  /** The session's id, or the name of the row's party in it. */
  #sessionHolds(row: RowIndex): boolean {
    const session = sessionOfRow(this.#state, row);
    if (session === undefined) return false;
    if (remembered(this.#sessions, session.index * 2, () => this.#holds(session.id))) return true;
    const { rows } = this.#state;
    if (rows.party(row) < 0) return false;
    const someName = remembered(this.#sessions, session.index * 2 + 1, () => {
      return (
        [...session.parties.values()].some((party) => this.#holds(party.name)) ||
        this.#holds('customer scenario')
      );
    });
    if (!someName) return false;
    const party = session.party(rows.parties.name(rows.party(row)));
    return party !== undefined && this.#holds(party.name || party.kind);
  }

  /** The summary says what the bytes do not: the words of its template, and what JSON writes with a backslash. */
  #mayBeInWords(row: RowIndex, lower: string): boolean {
    const { rows } = this.#state;
    const kind = rows.kind(row);
    if (kind !== 'event' && kind !== 'replay') return true;
    if (lower.includes('\\')) return true;
    const name = rows.nameId(row);
    let foreign = this.#templates.get(name);
    if (foreign === undefined) {
      foreign = wordsNotOfTemplate(rows.names.name(name), this.#words);
      this.#templates.set(name, foreign);
    }
    if (foreign === null) return false;
    if (rows.party(row) >= 0 && this.#partyHasOneOf(row, foreign)) return true;
    return foreign.every((word) => lower.includes(word));
  }

  #partyHasOneOf(row: RowIndex, words: readonly string[]): boolean {
    const { rows } = this.#state;
    const name = sessionOfRow(this.#state, row)
      ?.party(rows.parties.name(rows.party(row)))
      ?.name.toLowerCase();
    return name !== undefined && words.some((word) => name.includes(word));
  }
}

function remembered(cache: Map<number, boolean>, key: number, find: () => boolean): boolean {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const found = find();
  cache.set(key, found);
  return found;
}
