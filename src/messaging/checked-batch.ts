/** A batch of a page's world as it may be kept and shown: checked whole, once, where it enters the extension. */
import { CAP_RANGES, CAPS } from '../observation/caps.ts';
import type { Seq } from '../observation/observation.ts';
import { plainObservation } from '../observation/plain-observation.ts';
import { plainUrl } from '../observation/plain-url.ts';
import { type Bounds, isUnstamped, tidiedUnstamped } from '../observation/shape.ts';
import { firstSeq, isLeftOut } from './place.ts';
import type { Batch, TravellingObservation } from './private-port.ts';

/** A batch whose text holds what it says it holds, and nothing else: each place from `from` to `next` once, in order. */
export interface CheckedBatch extends Batch {
  readonly observations: readonly TravellingObservation[];
  /** The same for the flight recorder: what only a person's wish for all traffic let in is left out. */
  readonly ofChat: readonly TravellingObservation[];
}

/** The largest body that can be set, as base64. */
const LONGEST_DATA = Math.ceil((CAP_RANGES.body.most * 4) / 3) + 4;
const BOUNDS: Bounds = { text: CAPS.text, data: LONGEST_DATA, list: CAPS.list };

/**
 * The batch as it may be kept and shown, whatever the page made of it. What is no observation of its place leaves a gap of
 * reason `malformed` there; where the text is no list, the whole batch is one.
 * @param urlOf the URL of a document of that URL, as far as the browser bears it out
 * @param now Unix milliseconds
 */
export function checkedBatch(batch: Batch, urlOf: (url: string) => string, now: number): CheckedBatch {
  const given = parsed(batch.text);
  const observations: TravellingObservation[] = [];
  const ofChat: TravellingObservation[] = [];
  let at = batch.from;
  let asSaid = true;
  const lost = (to: Seq): void => {
    const { wallTime, monotonicTime } = observations.at(-1) ?? { wallTime: now, monotonicTime: 0 };
    const gap = { kind: 'gap', from: at, to, count: to - at + 1, reason: 'malformed', seq: to } as const;
    observations.push({ ...gap, wallTime, monotonicTime });
    ofChat.push({ ...gap, wallTime, monotonicTime });
    asSaid = false;
  };
  for (const value of given) {
    const observation = isOfHook(value) ? plain(tidiedUnstamped(value), urlOf) : null;
    if (observation !== value) asSaid = false;
    if (!observation || firstSeq(observation) < at || observation.seq >= batch.next) {
      asSaid = false;
      continue;
    }
    if (firstSeq(observation) > at) lost(firstSeq(observation) - 1);
    observations.push(observation);
    if (isNonChat(value)) leaveOut(ofChat, observation);
    else ofChat.push(observation);
    at = observation.seq + 1;
  }
  if (at < batch.next) lost(batch.next - 1);
  const { documentId, total, from, next } = batch;
  const text = asSaid ? batch.text : JSON.stringify(observations);
  return { documentId, total, from, next, text, observations, ofChat };
}

/** True for what a hook can have said: people's notes and what others lost are not its to say. */
function isOfHook(value: unknown): value is TravellingObservation {
  if (!isUnstamped(value, BOUNDS) || value.seq >= CAPS.documentObservations) return false;
  if ('of' in value && value.of > value.seq) return false;
  switch (value.kind) {
    case 'annotation':
    case 'played':
      return false;
    case 'request':
      return !('doubt' in value);
    case 'page-error':
      return value.during === null || value.during < value.seq;
    case 'gap':
      return (
        value.reason === 'ring' &&
        value.seq === value.to &&
        (isLeftOut(value) || value.count === value.to - value.from + 1)
      );
    default:
      return true;
  }
}

/** Neither kept nor shown is a secret of a URL, nor an address that the document does not have. */
function plain(given: TravellingObservation, urlOf: (url: string) => string): TravellingObservation {
  if (given.kind !== 'document') return plainObservation(given);
  const url = plainUrl(urlOf(given.url));
  return url === given.url ? given : { ...given, url };
}

/** Adds what stands for an observation that nobody is to miss, or lets the one before stand for it too. */
function leaveOut(observations: TravellingObservation[], given: TravellingObservation): void {
  const { seq, wallTime, monotonicTime } = given;
  const last = observations.at(-1);
  const goesOn = last?.kind === 'gap' && isLeftOut(last) && last.to === firstSeq(given) - 1;
  const from = goesOn ? last.from : firstSeq(given);
  const times = { wallTime, monotonicTime };
  const gap = { kind: 'gap', seq, from, to: seq, count: 0, reason: 'ring', ...times } as const;
  observations.splice(goesOn ? -1 : observations.length, 1, gap);
}

function isNonChat(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'nonChat' in value && value.nonChat === true;
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
