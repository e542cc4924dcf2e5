/**
 * The elements of one row of the timeline. They are made once and written into by hand, only where a text differs:
 * while a person scrolls, every row becomes another one in every frame, and that has to be cheap.
 */
import type { RowIndex, RowView } from '../../../src/analysis/api/analysis.ts';
import { FATE_NAMES, fateInWords, fateTone } from '../../../src/analysis/api/fate.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import {
  bytes,
  clock,
  count,
  duration,
  hueOf,
  milliseconds,
  pauseLength,
  sessionName,
} from '../../format/format.ts';
import type { SaidNote } from '../../store/note-index.ts';
import type { ColumnName } from '../../store/timeline-columns.ts';
import { partsOfName } from './event-name.tsx';

/** What a person calls the transports. */
export const TRANSPORT_NAMES = {
  xhr: 'XHR',
  fetch: 'fetch',
  websocket: 'WebSocket',
  eventsource: 'SSE',
  beacon: 'beacon',
  http: 'HTTP',
} as const;

/** Id of a row while it is chosen; no other row has one. */
export const chosenId = (row: RowIndex) => `row-${row}`;

export class RowElement {
  readonly element = make('div', 'row');
  readonly #mark = make('span', '');
  readonly #markWord = text();
  readonly #clock = text();
  readonly #fraction = text();
  readonly #pause = text();
  /** A cell whose line is as long as the pause. */
  readonly #pauseLine = make('span', 'pause', this.#pause);
  readonly #arrow = make('span', '');
  readonly #arrowWord = text();
  readonly #transport = text();
  readonly #prefix = text();
  readonly #name = text();
  readonly #session: HTMLElement;
  readonly #sessionId = text();
  readonly #party = text();
  readonly #tags: HTMLElement[] = [];
  readonly #origin = text();
  readonly #originPart = make('bdi', 'row-origin', this.#origin);
  readonly #summary = text();
  readonly #summaryBox = make('bdi', '', this.#summary);
  readonly #took = text();
  readonly #size = text();
  /** What became of what the page sent: a box only in the rows that have it. */
  #fate: HTMLElement | null = null;
  /** A person's flag: a box only in the rows that have it. */
  #flag: HTMLElement | null = null;
  #view: RowView | null = null;
  #position = -1;
  #line = '';
  #ring = false;
  #notes: HTMLElement | null = null;
  #saysOrigin = false;
  /** The cell that tells its whole text to who points at it. */
  #titled: HTMLElement | null = null;

