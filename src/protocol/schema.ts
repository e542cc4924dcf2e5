/**
 * Zod schemas from declarations: of what the documents say, and of what is known on the wire.
 * Without generated code (`jitless`): the policy of an extension's pages forbids `new Function`.
 */
import * as z from 'zod/mini';
import { asDouble } from '../text/json-object.ts';
import type { FieldDeclaration, FieldType } from './declaration.ts';
import { wireTimeUnit } from './timestamp.ts';

z.config({ jitless: true });

export type Schema = z.core.$ZodType;

type LooseType = FieldType | 'null' | 'empty-string';

const NUMERIC = /^-?\d{1,32}(?:\.\d{1,32})?$/;

const SCHEMAS: Readonly<Record<LooseType, Schema>> = {
  string: z.string(),
  'numeric-string': z.string().check(z.regex(NUMERIC)),
  number: z.number(),
  boolean: z.boolean(),
  object: z.custom<object>((value) => jsonType(value) === 'object'),
  array: z.custom<unknown[]>(Array.isArray),
  null: z.null(),
  'empty-string': z.literal(''),
};

const isTime = z.refine((value) => wireTimeUnit(value) !== null);
const TIME_STRING = z.string().check(isTime);
const TIME_NUMBER = z.number().check(isTime);

/**
 * A field's value as the documents have it. The members of an object or array are not looked at: each has a schema
 * of its own.
 */
export function documentedSchema(field: FieldDeclaration): Schema {
  const also = field.also ?? [];
  if (field.format === 'timestamp') return timestampSchema([field.type, ...also]);
  const [value, ...values] = documentedValues(field);
  const own = value === undefined ? SCHEMAS[field.type] : z.enum([value, ...values]);
  return anyOf([own, ...also.map((type) => SCHEMAS[type])]);
}

/** How a string is told to pass a field's documented schema without running it; `schema` where it cannot be told. */
export type QuickTest = 'text' | 'time' | 'numeric' | 'listed' | 'schema';

/** Almost every value on the wire is a string that one look tells; the schema is run for the rest. */
export function quickTest(field: FieldDeclaration): QuickTest {
  if (field.members) return 'schema';
  if (field.format === 'timestamp') {
    return [field.type, ...(field.also ?? [])].some((type) => type !== 'number') ? 'time' : 'schema';
  }
  if (documentedValues(field).length > 0) return 'listed';
  if (field.type === 'string') return 'text';
  return field.type === 'numeric-string' ? 'numeric' : 'schema';
}

export const isNumeric = (text: string): boolean => NUMERIC.test(text);

/** The looser types of a field that are known on the wire, tried one by one: a union would gather their faults. */
export function looseSchemas(field: FieldDeclaration): readonly Schema[] {
  return (field.loose ?? []).map((type) => SCHEMAS[type]);
}

/** A field's value by its documented types alone: what passes this and fails the documents has a wrong value. */
export function typeSchema(field: FieldDeclaration): Schema {
  const types = [field.type, ...(field.also ?? [])];
  return anyOf(types.map((type) => SCHEMAS[type === 'numeric-string' ? 'string' : type]));
}

/** The values that the documents list for a field, without those that are only known. */
export function documentedValues(field: FieldDeclaration): readonly string[] {
  return (field.values ?? []).filter(({ evidence }) => evidence === 'documented').map(({ value }) => value);
}

/**
 * True if the value passes. Goes by Zod's entry below `safeParse`, where no error object is built: its making costs
 * more than the check.
 */
export function passes(schema: Schema, value: unknown): boolean {
  const result = schema._zod.run({ value: asDouble(value), issues: [] }, WITHOUT_PROMISES);
  return !(result instanceof Promise) && result.issues.length === 0;
}

const WITHOUT_PROMISES = { async: false } as const;

/** What a JSON value is, in JSON's terms. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'absent';
  return Array.isArray(value) ? 'array' : typeof asDouble(value);
}

/** A time in whatever unit: which of them is another question than whether it is one. */
function timestampSchema(types: readonly FieldType[]): Schema {
  return anyOf(types.map((type) => (type === 'number' ? TIME_NUMBER : TIME_STRING)));
}

function anyOf(schemas: readonly Schema[]): Schema {
  const [first, second, ...rest] = schemas;
  if (!first) return z.never();
  return second ? z.union([first, second, ...rest]) : first;
}
