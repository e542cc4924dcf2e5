/** By what each event of a sequence came: the poll that was held, the socket or stream that was open, and where nothing was. */
import type { Analysis, ExchangeId } from '../../../src/analysis/api/analysis.ts';
import { duration } from '../../format/format.ts';
import { AGAIN_WITHIN, type Span } from '../../store/listening-spans.ts';
import type { SequenceLine } from './sequence-list.ts';

/** A bar beside the lines that came by one exchange, or a hole between two lines. */
export interface CarrierBar {
  readonly key: string;
  readonly kind: 'poll' | 'socket' | 'stream' | 'overlap' | 'none';
  /** Positions of its first and last line. A hole is between both. */
  readonly from: number;
  readonly to: number;
  /** '' for what needs no word. */
  readonly label: string;
}

/** Less than this is how long any answer takes. In milliseconds. */
const WORTH_SAYING = 1_000;
/** Polls that are open together for less have only passed each other on the way. */
const TOGETHER = 100;
const NAMES = { socket: 'WS', stream: 'SSE' } as const;

interface Carrier {
  readonly exchange: ExchangeId;
  readonly kind: 'poll' | 'socket' | 'stream';
  readonly startedAt: number;
  readonly endedAt: number;
  readonly from: number;
  to: number;
}

/** The bars of the lines at the positions [from, to). `heard`: when somebody listened for the session. */
export function carrierBars(
  analysis: Analysis,
  lines: readonly SequenceLine[],
  heard: readonly Span[],
  [from, to]: readonly [number, number],
): readonly CarrierBar[] {
  const carriers = new Map<ExchangeId, Carrier>();
  const bars: CarrierBar[] = [];
  for (let place = from; place < Math.min(to, lines.length); place += 1) {
    const line = lines[place];
    if (line === undefined) continue;
    const hole = place === 0 ? null : holeBetween(analysis, lines[place - 1], line, heard);
    if (hole !== null)
      bars.push({ key: `none ${place}`, kind: 'none', from: place - 1, to: place, label: duration(hole) });
    const exchange = analysis.facts.exchange(line.row);
    const known = exchange === null ? undefined : carriers.get(exchange);
    if (known !== undefined) known.to = place;
    const listening = exchange === null || known !== undefined ? null : analysis.listening(exchange);
    if (exchange === null || listening === null) continue;
    const { kind, from: startedAt, to: endedAt } = listening;
    carriers.set(exchange, {
      ...{ exchange, kind, startedAt, endedAt: endedAt ?? Number.POSITIVE_INFINITY },
      ...{ from: place, to: place },
    });
  }
  let before: Carrier | null = null;
  for (const carrier of carriers.values()) {
    const overlaps =
      carrier.kind === 'poll' &&
      before !== null &&
      Math.min(before.endedAt, carrier.endedAt) - Math.max(before.startedAt, carrier.startedAt) > TOGETHER;
    bars.push({
      ...{ key: `${carrier.exchange}`, kind: overlaps ? 'overlap' : carrier.kind },
      ...{ from: carrier.from, to: carrier.to, label: overlaps ? '2 open' : labelOf(carrier) },
    });
    if (carrier.kind === 'poll') before = carrier;
  }
  return bars;
}

function labelOf({ kind, startedAt, endedAt }: Carrier): string {
  if (kind !== 'poll') return NAMES[kind];
  const held = endedAt - startedAt;
  return held >= WORTH_SAYING ? duration(held) : '';
}

/** For how many milliseconds between two lines nobody listened; null where somebody did. */
function holeBetween(
  { facts }: Analysis,
  before: SequenceLine | undefined,
  line: SequenceLine,
  heard: readonly Span[],
): number | null {
  if (before === undefined) return null;
  const [start, end] = [facts.time(before.row), facts.time(line.row)];
  if (!(end - start > AGAIN_WITHIN)) return null;
  let deaf = 0;
  for (let at = firstEndingAfter(heard, start); at < heard.length; at += 1) {
    const [from, to] = [heard[at]?.to ?? 0, heard[at + 1]?.from ?? end];
    if (from >= end) break;
    deaf += Math.max(0, Math.min(to, end) - Math.max(from, start));
  }
  return deaf > AGAIN_WITHIN ? deaf : null;
}

/** The last span that had begun by a time: what follows it is the first pause that may lie behind that time. */
function firstEndingAfter(spans: readonly Span[], time: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.from ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
