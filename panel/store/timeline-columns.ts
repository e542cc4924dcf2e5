/** The timeline's columns: what there is, what a person made of them, and how wide they are in how wide a panel. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Preferences } from './preferences.ts';

/** A cell of a row: its class, and its column's title; what has no title on the screen has one that is spoken. */
export const COLUMNS = [
  { name: 'mark', title: '', spoken: 'Worst finding' },
  { name: 'time', title: 'Time' },
  { name: 'previous', title: '+Prev.' },
  { name: 'direction', title: '', spoken: 'Direction' },
  { name: 'transport', title: 'Transport' },
  { name: 'event', title: 'Event' },
  { name: 'session', title: 'Session' },
  { name: 'party', title: 'Party' },
  { name: 'summary', title: 'Summary' },
  { name: 'took', title: 'Took' },
  { name: 'size', title: 'Size' },
] as const satisfies readonly { name: string; title: string; spoken?: string }[];
export type ColumnName = (typeof COLUMNS)[number]['name'];
export type Column = (typeof COLUMNS)[number];

export const titleOf = (column: Column): string => ('spoken' in column ? column.spoken : column.title);

/** What makes a row readable at all: neither hidden nor, the first one, moved. */
export const FIXED: readonly ColumnName[] = ['mark', 'event'];

type Widths = Readonly<Partial<Record<ColumnName, string>>>;

/**
 * The widths in a timeline that is wider than `above` pixels; a column that has none has no room there. The style sheet's
 * container queries say the same for a timeline that nobody has changed, so that it needs no script to be drawn.
 */
const TIERS: readonly { readonly above: number; readonly widths: Widths }[] = [
  {
    above: 860,
    widths: {
      ...{
        mark: '20px',
        time: 'calc(11.6ch + 10px)',
        previous: '62px',
        direction: '20px',
        transport: '76px',
      },
      ...{ event: 'minmax(120px, 210px)', session: '96px', party: 'minmax(64px, 130px)' },
      ...{ summary: 'minmax(120px, 1fr)', took: '64px', size: '58px' },
    },
  },
  {
    above: 620,
    widths: {
      ...{
        mark: '20px',
        time: 'calc(11.6ch + 10px)',
        previous: '58px',
        direction: '20px',
        transport: '72px',
      },
      ...{ event: 'minmax(96px, 150px)', session: '92px', summary: 'minmax(100px, 1fr)' },
      ...{ took: '60px', size: '56px' },
    },
  },
  {
    above: 420,
    widths: {
      ...{ mark: '20px', time: 'calc(7.6ch + 10px)', direction: '20px', event: 'minmax(90px, 140px)' },
      ...{ session: '92px', summary: 'minmax(80px, 1fr)' },
    },
  },
  {
    above: Number.NEGATIVE_INFINITY,
    widths: {
      ...{ mark: '18px', time: 'calc(7.6ch + 8px)', direction: '18px', event: 'minmax(70px, 104px)' },
      ...{ session: '30px', summary: 'minmax(80px, 1fr)' },
    },
  },
];

/** The least and the most that a person may make of a column, pixels. */
export const LEAST_WIDTH = 24;
export const MOST_WIDTH = 1_000;

/** What a person made of the columns. */
export interface ColumnChoice {
  readonly order: readonly ColumnName[];
  readonly hidden: readonly ColumnName[];
  /** Pixels. */
  readonly widths: Readonly<Partial<Record<ColumnName, number>>>;
}

export const NAMES: readonly ColumnName[] = COLUMNS.map(({ name }) => name);
const UNCHANGED: ColumnChoice = { order: NAMES, hidden: [], widths: {} };

/** The column that takes what room is left, where it is shown. */
const FLEXIBLE: ColumnName = 'summary';

/** How wide a timeline must be, in pixels, for a column to have room: 0 where it always has. */
export function neededFor(name: ColumnName): number {
  const narrowest = TIERS.filter(({ widths }) => widths[name] !== undefined).at(-1);
  return Math.max(0, narrowest?.above ?? 0);
}