  /** @param columns those that it has cells for, in their order */
  constructor(columns: readonly ColumnName[]) {
    this.element.setAttribute('role', 'row');
    this.element.setAttribute('aria-selected', 'false');
    this.#mark.append(this.#markWord);
    this.#arrow.append(this.#arrowWord);
    const contents: Record<ColumnName, readonly Node[]> = {
      mark: [this.#mark],
      time: [this.#clock, make('span', 'cell-ms', this.#fraction)],
      previous: [this.#pauseLine],
      direction: [this.#arrow],
      transport: [this.#transport],
      event: [make('span', 'prefix', this.#prefix), make('bdi', '', this.#name)],
      session: [this.#sessionId],
      party: [this.#party],
      summary: [this.#originPart, this.#summaryBox],
      took: [this.#took],
      size: [this.#size],
    };
    const cell = (name: ColumnName) => {
      // A cell that holds nothing but captured text is set apart as a whole: no box more.
      const captured = name === 'session' || name === 'party';
      const made = make(captured ? 'bdi' : 'span', `cell cell-${name}`, ...contents[name]);
      made.setAttribute('role', 'gridcell');
      return made;
    };
    this.#session = cell('session');
    this.element.append(...columns.map((name) => (name === 'session' ? this.#session : cell(name))));
  }

  /** Its place in the list as it is filtered, from 0. */
  get position(): number {
    return this.#position;
  }

  set position(position: number) {
    if (position === this.#position) return;
    this.#position = position;
    // The head is the first row.
    this.element.setAttribute('aria-rowindex', String(position + 2));
  }

  /** Marks it as the chosen one; null: it is not. */
  choose(chosen: RowIndex | null): void {
    const id = chosen === null ? '' : chosenId(chosen);
    if (id === this.element.id) return;
    this.element.setAttribute('aria-selected', String(chosen !== null));
    this.element.id = id;
  }

  /** Shows what a row holds now. */
  fill(view: RowView): void {
    const was = this.#view;
    this.#view = view;
    this.#untitle();
    if (view.seq !== was?.seq || view.kind !== was?.kind) this.#identify(view);
    if (view.flag?.number !== was?.flag?.number || view.flag?.text !== was?.flag?.text) this.#showFlag(view);
    if (view.kind !== was?.kind || view.severity !== was?.severity || view.flag !== was?.flag) {
      this.element.className = rowClass(view);
    }
    if (view.severity !== was?.severity) this.#showSeverity();
    if (view.direction !== was?.direction) this.#showDirection(view.direction);
    if (view.event !== was?.event || view.protocol !== was.protocol) {
      const [prefix, name] = partsOfName(view);
      write(this.#prefix, prefix);
      write(this.#name, shownText(name));
    }
    if (view.session !== was?.session || view.letter !== was.letter) this.#showSession(view);
    if (view.truncated !== was?.truncated || view.source !== was?.source || view.served !== was?.served)
      this.#showTags(view);
    this.#showOrigin();
    write(this.#clock, clock(view.wallTime));
    write(this.#fraction, milliseconds(view.wallTime));
    write(this.#transport, view.transport === null ? '' : TRANSPORT_NAMES[view.transport]);
    if (view.party !== was?.party) write(this.#party, shownText(view.party));
    if (view.summary !== was?.summary) write(this.#summary, shownText(view.summary));
    this.#showFate(view);
    write(this.#took, view.took === null ? '' : duration(view.took));
    write(this.#size, view.size > 0 ? bytes(view.size) : '');
  }

  /** Has the cell under the pointer tell its text in full, where the row shows less. */
  title(cell: HTMLElement): void {
    const whole = this.#view && wholeText(this.#view, cell);
    if (!whole) return;
    this.#untitle();
    this.#titled = cell;
    cell.title = whole;
  }

  #untitle(): void {
    this.#titled?.removeAttribute('title');
    this.#titled = null;
  }

  #identify({ seq, kind }: RowView): void {
    const { dataset } = this.element;
    if (seq === null) {
      delete dataset.seq;
      dataset.kind = kind;
    } else {
      dataset.seq = String(seq);
      delete dataset.kind;
    }
  }

  /** Says the notes that are said at this row, and whether a row that has notes says so by a ring. */
  sayNotes(notes: readonly SaidNote[], everyRow: boolean): void {
    const words = notes.map(noteInWords).join(' · ');
    if (words !== (this.#notes?.textContent ?? '')) {
      this.#notes?.remove();
      this.#notes = words === '' ? null : make('span', 'row-notes', text(words));
      if (this.#notes) this.#summaryBox.after(this.#notes);
    }
    const ring = everyRow || words !== '';
    if (ring === this.#ring) return;
    this.#ring = ring;
    this.#showSeverity();
  }

  #showSeverity(): void {
    const worst = this.#view?.severity ?? null;
    const severity = worst === 'note' && !this.#ring ? null : worst;
    this.#mark.className = severity === null ? '' : `mark mark-${severity}`;
    this.#mark.title = severity ?? '';
    write(this.#markWord, severity ?? '');
  }

  /** The style sheet draws the arrow; the word is there for who hears or reads the row as text. */
  #showDirection(direction: RowView['direction']): void {
    const inward = direction === 'in';
    this.#arrow.className = direction === null ? '' : `arrow arrow-${direction}`;
    this.#arrow.title = direction === null ? '' : inward ? 'from the server' : 'from the page';
    write(this.#arrowWord, direction === null ? '' : inward ? 'received' : 'sent');
  }

  #showTags({ truncated, source, served }: RowView): void {
    for (const tag of this.#tags.splice(0)) tag.remove();
    if (truncated) this.#tags.push(make('span', 'cut', text('cut')));
    if (source === 'devtools.network') {
      const tag = make('span', 'by-devtools', text('DevTools'));
      tag.title = 'Seen by DevTools, not by the page’s hook';
      this.#tags.push(tag);
    }
    if (served) {
      const tag = make('span', 'by-devtools', text('service worker'));
      tag.title = 'Answered by a service worker, not by the network';
      this.#tags.push(tag);
    }
    this.#originPart.before(...this.#tags);
  }

  #showFlag({ flag }: RowView): void {
    this.#flag?.remove();
    this.#flag = null;
    if (flag === null) return;
    const number = make('span', 'flag', make('span', 'spoken', text('mark ')), text(String(flag.number)));
    this.#flag = make('span', 'row-flag', number, make('bdi', '', text(shownText(flag.text))));
    this.#originPart.before(this.#flag);
  }

  #showFate({ fate }: RowView): void {
    const words = fate === null ? '' : fateInWords(fate);
    if (words === (this.#fate?.title ?? '')) return;
    this.#fate?.remove();
    this.#fate = null;
    if (fate === null) return;
    this.#fate = make('span', `fate fate-${fateTone(fate)}`, text(FATE_NAMES[fate.kind]));
    this.#fate.title = shownText(words);
    this.#summaryBox.after(this.#fate);
  }

  /** Whether a row says the origin of its document: where there are several. */
  sayOrigin(says: boolean): void {
    if (says === this.#saysOrigin) return;
    this.#saysOrigin = says;
    this.#showOrigin();
  }

  #showOrigin(): void {
    const origin = this.#saysOrigin ? (this.#view?.origin ?? null) : null;
    write(this.#origin, origin === null ? '' : shownText(origin.replace(/^https?:\/\//, '')));
  }

  /** How long after the row above it in the list it came, milliseconds; null for the first. */
  sayPause(ms: number | null): void {
    write(this.#pause, ms === null ? '' : ms < 1 ? '0' : duration(ms));
    const line = ms === null ? '0' : `${pauseLength(ms)}px`;
    if (line === this.#line) return;
    this.#line = line;
    this.#pauseLine.style.backgroundSize = `${line} 2px`;
  }

  #showSession({ session, letter }: RowView): void {
    this.#session.className = `cell cell-session${session === null ? '' : ' session-chip'}`;
    if (session !== null) this.#session.style.setProperty('--hue', String(hueOf(letter ?? '')));
    write(this.#sessionId, session === null ? '' : shownText(sessionName(letter, session)));
  }
}

/** "timestamp unit ×41": the rule's own name; its sentence stands in the details. */
function noteInWords({ rule, count: times }: SaidNote): string {
  const name = rule.slice(rule.indexOf('/') + 1).replaceAll('-', ' ');
  return times === 1 ? name : `${name} ×${count(times)}`;
}

function rowClass(view: RowView): string {
  const severity = view.severity === null ? '' : ` row-${view.severity}`;
  const flag = view.flag === null ? '' : ' row-flagged';
  return `row row-kind-${view.kind}${severity}${flag}`;
}

function wholeText(view: RowView, cell: HTMLElement): string {
  for (const name of ['event', 'session', 'party', 'summary'] as const) {
    if (cell.classList.contains(`cell-${name}`)) return shownText(view[name] ?? '');
  }
  return '';
}

function make(tag: 'div' | 'span' | 'bdi', name: string, ...inside: readonly Node[]): HTMLElement {
  const made = document.createElement(tag);
  if (name !== '') made.className = name;
  made.append(...inside);
  return made;
}

function text(content = ''): Text {
  return document.createTextNode(content);
}

function write(node: Text, value: string): void {
  if (node.data !== value) node.data = value;
}
