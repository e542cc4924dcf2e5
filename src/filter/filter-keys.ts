/** The keys of the filter: what each looks into, what it takes, and how a value is read. */
import {
  type Comparison,
  NUMBER_KEYS,
  type NumberKey,
  TEXT_KEYS,
  type Test,
  type TextKey,
  TIME_KEYS,
  type TimeKey,
  type TypedTime,
} from './filter-tree.ts';

export type FilterKey = TextKey | NumberKey | TimeKey | 'field';
export const FILTER_KEYS: readonly FilterKey[] = [
  'event',
  'session',
  'party',
  'field',
  'dir',
  'rule',
  'severity',
  'has',
  'after',
  'before',
  'took',
  'size',
  'transport',
  'fate',
  'status',
  'url',
  'origin',
  'kind',
];

/** What a key looks for, in a few words. */
export const KEY_TITLES: Readonly<Record<FilterKey, string>> = {
  event: 'an event’s name',
  session: 'a session’s letter or id',
  party: 'name or id',
  field: 'a field’s value, field.msg:"refund"',
  dir: 'in or out',
  rule: 'a rule’s id',
  severity: 'error, warning or note',
  has: 'problem, error, warning, note, …',
  after: 'a time, 14:05 or +2m',
  before: 'a time, 14:05 or +2m',
  took: 'how long the answer took, >5s',
  size: 'bytes, >10k',
  transport: 'xhr, fetch, ws, sse, …',
  fate: 'what became of what was sent',
  status: 'of the HTTP answer, >=400',
  url: 'of the request',
  origin: 'of the document',
  kind: 'message, typing, request, gap, …',
};

/** What a key with a fixed set of values takes; others take any text. */
export const CHOICES: Readonly<Partial<Record<FilterKey, readonly string[]>>> = {
  dir: ['in', 'out', 'received', 'sent'],
  severity: ['error', 'warning', 'note'],
  transport: ['xhr', 'fetch', 'websocket', 'ws', 'eventsource', 'sse', 'beacon', 'http'],
  kind: [
    ...['message', 'status', 'party', 'typing', 'form', 'request', 'event', 'replay', 'exchange', 'frame'],
    ...['socket', 'document', 'gap', 'page-error', 'annotation'],
  ],
  has: ['problem', 'error', 'warning', 'note', 'finding', 'session', 'party', 'fate', 'cut', 'mark'],
};

export function keyNamed(name: string): FilterKey | null {
  return FILTER_KEYS.find((key) => key === name.toLowerCase()) ?? null;
}

export const isTextKey = (key: FilterKey): key is TextKey => TEXT_KEYS.some((each) => each === key);
export const isNumberKey = (key: FilterKey): key is NumberKey => NUMBER_KEYS.some((each) => each === key);
export const isTimeKey = (key: FilterKey): key is TimeKey => TIME_KEYS.some((each) => each === key);

/** A test, or a sentence that says what the key takes. */
export type Read = { readonly test: Test } | { readonly fault: string };

const COMPARED = /^(<=|>=|<|>|=)?\s*(.*)$/s;

/** `size:>10k`, `took:<=250ms`, `status:404`. Without a sign it is equality. */
export function readNumber(key: NumberKey, typed: string): Read {
  const [, sign, figure = ''] = COMPARED.exec(typed) ?? [];
  const value = UNITS[key](figure.trim().toLowerCase());
  if (value === null) return { fault: `${key}: takes ${NUMBERS_TAKE[key]}, not “${typed}”.` };
  return { test: { on: key, compared: (sign ?? '=') as Comparison, value } };
}

const NUMBERS_TAKE: Readonly<Record<NumberKey, string>> = {
  size: 'bytes with a sign before, such as >10k or <=2M',
  took: 'a duration with a sign before, such as >5s, <250ms or >=1.5m',
  status: 'an HTTP status, such as 404 or >=400',
};

const UNITS: Readonly<Record<NumberKey, (figure: string) => number | null>> = {
  size: (figure) => withUnit(figure, { '': 1, b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6 }),
  took: duration,
  status: (figure) => (/^\d{3}$/.test(figure) ? Number(figure) : null),
};

function duration(figure: string): number | null {
  return withUnit(figure, { ms: 1, '': 1e3, s: 1e3, m: 6e4, min: 6e4, h: 36e5 });
}

function withUnit(figure: string, units: Readonly<Record<string, number>>): number | null {
  const [, digits, unit = ''] = /^(\d{1,12}(?:\.\d{1,6})?)\s*([a-z]*)$/.exec(figure) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return digits === undefined || factor === undefined ? null : Number(digits) * factor;
}

/** `12:30`, `12:30:05.120`, `+2m` from the trace's first row, `2026-11-29T12:30`. */
export function readTime(key: TimeKey, typed: string): Read {
  const time = typedTime(typed);
  if (time !== null) return { test: { on: key, time } };
  return {
    fault: `${key}: takes a time of the day as 12:30:05, or one from the start as +2m, not “${typed}”.`,
  };
}

function typedTime(typed: string): TypedTime | null {
  if (typed.startsWith('+')) {
    const ms = duration(typed.slice(1).toLowerCase());
    return ms === null ? null : { from: 'start', ms };
  }
  const [, hours, minutes, seconds = '0', fraction = ''] =
    /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?$/.exec(typed) ?? [];
  if (hours !== undefined) {
    const parts = [Number(hours), Number(minutes), Number(seconds)] as const;
    if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return null;
    const ms = parts[0] * 36e5 + parts[1] * 6e4 + parts[2] * 1e3 + Number(`0${fraction}`) * 1e3;
    return { from: 'day', ms: Math.round(ms) };
  }
  if (!/^\d{4}-\d{2}-\d{2}/.test(typed)) return null;
  const ms = Date.parse(typed);
  return Number.isNaN(ms) ? null : { from: 'epoch', ms };
}

/** Other words for a choice. */
const ALIASES: Readonly<Record<string, string>> = {
  received: 'in',
  sent: 'out',
  ws: 'websocket',
  sse: 'eventsource',
};

/** A value of a key with choices, which may be typed in part; null where none begins so. */
export function readChoice(key: FilterKey, typed: string): string | null {
  const choices = CHOICES[key] ?? [];
  const lower = typed.toLowerCase();
  const found =
    choices.find((choice) => choice === lower) ?? choices.find((choice) => choice.startsWith(lower));
  return found === undefined ? null : (ALIASES[found] ?? found);
}

/** What a key takes, in words: "in, out, received or sent". */
export function choicesInWords(key: FilterKey): string {
  const choices = CHOICES[key] ?? [];
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