/** The value of `grid-template-columns` for what a person chose, in so many pixels. */
export function templateFor({ order, hidden, widths }: ColumnChoice, room: number): string {
  const tier = TIERS.find(({ above }) => room > above)?.widths ?? {};
  const shown = order.filter((name) => !hidden.includes(name) && tier[name] !== undefined);
  // Something must take the room that is left.
  const last = shown.includes(FLEXIBLE) ? FLEXIBLE : 'event';
  return shown
    .map((name) => {
      const width = widths[name];
      if (name === last) return `minmax(${width ?? 80}px, 1fr)`;
      return width === undefined ? tier[name] : `${width}px`;
    })
    .join(' ');
}

/** Reads what was remembered; whatever does not fit is as it is at first. */
export function parseChoice(text: string): ColumnChoice {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return UNCHANGED;
  }
  if (typeof value !== 'object' || value === null) return UNCHANGED;
  const { order, hidden, widths } = value as Record<string, unknown>;
  const named = (list: unknown): ColumnName[] =>
    Array.isArray(list) ? NAMES.filter((name) => list.includes(name)) : [];
  const given = Array.isArray(order) ? order.filter((name): name is ColumnName => NAMES.includes(name)) : [];
  const whole = new Set<ColumnName>(['mark', ...given, ...NAMES]);
  const pixels = Object.entries(typeof widths === 'object' && widths !== null ? widths : {}).filter(
    ([name, width]) =>
      NAMES.some((each) => each === name) && typeof width === 'number' && Number.isFinite(width),
  );
  return {
    order: [...whole],
    hidden: named(hidden).filter((name) => !FIXED.includes(name)),
    widths: Object.fromEntries(pixels.map(([name, width]) => [name, within(Number(width))])),
  };
}

const within = (width: number): number => Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));

export class TimelineColumns {
  /** False in a report, which has no list of them. */
  offered = true;
  readonly choice: ReadonlySignal<ColumnChoice>;
  /** Those that are drawn, in their order. */
  readonly shown: ReadonlySignal<readonly ColumnName[]>;
  /** Width of the timeline, pixels. */
  readonly room: Signal<number> = signal(0);
  readonly #choice: Signal<ColumnChoice>;
  readonly #preferences: Preferences;

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    this.#choice = signal(parseChoice(preferences.read('columns', '')));
    this.choice = this.#choice;
    let before: readonly ColumnName[] = [];
    this.shown = computed(() => {
      const { order, hidden } = this.#choice.value;
      const now = order.filter((name) => !hidden.includes(name));
      // The same list as long as it is: with another one all rows are drawn anew.
      if (now.join() !== before.join()) before = now;
      return before;
    });
  }

  /** True while nobody has changed anything. */
  get unchanged(): boolean {
    const { order, hidden, widths } = this.#choice.value;
    return order.join() === NAMES.join() && hidden.length === 0 && Object.keys(widths).length === 0;
  }

  toggle(name: ColumnName): void {
    if (FIXED.includes(name)) return;
    const { hidden } = this.#choice.peek();
    this.#set({ hidden: hidden.includes(name) ? hidden.filter((each) => each !== name) : [...hidden, name] });
  }

  /** Moves a column so many places on; the first one stays the first. */
  move(name: ColumnName, by: number): void {
    const order = [...this.#choice.peek().order];
    const from = order.indexOf(name);
    const to = Math.min(order.length - 1, Math.max(1, from + by));
    if (from < 1 || to === from) return;
    order.splice(from, 1);
    order.splice(to, 0, name);
    this.#set({ order });
  }

  /** In pixels; null for what it is at first. */
  resize(name: ColumnName, width: number | null): void {
    const { [name]: _before, ...others } = this.#choice.peek().widths;
    this.#set({ widths: width === null ? others : { ...others, [name]: within(width) } });
  }

  reset(): void {
    this.#set(UNCHANGED);
  }

  #set(part: Partial<ColumnChoice>): void {
    this.#choice.value = { ...this.#choice.peek(), ...part };
    this.#preferences.write('columns', JSON.stringify(this.#choice.peek()));
  }
}
