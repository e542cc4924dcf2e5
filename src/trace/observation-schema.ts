/**
 * The shape of an observation in a file, as the schema that is published, and what is wrong with a line that has another:
 * that a line fits is found by `observation/shape.ts`, which what comes from a page passes too. Strict where the analysis relies on it (kinds, positions, finite times,
 * decodable base64), lenient to keys it does not know: those are left out of what is read.
 */
import * as z from 'zod/mini';
import type { Observation } from '../observation/observation.ts';
import { isBase64, isObservation, tidied } from '../observation/shape.ts';

// The panel's content security policy forbids `new Function`, which zod would compile its checks with.
z.config({ jitless: true });

const seq = z.int().check(z.nonnegative());
const time = z.number();
const text = z.string();
const headers = z.readonly(z.array(z.readonly(z.tuple([text, text]))));

const payload = z
  .object({
    encoding: z.enum(['text', 'base64', 'none', 'later']),
    data: text,
    size: z.number().check(z.nonnegative()),
    truncated: z.boolean(),
    note: z.exactOptional(text),
  })
  .check(
    z.refine((value) => value.encoding !== 'base64' || isBase64(value.data), {
      error: 'is no base64',
      path: ['data'],
    }),
  );

const common = {
  documentId: text,
  frame: z.nullable(z.int().check(z.nonnegative())),
  seq,
  wallTime: time,
  monotonicTime: time,
  source: z.enum(['hook', 'devtools.network', 'import', 'played']),
};

/** Checks one parsed line of a trace; the result is an {@link Observation}. */
export const observationSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('document'),
    ...common,
    phase: z.enum(['start', 'hidden', 'restored', 'gone']),
    url: text,
    // Version 1 had none.
    origin: z._default(z.nullable(text), null),
    top: z.boolean(),
  }),
  z.object({
    kind: z.literal('request'),
    ...common,
    transport: z.enum(['fetch', 'xhr', 'beacon', 'eventsource']),
    method: text,
    url: text,
    headers,
    body: z.nullable(payload),
    doubt: z.exactOptional(z.enum(['start', 'body', 'several'])),
  }),
  z.object({
    kind: z.literal('response'),
    ...common,
    of: seq,
    status: z.int().check(z.nonnegative()),
    statusText: text,
    headers,
    url: text,
    via: z.exactOptional(z.literal('service-worker')),
  }),
  z.object({ kind: z.literal('served'), ...common, of: seq, by: z.literal('service-worker') }),
  z.object({
    kind: z.literal('body'),
    ...common,
    of: seq,
    role: z.enum(['answer', 'request', 'frame']),
    payload,
  }),
  z.object({ kind: z.literal('chunk'), ...common, of: seq, payload }),
  z.object({ kind: z.literal('end'), ...common, of: seq }),
  z.object({ kind: z.literal('abort'), ...common, of: seq, reason: text }),
  z.object({ kind: z.literal('error'), ...common, of: seq, message: text, retrying: z.boolean() }),
  z.object({
    kind: z.literal('socket-open'),
    ...common,
    of: seq,
    phase: z.enum(['connecting', 'open']),
    url: text,
    protocols: z.readonly(z.array(text)),
  }),
  z.object({
    kind: z.literal('frame'),
    ...common,
    of: seq,
    direction: z.enum(['in', 'out']),
    payload,
    dropped: z.exactOptional(z.literal(true)),
  }),
  z.object({
    kind: z.literal('socket-close'),
    ...common,
    of: seq,
    code: z.int().check(z.nonnegative()),
    reason: text,
    clean: z.boolean(),
  }),
  z.object({ kind: z.literal('stream-event'), ...common, of: seq, event: text, id: text, payload }),
  z
    .object({
      kind: z.literal('gap'),
      ...common,
      from: seq,
      to: seq,
      count: z.int().check(z.nonnegative()),
      reason: z.enum(['ring', 'recorder', 'panel', 'frame-gone', 'file', 'malformed']),
    })
    .check(z.refine((gap) => gap.from <= gap.to, { error: 'is after `to`', path: ['from'] })),
  z.object({
    kind: z.literal('page-error'),
    ...common,
    message: text,
    url: text,
    line: z.int(),
    column: z.int(),
    during: z.nullable(seq),
  }),
  z.object({ kind: z.literal('annotation'), ...common, of: seq, event: z.exactOptional(seq), text }),
  z.object({ kind: z.literal('played'), ...common, of: seq }),
]);

/** The observation in `value`, or what is wrong with it in a few words that follow "the observation". */
export function readObservation(value: unknown): { observation: Observation } | { fault: string } {
  if (isObservation(value)) return { observation: tidied(value) };
  const result = observationSchema.safeParse(value);
  if (result.success) return { observation: result.data };
  const issue = result.error.issues[0];
  if (issue === undefined) return { fault: 'has a shape that a trace does not have' };
  const place = issue.path.map(String).join('.');
  return { fault: place === '' ? 'is no object' : `has a wrong \`${place}\`: ${describe(issue)}` };
}

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.expected} expected`;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')} expected`;
    case 'invalid_union':
      return 'a kind that this version does not know';
    case 'too_small':
      return `${issue.minimum} or more expected`;
    case 'custom':
      return issue.message;
    default:
      return 'a value that a trace does not have';
  }
}
