/**
 * Whether a value has the shape of an observation: the one check for what comes from a page and for the lines of a
 * file. Written by hand, because every message of every page passes it; a test holds it equal to the schema that is
 * published (`trace/observation-schema.ts`).
 */
import type { Observation, ObservationKind, UnstampedObservation } from './observation.ts';

/** How long texts and lists may be, in characters and entries. A file may hold what another tool wrote: it has no bounds. */
export interface Bounds {
  readonly text: number;
  /** Of one body or frame. */
  readonly data: number;
  readonly list: number;
}

export const UNBOUNDED: Bounds = {
  text: Number.POSITIVE_INFINITY,
  data: Number.POSITIVE_INFINITY,
  list: Number.POSITIVE_INFINITY,
};

/** True for an observation as a trace holds it; it may have keys that no observation has. */
export function isObservation(value: unknown): value is Observation {
  return (
    isRecord(value) &&
    typeof value.documentId === 'string' &&
    (value.frame === null || isCount(value.frame)) &&
    isOneOf(value.source, SOURCES) &&
    (value.kind !== 'document' || value.origin === null || typeof value.origin === 'string') &&
    isUnstamped(value, UNBOUNDED)
  );
}

/** True for an observation without what only the browser can say of it: document, frame, source and origin. */
export function isUnstamped(value: unknown, bounds: Bounds): value is UnstampedObservation {
  return (
    isRecord(value) &&
    isCount(value.seq) &&
    isFiniteNumber(value.wallTime) &&
    isFiniteNumber(value.monotonicTime) &&
    fitsItsKind(value, bounds)
  );
}

/**
 * The observation with none but its own keys, and with 0 for a negative zero, which no text of a trace can hold. The same
 * object where nothing needs to be changed.
 */
export function tidied(observation: Observation): Observation {
  return tidy(observation, KEYS(observation.kind));
}

/** The same without document, frame, source and origin, where somebody claims them. */
export function tidiedUnstamped(observation: UnstampedObservation): UnstampedObservation {
  return tidy(observation, UNSTAMPED_KEYS(observation.kind));
}

type Fields = Readonly<Record<string, unknown>>;

function fitsItsKind(value: Fields, bounds: Bounds): boolean {
  switch (value.kind) {
    case 'frame':
      return (
        isCount(value.of) &&
        isOneOf(value.direction, DIRECTIONS) &&
        isPayload(value.payload, bounds) &&
        (!('dropped' in value) || value.dropped === true)
      );
    case 'stream-event':
      return (
        isCount(value.of) &&
        isText(value.event, bounds) &&
        isText(value.id, bounds) &&
        isPayload(value.payload, bounds)
      );
    case 'request':
      return (
        isOneOf(value.transport, TRANSPORTS) &&
        isText(value.method, bounds) &&
        isText(value.url, bounds) &&
        isHeaders(value.headers, bounds) &&
        (value.body === null || isPayload(value.body, bounds)) &&
        (!('doubt' in value) || isOneOf(value.doubt, DOUBTS))
      );
    case 'response':
      return (
        isCount(value.of) &&
        isCount(value.status) &&
        isText(value.statusText, bounds) &&
        isHeaders(value.headers, bounds) &&
        isText(value.url, bounds) &&
        (!('via' in value) || value.via === 'service-worker')
      );
    case 'body':
      return isCount(value.of) && isOneOf(value.role, ROLES) && isPayload(value.payload, bounds);
    case 'chunk':
      return isCount(value.of) && isPayload(value.payload, bounds);
    case 'end':
    case 'played':
      return isCount(value.of);
    case 'served':
      return isCount(value.of) && value.by === 'service-worker';
    case 'abort':
      return isCount(value.of) && isText(value.reason, bounds);
    case 'error':
      return isCount(value.of) && isText(value.message, bounds) && typeof value.retrying === 'boolean';
    case 'document':
      return (
        isOneOf(value.phase, DOCUMENT_PHASES) && isText(value.url, bounds) && typeof value.top === 'boolean'
      );
    case 'socket-open':
      return (
        isCount(value.of) &&
        isOneOf(value.phase, SOCKET_PHASES) &&
        isText(value.url, bounds) &&
        isTexts(value.protocols, bounds)
      );
    case 'socket-close':
      return (
        isCount(value.of) &&
        isCount(value.code) &&
        isText(value.reason, bounds) &&
        typeof value.clean === 'boolean'
      );
    case 'gap':
      return (
        isCount(value.from) &&
        isCount(value.to) &&
        value.from <= value.to &&
        isCount(value.count) &&
        isOneOf(value.reason, GAP_REASONS)
      );
    case 'page-error':
      return (
        isText(value.message, bounds) &&
        isText(value.url, bounds) &&
        Number.isSafeInteger(value.line) &&
        Number.isSafeInteger(value.column) &&
        (value.during === null || isCount(value.during))
      );
    case 'annotation':
      return isCount(value.of) && isText(value.text, bounds) && (!('event' in value) || isCount(value.event));
    default:
      return false;
  }
}

