/** What a row is in a few bits each: its kind, direction, transport, the form of its text, its severity. */
import type { Direction, RowKind, Severity, Transport } from '../api/analysis.ts';

export const ROW_KINDS = [
  'event',
  'replay',
  'exchange',
  'frame',
  'socket',
  'document',
  'gap',
  'page-error',
  'annotation',
] as const satisfies readonly RowKind[];

export const TRANSPORTS = [
  'xhr',
  'fetch',
  'websocket',
  'eventsource',
  'beacon',
  'http',
] as const satisfies readonly Transport[];

export const DIRECTIONS = ['in', 'out'] as const satisfies readonly Direction[];
export const SEVERITIES = ['note', 'warning', 'error'] as const satisfies readonly Severity[];

/** How a row's text is got from its observation. */
export type TextForm = 'plain' | 'base64' | 'joined' | 'lines';
export const TEXT_FORMS = ['plain', 'base64', 'joined', 'lines'] as const satisfies readonly TextForm[];

export const KIND_NUMBERS = numbered(ROW_KINDS, 0);
const TRANSPORT_NUMBERS = numbered(TRANSPORTS, 1);
const FORM_NUMBERS = numbered(TEXT_FORMS, 0);

function numbered<Name extends string>(names: readonly Name[], from: number): Readonly<Record<Name, number>> {
  const numbers: Partial<Record<Name, number>> = {};
  names.forEach((name, at) => {
    numbers[name] = at + from;
  });
  return numbers as Record<Name, number>;
}

/** Comparing with what almost all rows have is faster than a look-up by a name that is another one each time. */
export function transportNumber(transport: Transport | null): number {
  if (transport === 'xhr') return 1;
  if (transport === 'websocket') return 3;
  if (transport === 'eventsource') return 4;
  return transport === null ? 0 : TRANSPORT_NUMBERS[transport];
}

/** Direction, whether it is cut off, and the form of its text. */
export function flagsOf(direction: Direction | null, truncated: boolean, form: TextForm): number {
  return (
    (direction === null ? 0 : direction === 'in' ? 1 : 2) |
    (truncated ? 4 : 0) |
    (form === 'plain' ? 0 : FORM_NUMBERS[form] << 3)
  );
}
