/** The caps that a person may set, as fields: named, in the unit that people think in, with what is wrong with a value. */
import { CAP_RANGES, DEFAULT_CAPS, type SettableCap, type SettableCaps } from '../../src/observation/caps.ts';
import { count } from '../format/format.ts';

const MIB = 1024 * 1024;

export interface CapField {
  readonly cap: SettableCap;
  readonly label: string;
  /** 'MiB', or what is counted. */
  readonly unit: string;
  /** How many of the cap's own units make one of the field's. */
  readonly scale: number;
}

export const CAP_FIELDS: readonly CapField[] = [
  { cap: 'body', label: 'One body or message', unit: 'MiB', scale: MIB },
  { cap: 'ringObservations', label: 'A page’s ring', unit: 'observations', scale: 1 },
  { cap: 'ringBytes', label: 'A page’s ring', unit: 'MiB', scale: MIB },
  { cap: 'recorderTabBytes', label: 'Flight recorder, a tab', unit: 'MiB', scale: MIB },
  { cap: 'recorderBytes', label: 'Flight recorder, in all', unit: 'MiB', scale: MIB },
  { cap: 'panelEvents', label: 'This panel', unit: 'events', scale: 1 },
  { cap: 'panelBytes', label: 'This panel', unit: 'MiB', scale: MIB },
];

/** What is typed into the fields, by cap. */
export type TypedCaps = Readonly<Record<SettableCap, string>>;

export function typedCaps(caps: SettableCaps): TypedCaps {
  const typed: Partial<Record<SettableCap, string>> = {};
  for (const { cap, scale } of CAP_FIELDS) typed[cap] = written(caps[cap] / scale);
  return { ...EMPTY, ...typed };
}

/** The range of a field in words: "0.06 to 8 MiB". */
export function rangeOf({ cap, unit, scale }: CapField): string {
  const { least, most } = CAP_RANGES[cap];
  return `${written(least / scale)} to ${written(most / scale)} ${unit}`;
}

/** What is wrong with what is typed, as a sentence; null if nothing is. */
export function faultOf(field: CapField, typed: TypedCaps): string | null {
  const value = numberIn(typed[field.cap], field.scale);
  const { least, most } = CAP_RANGES[field.cap];
  if (value === null) return `This takes a number, from ${rangeOf(field)}.`;
  const inOwnUnits = Math.round(value * field.scale);
  if (inOwnUnits < least || inOwnUnits > most) return `This takes ${rangeOf(field)}.`;
  if (field.cap === 'recorderTabBytes') {
    const all = numberIn(typed.recorderBytes, field.scale);
    if (all !== null && value > all) return 'A tab cannot have more than there is in all.';
  }
  return null;
}

export function hasCapFault(typed: TypedCaps): boolean {
  return CAP_FIELDS.some((field) => faultOf(field, typed) !== null);
}

/** The caps that are typed. Only where no field has a fault. */
export function capsIn(typed: TypedCaps): SettableCaps {
  const caps: Partial<Record<SettableCap, number>> = {};
  for (const { cap, scale } of CAP_FIELDS) {
    const value = numberIn(typed[cap], scale);
    if (value !== null) caps[cap] = Math.round(value * scale);
  }
  return { ...DEFAULT_CAPS, ...caps };
}

const EMPTY: TypedCaps = {
  body: '',
  ringObservations: '',
  ringBytes: '',
  recorderTabBytes: '',
  recorderBytes: '',
  panelEvents: '',
  panelBytes: '',
};

/** Thousands may be grouped as they are shown; a size may have a fraction, with a comma or a point. */
function numberIn(text: string, scale: number): number | null {
  const grouped = scale === 1 ? /[\s,.](?=\d{3})/g : /(?<=^[1-9]\d{0,2}),(?=\d{3}$)/g;
  const plain = text.trim().replaceAll(grouped, '').replace(',', '.');
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** Thousands grouped; at most four places of a fraction: the smallest steps that a person means. */
function written(value: number): string {
  return Number.isInteger(value) ? count(value) : String(Math.round(value * 10_000) / 10_000);
}