function isPayload(value: unknown, bounds: Bounds): boolean {
  return (
    isRecord(value) &&
    isOneOf(value.encoding, ENCODINGS) &&
    typeof value.data === 'string' &&
    value.data.length <= bounds.data &&
    isFiniteNumber(value.size) &&
    value.size >= 0 &&
    typeof value.truncated === 'boolean' &&
    (!('note' in value) || isText(value.note, bounds)) &&
    (value.encoding !== 'base64' || isBase64(value.data))
  );
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** True for what decodes without a fault; whole groups of four only. */
export function isBase64(data: string): boolean {
  return data.length % 4 === 0 && BASE64.test(data);
}

function isHeaders(value: unknown, bounds: Bounds): boolean {
  return (
    Array.isArray(value) &&
    value.length <= bounds.list &&
    value.every(
      (header: unknown) =>
        Array.isArray(header) &&
        header.length === 2 &&
        isText(header[0], bounds) &&
        isText(header[1], bounds),
    )
  );
}

function isTexts(value: unknown, bounds: Bounds): boolean {
  return (
    Array.isArray(value) &&
    value.length <= bounds.list &&
    value.every((each: unknown) => isText(each, bounds))
  );
}

function isText(value: unknown, bounds: Bounds): boolean {
  return typeof value === 'string' && value.length <= bounds.text;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isOneOf(value: unknown, words: readonly string[]): boolean {
  return typeof value === 'string' && words.includes(value);
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Value<K extends ObservationKind, F extends PropertyKey> =
  Extract<Observation, { readonly kind: K }> extends { readonly [key in F]: infer V } ? V : never;

const SOURCES = ['hook', 'devtools.network', 'import', 'played'] as const satisfies Observation['source'][];
const ENCODINGS = ['text', 'base64', 'none', 'later'] as const satisfies Value<
  'frame',
  'payload'
>['encoding'][];
const DIRECTIONS = ['in', 'out'] as const satisfies Value<'frame', 'direction'>[];
const TRANSPORTS = ['fetch', 'xhr', 'beacon', 'eventsource'] as const satisfies Value<
  'request',
  'transport'
>[];
const DOUBTS = ['start', 'body', 'several'] as const;
const ROLES = ['answer', 'request', 'frame'] as const satisfies Value<'body', 'role'>[];
const DOCUMENT_PHASES = ['start', 'hidden', 'restored', 'gone'] as const satisfies Value<
  'document',
  'phase'
>[];
const SOCKET_PHASES = ['connecting', 'open'] as const satisfies Value<'socket-open', 'phase'>[];
const GAP_REASONS = [
  ...['ring', 'recorder', 'panel', 'frame-gone', 'file', 'malformed'],
] as const satisfies Value<'gap', 'reason'>[];

type Key<T> = T extends unknown ? keyof T : never;

const COMMON = ['kind', 'seq', 'wallTime', 'monotonicTime'] as const;
const STAMPS = ['documentId', 'frame', 'source'] as const;
const keys = <K extends ObservationKind>(
  _kind: K,
  ...own: Exclude<
    Key<Extract<Observation, { readonly kind: K }>>,
    (typeof COMMON)[number] | (typeof STAMPS)[number]
  >[]
): readonly string[] => own;

const OWN_KEYS: Readonly<Record<ObservationKind, readonly string[]>> = {
  document: keys('document', 'phase', 'url', 'origin', 'top'),
  request: keys('request', 'transport', 'method', 'url', 'headers', 'body', 'doubt'),
  response: keys('response', 'of', 'status', 'statusText', 'headers', 'url', 'via'),
  served: keys('served', 'of', 'by'),
  body: keys('body', 'of', 'role', 'payload'),
  chunk: keys('chunk', 'of', 'payload'),
  end: keys('end', 'of'),
  abort: keys('abort', 'of', 'reason'),
  error: keys('error', 'of', 'message', 'retrying'),
  'socket-open': keys('socket-open', 'of', 'phase', 'url', 'protocols'),
  frame: keys('frame', 'of', 'direction', 'payload', 'dropped'),
  'socket-close': keys('socket-close', 'of', 'code', 'reason', 'clean'),
  'stream-event': keys('stream-event', 'of', 'event', 'id', 'payload'),
  gap: keys('gap', 'from', 'to', 'count', 'reason'),
  'page-error': keys('page-error', 'message', 'url', 'line', 'column', 'during'),
  annotation: keys('annotation', 'of', 'event', 'text'),
  played: keys('played', 'of'),
};
const KEYS = known([...COMMON, ...STAMPS], OWN_KEYS);
const UNSTAMPED_KEYS = known(COMMON, { ...OWN_KEYS, document: keys('document', 'phase', 'url', 'top') });
const PAYLOAD_KEYS: ReadonlySet<string> = new Set<Key<Value<'frame', 'payload'>>>([
  ...(['encoding', 'data', 'size', 'truncated', 'note'] as const),
]);

function known(
  common: readonly string[],
  own: Readonly<Record<ObservationKind, readonly string[]>>,
): (kind: ObservationKind) => ReadonlySet<string> {
  const sets = new Map(Object.entries(own).map(([kind, names]) => [kind, new Set([...common, ...names])]));
  return (kind) => sets.get(kind) ?? new Set();
}

function tidy<T extends Observation | UnstampedObservation>(observation: T, own: ReadonlySet<string>): T {
  const payload =
    'payload' in observation ? observation.payload : 'body' in observation ? observation.body : null;
  const isTidy = hasOnly(observation, own) && (payload === null || hasOnly(payload, PAYLOAD_KEYS));
  return isTidy ? observation : tidyCopy(observation, own);
}

function hasOnly(value: unknown, known: ReadonlySet<string>): boolean {
  if (!isRecord(value)) return false;
  for (const key in value) if (!known.has(key) || Object.is(value[key], -0)) return false;
  return true;
}

function tidyCopy<T extends object>(value: T, known: ReadonlySet<string>): T {
  const copy = { ...value };
  for (const [key, each] of Object.entries(value)) {
    if (!known.has(key)) Reflect.deleteProperty(copy, key);
    else if (Object.is(each, -0)) Reflect.set(copy, key, 0);
    else if (isRecord(each)) Reflect.set(copy, key, tidyCopy(each, PAYLOAD_KEYS));
  }
  return copy;
}
