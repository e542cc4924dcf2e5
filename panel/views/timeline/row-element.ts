/**
 * The elements of one row of the timeline. They are made once and written into by hand, only where a text differs:
 * while a person scrolls, every row becomes another one in every frame, and that has to be cheap.
 */
import type { RowIndex, RowView } from '../../../src/analysis/analysis.ts';
import { bytes, clock, hueOf, milliseconds, shortId } from '../../format/format.ts';
import { partsOfName } from './event-name.tsx';

/** A cell of a row: its class, and its column's title; what has no title on the screen has one that is spoken. */
export const COLUMNS = [
  { name: 'mark', title: '', spoken: 'Worst finding' },
  { name: 'time', title: 'Time' },
  { name: 'direction', title: '', spoken: 'Direction' },
  { name: 'transport', title: 'Transport' },
  { name: 'event', title: 'Event' },
  { name: 'session', title: 'Session' },
  { name: 'party', title: 'Party' },
  { name: 'summary', title: 'Summary' },
  { name: 'size', title: 'Size' },
] as const satisfies readonly { name: string; title: string; spoken?: string }[];
type ColumnName = (typeof COLUMNS)[number]['name'];

/** What a person calls the transports. */
const TRANSPORT_NAMES = {
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
  readonly #arrow = make('span', '');
  readonly #arrowWord = text();
  readonly #transport = text();
  readonly #prefix = text();
  readonly #name = text();
  readonly #session: HTMLElement;
  readonly #sessionId = text();
  readonly #party = text();
  readonly #tags: HTMLElement[] = [];
  readonly #summary = text();
  readonly #size = text();
  #view: RowView | null = null;
  #position = -1;
  /** The cell that tells its whole text to who points at it. */
  #titled: HTMLElement | null = null;

  constructor() {
    this.element.setAttribute('role', 'row');
    this.element.setAttribute('aria-selected', 'false');
    this.#mark.append(this.#markWord);
    this.#arrow.append(this.#arrowWord);
    const contents: Record<ColumnName, readonly Node[]> = {
      mark: [this.#mark],
      time: [this.#clock, make('span', 'cell-ms', this.#fraction)],
      direction: [this.#arrow],
      transport: [this.#transport],
      event: [make('span', 'prefix', this.#prefix), this.#name],
      session: [this.#sessionId],
      party: [this.#party],
      summary: [this.#summary],
      size: [this.#size],
    };
    const cell = (name: ColumnName) => {
      const made = make('span', `cell cell-${name}`, ...contents[name]);
      made.setAttribute('role', 'gridcell');
      return made;
    };
    this.#session = cell('session');
    this.element.append(...COLUMNS.map(({ name }) => (name === 'session' ? this.#session : cell(name))));
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
    if (view.kind !== was?.kind || view.severity !== was?.severity) {
      this.element.className = rowClass(view);
    }
    if (view.severity !== was?.severity) this.#showSeverity(view.severity);
    if (view.direction !== was?.direction) this.#showDirection(view.direction);
    if (view.event !== was?.event) {
      const [prefix, name] = partsOfName(view.event);
      write(this.#prefix, prefix);
      write(this.#name, name);
    }
    if (view.session !== was?.session) this.#showSession(view.session);
    if (view.truncated !== was?.truncated || view.source !== was?.source) this.#showTags(view);
    write(this.#clock, clock(view.wallTime));
    write(this.#fraction, milliseconds(view.wallTime));
    write(this.#transport, view.transport === null ? '' : TRANSPORT_NAMES[view.transport]);
    write(this.#party, view.party);
    write(this.#summary, view.summary);
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

  #showSeverity(severity: RowView['severity']): void {
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

  #showTags({ truncated, source }: RowView): void {
    for (const tag of this.#tags.splice(0)) tag.remove();
    if (truncated) this.#tags.push(make('span', 'cut', text('cut')));
    if (source === 'devtools.network') {
      const tag = make('span', 'by-devtools', text('DevTools'));
      tag.title = 'Seen by DevTools, not by the page’s hook';
      this.#tags.push(tag);
    }
    this.#summary.before(...this.#tags);
  }

  #showSession(session: string | null): void {
    this.#session.className = `cell cell-session${session === null ? '' : ' session-chip'}`;
    if (session !== null) this.#session.style.setProperty('--hue', String(hueOf(session)));
    write(this.#sessionId, session === null ? '' : shortId(session));
  }
}

function rowClass(view: RowView): string {
  const severity = view.severity === null ? '' : ` row-${view.severity}`;
  return `row row-kind-${view.kind}${severity}`;
}

function wholeText(view: RowView, cell: HTMLElement): string {
  for (const name of ['event', 'session', 'party', 'summary'] as const) {
    if (cell.classList.contains(`cell-${name}`)) return view[name] ?? '';
  }
  return '';
}

function make(tag: 'div' | 'span', name: string, ...inside: readonly Node[]): HTMLElement {
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
