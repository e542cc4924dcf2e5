/**
 * Events under framings and wrappers, as the elements of a message: what `message-content.ts` finds at first sight is not
 * looked at again here, so that plain traffic pays nothing.
 */
import { type ReadMessage, type ReadOptions, readMessage } from '../../framing/read-message.ts';
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import { parseExactJson } from '../../text/exact-json.ts';
import { isObject } from '../../text/json-object.ts';
import { JSON_DEPTH } from '../../text/json-text.ts';
import type { Direction, ExchangeId } from '../api/analysis.ts';
import type { WrappedPlace } from '../state/carrier-text.ts';
import type { ProtocolReader } from '../state/protocol-reader.ts';
import type { TraceState } from '../state/trace-state.ts';
import type { Carrier } from '../tables/wire-message.ts';
import type { Carriage, Element } from './message-content.ts';

/** True where a text may hold the name of an event of the protocol: a cheap look. */
function mentionsEvent({ nameBeginnings }: ChatProtocol, text: string): boolean {
  return nameBeginnings.some((beginning) => text.includes(beginning));
}

/** The message's events under its layers, in place of what was read of it at first sight; null where there are none. */
export function unwrap(state: TraceState, carrier: Carrier, carriage: Carriage): Carriage | null {
  const { reader } = carriage;
  if (state.wrappers.length === 0 && !mayBeWrapped(reader.protocol, carrier.text)) return null;
  const read = readLayers(state, reader, carrier);
  if (read.events.length === 0) return null;
  const elements: Element[] = [];
  const places: WrappedPlace[] = [];
  const layers = { framings: read.framings, tells: read.tells };
  for (const { text, start, end, path } of read.events) {
    const parsed = parseExactJson(text);
    if (parsed === null || !isObject(parsed.value)) continue;
    const { value, tooDeep } = parsed;
    const name = value[reader.protocol.envelope.type];
    if (typeof name !== 'string') continue;
    elements.push({ value, event: value, kind: reader.kinds.of(name), start: 0, end: text.length, tooDeep });
    places.push({ text, slice: [carrier.offset + start, carrier.offset + end], path, layers });
  }
  return { ...carriage, shape: 'wrapped', elements, places };
}

/** What the layers of a message are and tell. The framing of a connection is remembered once it is certain. */
export function readLayers(
  state: TraceState,
  reader: ProtocolReader,
  { exchange, direction, text }: Carrier,
): ReadMessage {
  const read = readMessage(text, optionsOf(state, reader, exchange, direction));
  const framing = read.framings.find((name) => CONNECTION_FRAMINGS.includes(name));
  if (framing !== undefined) state.framings.set(exchange, framing);
  return read;
}

/** Framings whose shortest messages could be something else, were it not for what came before. */
const CONNECTION_FRAMINGS: readonly string[] = ['engine.io', 'SockJS', 'STOMP'];

function optionsOf(
  state: TraceState,
  reader: ProtocolReader,
  exchange: ExchangeId,
  direction: Direction,
): ReadOptions {
  const { protocol } = reader;
  return {
    names: { typeMember: protocol.envelope.type, knows: (name) => goes(reader, name, direction) },
    mentions: (part) => mentionsEvent(protocol, part),
    encodings: true,
    framing: state.framings.get(exchange) ?? null,
    maxDepth: JSON_DEPTH,
    wrappers: state.wrappers,
  };
}

/** True for the name of a declared event that goes in that direction: what a page quotes of the server is none. */
function goes({ protocol, kinds }: ProtocolReader, name: string, direction: Direction): boolean {
  return direction === 'in' ? protocol.declaration(name, 'in') !== undefined : kinds.of(name).sent !== null;
}

/** Named in a readable place, or encoded: then it begins as base64 does, or is the string of a member. */
function mayBeWrapped(protocol: ChatProtocol, text: string): boolean {
  return mentionsEvent(protocol, text) || ENCODED.test(text.length > LOOK ? text.slice(0, LOOK) : text);
}

const LOOK = 65_536;
const ENCODED = /(?:^|\W)b?(?:eyJ|W3si|ewo|H4sI|eJ)[A-Za-z0-9+/_-]{20}/;

/** A name that a text holds as a whole value, in a direction in which it goes, and where; null where there is none. */
export function namedEvent(
  reader: ProtocolReader,
  { text, direction }: Pick<Carrier, 'text' | 'direction'>,
): { readonly name: string; readonly offset: number } | null {
  for (const mark of reader.protocol.nameBeginnings) {
    let at = text.indexOf(mark);
    for (let looked = 0; at >= 0 && looked < MOST_LOOKED_AT; looked += 1) {
      const name = /^[A-Za-z_]+/.exec(text.slice(at, at + 100))?.[0] ?? '';
      if (
        OPENS_VALUE.test(text.slice(Math.max(0, at - 6), at)) &&
        CLOSES_VALUE.test(text.slice(at + name.length, at + name.length + 6)) &&
        goes(reader, name, direction)
      )
        return { name, offset: at };
      at = text.indexOf(mark, at + mark.length);
    }
  }
  return null;
}

const MOST_LOOKED_AT = 1_000;
/** Quotes, also escaped ones of JSON, URLs and markup, tags, and `name: value`. */
const OPENS_VALUE = /(?:["'>=]|%22|%3D|u0022|&quot;|: )$/;
const CLOSES_VALUE = /^(?:["'<&\\\r\n]|%22|%26|$)/;
