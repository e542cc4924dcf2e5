/** Observations of every kind with whatever their shape allows, and values that are nearly such, for properties. */
import fc from 'fast-check';
import type { Observation } from '../observation.ts';

/** Any text, lone surrogates and line ends included. */
export const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});
const anySeq = fc.nat();
const anyTime = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const anyPayload = fc.oneof(
  fc.record(
    {
      encoding: fc.constantFrom('text', 'none', 'later'),
      data: anyText,
      size: fc.nat(),
      truncated: fc.boolean(),
      note: anyText,
    },
    { requiredKeys: ['encoding', 'data', 'size', 'truncated'] },
  ),
  fc.record({
    encoding: fc.constant('base64' as const),
    data: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
    size: fc.nat(),
    truncated: fc.boolean(),
  }),
);
const anyHeaders = fc.array(fc.tuple(anyText, anyText), { maxLength: 3 });
const common = {
  documentId: anyText,
  frame: fc.option(fc.nat()),
  seq: anySeq,
  wallTime: anyTime,
  monotonicTime: anyTime,
  source: fc.constantFrom('hook', 'devtools.network', 'import', 'played'),
};
const COMMON_KEYS = [
  ...(['kind', 'documentId', 'frame', 'seq', 'wallTime', 'monotonicTime', 'source'] as const),
];
const RESPONSE_KEYS = [...COMMON_KEYS, ...(['of', 'status', 'statusText', 'headers', 'url'] as const)];
const FRAME_KEYS = [...COMMON_KEYS, ...(['of', 'direction', 'payload'] as const)];
const kind = <K extends string>(name: K) => ({ kind: fc.constant(name), ...common });
export const anyObservation: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({
    ...kind('document'),
    phase: fc.constantFrom('start', 'hidden', 'restored', 'gone'),
    url: anyText,
    origin: fc.option(anyText),
    top: fc.boolean(),
  }),
  fc.record({
    ...kind('request'),
    transport: fc.constantFrom('fetch', 'xhr', 'beacon', 'eventsource'),
    method: anyText,
    url: anyText,
    headers: anyHeaders,
    body: fc.option(anyPayload),
  }),
  fc.record(
    {
      ...kind('response'),
      of: anySeq,
      status: fc.nat(),
      statusText: anyText,
      headers: anyHeaders,
      url: anyText,
      via: fc.constant('service-worker' as const),
    },
    { requiredKeys: RESPONSE_KEYS },
  ),
  fc.record({ ...kind('served'), of: anySeq, by: fc.constant('service-worker') }),
  fc.record({
    ...kind('body'),
    of: anySeq,
    role: fc.constantFrom('answer', 'request', 'frame'),
    payload: anyPayload,
  }),
  fc.record({ ...kind('chunk'), of: anySeq, payload: anyPayload }),
  fc.record({ ...kind('end'), of: anySeq }),
  fc.record({ ...kind('abort'), of: anySeq, reason: anyText }),
  fc.record({ ...kind('error'), of: anySeq, message: anyText, retrying: fc.boolean() }),
  fc.record({
    ...kind('socket-open'),
    of: anySeq,
    phase: fc.constantFrom('connecting', 'open'),
    url: anyText,
    protocols: fc.array(anyText, { maxLength: 2 }),
  }),
  fc.record(
    {
      ...kind('frame'),
      of: anySeq,
      direction: fc.constantFrom('in', 'out'),
      payload: anyPayload,
      dropped: fc.constant(true as const),
    },
    { requiredKeys: FRAME_KEYS },
  ),
  fc.record({ ...kind('socket-close'), of: anySeq, code: fc.nat(), reason: anyText, clean: fc.boolean() }),
  fc.record({ ...kind('stream-event'), of: anySeq, event: anyText, id: anyText, payload: anyPayload }),
  fc.record({
    ...kind('gap'),
    from: fc.constant(0),
    to: anySeq,
    count: fc.nat(),
    reason: fc.constantFrom('ring', 'recorder', 'panel', 'frame-gone', 'file', 'malformed'),
  }),
  fc.record({
    ...kind('page-error'),
    message: anyText,
    url: anyText,
    line: fc.nat(),
    column: fc.nat(),
    during: fc.option(anySeq),
  }),
  fc.record({ ...kind('annotation'), of: anySeq, text: anyText }),
  fc.record({ ...kind('annotation'), of: anySeq, event: anySeq, text: anyText }),
  fc.record({ ...kind('played'), of: anySeq }),
);

/** What a page could put in the place of any value. */
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, '', 'text', 0, -0, -1, 0.5, 1e300, 2 ** 53, [], {}, [[]], ['a'], [['a', 'b']]),
  fc.constantFrom('hook', 'in', 'base64', 'gap', 'request', 'ring', 'malformed', 'service-worker', '===='),
  fc.constant([Number.NaN, Number.POSITIVE_INFINITY]).chain((numbers) => fc.constantFrom(...numbers)),
  fc.jsonValue(),
);

/** An observation with one value changed, removed or added, at any depth. */
export const nearlyObservation: fc.Arbitrary<unknown> = fc
  .tuple(anyObservation, fc.nat(), oddValue, fc.constantFrom('change', 'remove', 'add'), anyText)
  .map(([observation, at, odd, how, key]) => {
    const value: Record<string, unknown> = structuredClone({ ...observation });
    const inner = Object.values(value).find((each) => typeof each === 'object' && each !== null);
    const place = at % 3 === 0 && inner ? inner : value;
    const known = Object.keys(place);
    const chosen = known[at % known.length] ?? key;
    if (Array.isArray(place)) place.splice(at, how === 'add' ? 0 : 1, odd);
    else if (how === 'remove') Reflect.deleteProperty(place, chosen);
    else Reflect.set(place, how === 'add' ? key : chosen, odd);
    return value;
  });
