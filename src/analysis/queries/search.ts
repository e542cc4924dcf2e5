/** Which rows a filter's text is in. The bytes are looked at first; words are made only where they can matter. */
import type { ObservationIndex, RowIndex } from '../api/analysis.ts';
import type { Session } from '../sessions/session.ts';
import { ownText, payloadOf } from '../state/row-bytes.ts';
import type { TraceState } from '../state/trace-state.ts';
import { DIRECTIONS, TRANSPORTS } from '../tables/row-flags.ts';
import { NONE } from '../tables/row-table.ts';
import { partyName, readerOfRow, sessionOfRow } from './row-party.ts';
import { Needle } from './search-pattern.ts';
import { summaryOfRow, wordsNotOfTemplate } from './summary.ts';

/** What a row's direction and transport may say. */
const WAYS: readonly string[] = [...TRANSPORTS, ...DIRECTIONS];

/** Texts of one filter that are kept ready at a time. */
const TEXTS = 16;

/** Answers for a few texts at a time; what many rows share is looked up once a text. */
export class RowSearch {
  readonly #state: TraceState;
  readonly #searches = new Map<string, TextSearch>();
  #observations = -1;

  constructor(state: TraceState) {
    this.#state = state;
  }

  /** True if the text (in any case) is in the row's event, direction, transport, session, party, summary or bytes. */
  matches(row: RowIndex, text: string): boolean {
    if (text === '') return true;
    const { rows, observations } = this.#state;
    // Names of sessions and parties change as traffic comes: what was looked up is void then.
    if (observations.length !== this.#observations) {
      this.#observations = observations.length;
      this.#searches.clear();
    }
    let search = this.#searches.get(text);
    if (search === undefined) {
      if (this.#searches.size >= TEXTS) this.#searches.clear();
      search = new TextSearch(this.#state, text);
      this.#searches.set(text, search);
    }
    return rows.has(row) && search.isIn(row);
  }
}

/** All that is looked into of a row, a line each, with the strings of its bytes as they are read. */
export function searchedText(state: TraceState, row: RowIndex): string {
  const { rows } = state;
  if (!rows.has(row)) return '';
  const words = [
    rows.name(row),
    rows.transport(row),
    rows.direction(row),
    sessionOfRow(state, row)?.id,
    partyName(state, row),
    summaryOfRow(state, row),
    unescaped(ownText(state, row)),
  ];
  return words.filter((word) => word).join('\n');
}

/** JSON with its strings as they are read: people look for words, not for how a server writes them. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, letter: string) =>
    code === undefined ? (ESCAPED[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Where in a session the text is. A party's name counts only in the rows of that party. */
type InSession = 'id' | 'a party' | 'nowhere';

class TextSearch {
  readonly #state: TraceState;
  readonly #needle: Needle;
  readonly #words: readonly string[];
  /** By name: whether it holds the text, and which of the text's words the bytes must hold for its summary to. */
  readonly #names: (boolean | undefined)[] = [];
  readonly #templates: (readonly string[] | null | undefined)[][] = [];
  /** By the session and by the exchange that rows name. */
  readonly #sessions: (InSession | undefined)[] = [];
  readonly #transports: ReadonlySet<string>;
  /** Events of one answer follow one another: the answer is looked through once. */
  #carrier: ObservationIndex = NONE;
  #carrierText = '';
  #carrierHolds = false;
  /** Whether it has a backslash; null while nobody asked. */
  #carrierEscapes: boolean | null = null;

  constructor(state: TraceState, text: string) {
    this.#state = state;
    this.#needle = new Needle(text);
    this.#words = this.#needle.lower.split(/[^\p{L}\p{N}_.@-]+/u);
    this.#transports = new Set(WAYS.filter((way) => this.#needle.isIn(way)));
  }

  isIn(row: RowIndex): boolean {
    const { rows } = this.#state;
    if (this.#bytesHold(row) || this.#nameHolds(rows.nameId(row)) || this.#sessionHolds(row)) return true;
    if (this.#transports.size > 0) {
      if (this.#transports.has(rows.transport(row) ?? '') || this.#transports.has(rows.direction(row) ?? ''))
        return true;
    }
    return this.#mayBeInWords(row) && this.#needle.isIn(summaryOfRow(this.#state, row));
  }

  #bytesHold(row: RowIndex): boolean {
    const { rows, observations } = this.#state;
    // What stands under layers is written there with their escapes.
    if (rows.form(row) !== 'plain' || this.#state.wrapped.has(row)) {
      this.#carrier = NONE;
      this.#carrierText = ownText(this.#state, row);
      this.#carrierEscapes = null;
      return this.#needle.isIn(unescaped(this.#carrierText));
    }
    const carrier = rows.observation(row);
    if (carrier !== this.#carrier) {
      this.#carrier = carrier;
      this.#carrierText = payloadOf(observations[carrier])?.data ?? '';
      this.#carrierEscapes = null;
      this.#carrierHolds = this.#needle.isIn(this.#carrierText);
    }
    this.#carrierEscapes ??= this.#carrierText.includes('\\');
    if (!this.#carrierHolds && !this.#carrierEscapes) return false;
    const start = rows.start(row);
    const end = rows.end(row);
    if (end <= start) return false;
    if (!this.#carrierEscapes && start === 0 && end === this.#carrierText.length) return true;
    return this.#needle.isIn(unescaped(this.#carrierText.slice(start, end)));
  }

  #nameHolds(name: number): boolean {
    const known = this.#names[name];
    if (known !== undefined) return known;
    const holds = this.#needle.isIn(this.#state.rows.names.name(name));
    this.#names[name] = holds;
    return holds;
  }

  /** The session's id, or the name of the row's party in it. */
  #sessionHolds(row: RowIndex): boolean {
    const { rows, exchanges } = this.#state;
    const own = rows.session(row);
    const index = own === NONE && rows.exchange(row) !== NONE ? exchanges.session(rows.exchange(row)) : own;
    if (index === NONE) return false;
    let where = this.#sessions[index];
    if (where === undefined) {
      where = this.#whereIn(this.#state.sessions.at(index));
      this.#sessions[index] = where;
    }
    if (where === 'nowhere' || where === 'id') return where === 'id';
    if (rows.party(row) === NONE) return false;
    const party = this.#state.sessions.at(index)?.party(rows.parties.name(rows.party(row)));
    return party !== undefined && this.#needle.isIn(party.name || party.kind);
  }

  #whereIn(session: Session | undefined): InSession {
    if (session === undefined) return 'nowhere';
    if (this.#needle.isIn(session.id)) return 'id';
    // Who has no name is shown by the part it plays.
    if (this.#needle.isIn(`customer ${session.protocol.parties.automatic}`)) return 'a party';
    for (const party of session.parties.values()) {
      if (this.#needle.isIn(party.name)) return 'a party';
    }
    return 'nowhere';
  }

  /** The summary says what the bytes do not: the words of its template, and what JSON writes with a backslash. */
  #mayBeInWords(row: RowIndex): boolean {
    const { rows } = this.#state;
    const kind = rows.kind(row);
    if (kind !== 'event' && kind !== 'replay') return true;
    this.#carrierEscapes ??= this.#carrierText.includes('\\');
    if (this.#carrierEscapes && ownText(this.#state, row).includes('\\')) return true;
    const name = rows.nameId(row);
    const { index, protocol } = readerOfRow(this.#state, row) ?? this.#state.firstReader;
    this.#templates[index] ??= [];
    const templates = this.#templates[index] ?? [];
    let foreign = templates[name];
    if (foreign === undefined) {
      foreign = wordsNotOfTemplate(protocol, rows.names.name(name), this.#words);
      templates[name] = foreign;
    }
    if (foreign === null) return false;
    if (rows.party(row) !== NONE && this.#partyHasOneOf(row, foreign)) return true;
    const lower = ownText(this.#state, row).toLowerCase();
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
