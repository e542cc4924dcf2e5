/**
 * Texts of carriers that are not there as they are read: decoded, put together of parts, or of lines. Rows of one carrier
 * are asked about one after the other, and each time it would be all of its text: the last of each kind is remembered.
 */

import { base64Bytes, bytesText } from '../../framing/encoded.ts';
import type { Observation, Payload } from '../../observation/observation.ts';
import { base64Text } from '../../text/base64-text.ts';
import type { JsonPath, MessageLayers, ObservationIndex } from '../api/analysis.ts';

/** The parts of a stream from one of them on, as far as they were put together. */
interface Joined {
  readonly first: ObservationIndex;
  readonly parts: readonly ObservationIndex[];
  /** How many of the parts are in the text, and where each of them ends in it. */
  next: number;
  readonly ends: number[];
  text: string;
}

export class CarrierTexts {
  readonly #observations: readonly Observation[];
  #decoded: { readonly index: ObservationIndex; readonly text: string } | null = null;
  #joined: Joined | null = null;
  #lines: { readonly slice: LineSlice; readonly text: string } | null = null;

  constructor(observations: readonly Observation[]) {
    this.#observations = observations;
  }

  /** '' for a payload that is no text. */
  of(index: ObservationIndex, payload: Payload): string {
    if (payload.encoding !== 'base64') return payloadText(payload) ?? '';
    if (this.#decoded?.index !== index) this.#decoded = { index, text: payloadText(payload) ?? '' };
    return this.#decoded.text;
  }

  /** The text of a stream's part with as many of the next as it takes to have `until` characters. */
  joined(first: ObservationIndex, parts: readonly ObservationIndex[], until: number): string {
    const own = this.#part(first);
    if (own.length >= until || parts.length === 0) return own;
    let joined = this.#joined;
    if (joined?.first !== first || joined.parts !== parts) {
      joined = { first, parts, next: positionAfter(parts, first), ends: [own.length], text: own };
      this.#joined = joined;
    }
    // More than is asked for, so that who asks for a little more each time does not have it all put together each time.
    if (joined.text.length < until) this.#extend(joined, Math.max(until, 2 * joined.text.length));
    return joined.text.slice(0, endFrom(joined.ends, until));
  }

  /** Of a message that came in several lines, the data of all. */
  ofLines(slice: LineSlice, joined: () => string): string {
    if (this.#lines?.slice !== slice) {
      const [from, to] = slice;
      this.#lines = { slice, text: dataOfLines(joined().slice(from, to)) };
    }
    return this.#lines.text;
  }

  #extend(joined: Joined, until: number): void {
    const texts = [joined.text];
    let { length } = joined.text;
    for (; joined.next < joined.parts.length && length < until; joined.next += 1) {
      const text = this.#part(joined.parts[joined.next] ?? -1);
      texts.push(text);
      length += text.length;
      joined.ends.push(length);
    }
    joined.text = texts.join('');
  }

  #part(index: ObservationIndex): string {
    const observation = this.#observations[index];
    const payload = observation !== undefined && 'payload' in observation ? observation.payload : null;
    return payload === null ? '' : this.of(index, payload);
  }
}

/** Where a message that came in several lines is in its stream; one object for all its rows. */
export type LineSlice = readonly [from: number, to: number];

function dataOfLines(text: string): string {
  const data = text
    .split(/\r\n|\n|\r/)
    .map((line, at) => (at === 0 ? line : line.startsWith('data') ? line.replace(/^data:? ?/, '') : null));
  return data.filter((line) => line !== null).join('\n');
}

/** Where the parts behind this one begin. */
function positionAfter(parts: readonly number[], first: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle] ?? 0) <= first) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first of the ends that is not before `until`, or the last. */
function endFrom(ends: readonly number[], until: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < until) low = middle + 1;
    else high = middle;
  }
  return ends[low] ?? 0;
}

/** Where an event stands that a message does not hold as it is. */
export interface WrappedPlace {
  /** The event's own JSON, with the escapes of the layers around it undone. */
  readonly text: string;
  /** [start, end) in the message's text. */
  readonly slice: readonly [number, number];
  /** Members that lead to the event in the message. */
  readonly path: JsonPath;
  /** What the layers of the message are, the outermost first; one object for all of its events. */
  readonly layers: MessageLayers;
}

/** The text of a payload: of a binary one when it is UTF-8 text, compressed or not, else null. */
export function payloadText(payload: Payload): string | null {
  if (payload.encoding === 'text') return payload.data;
  if (payload.encoding !== 'base64') return null;
  return isCompressed(payload) ? compressedText(payload.data) : base64Text(payload.data);
}

/** Beginnings of gzip, zlib and Zstandard in base64. */
const COMPRESSED = /^(?:H4sI|eAE|eF4|eJ|eN|KLUv\/)/;

/** True for bytes that begin as compressed ones do. */
export function isCompressed({ encoding, data }: Payload): boolean {
  return encoding === 'base64' && COMPRESSED.test(data);
}

function compressedText(base64: string): string | null {
  const bytes = base64Bytes(base64);
  return bytes === null ? base64Text(base64) : bytesText(bytes, Number.POSITIVE_INFINITY);
}
