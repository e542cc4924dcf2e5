/**
 * Zod schemas from declarations: of what the documents say, and of what is known on the wire.
 * Without generated code (`jitless`): the policy of an extension's pages forbids `new Function`.
 */
import * as z from 'zod/mini';
import type { FieldDeclaration, FieldType } from './declaration.ts';
import { wireTime } from './timestamp.ts';

z.config({ jitless: true });

export type Schema = z.core.$ZodType;

type LooseType = FieldType | 'null' | 'empty-string';

const NUMERIC = /^-?\d{1,32}(?:\.\d{1,32})?$/;

const isTime = (value: unknown) => wireTime(value) !== null;

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

/** The declared fields of an object as the documents have them; what is not declared is not looked at. */
export function documentedObject(fields: readonly FieldDeclaration[]): Schema {
  const shape = fields.map((field): [string, Schema] => {
    const schema = documentedField(field);
    return [field.name, field.presence === 'required' ? schema : z.optional(schema)];
  });
  return z.object(Object.fromEntries(shape));
}

/** A field's value as the documents have it. */
export function documentedField(field: FieldDeclaration): Schema {
  if (field.format === 'timestamp') return timestampSchema([field.type, ...(field.also ?? [])]);
  const documented = field.values?.filter((value) => value.evidence === 'documented') ?? [];
  const first = documented[0];
  const own = first
    ? z.enum([first.value, ...documented.slice(1).map((value) => value.value)])
    : nested(field);
  return anyOf([own, ...(field.also ?? []).map((type) => SCHEMAS[type])]);
}

/** A field's value by type alone, with the looser types that are known on the wire. */
export function looseType(field: FieldDeclaration): Schema {
  return anyOf((field.loose ?? []).map((type) => SCHEMAS[type]));
}

/** A field's value by its documented types alone: what fails it is of a wrong type, and no wrong value. */
export function documentedType(field: FieldDeclaration): Schema {
  return anyOf(
    [field.type, ...(field.also ?? [])].map((type) => SCHEMAS[type === 'numeric-string' ? 'string' : type]),
  );
}

/** What a JSON value is, in JSON's terms. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'absent';
  return Array.isArray(value) ? 'array' : typeof value;
}

function nested(field: FieldDeclaration): Schema {
  if (!field.members) return SCHEMAS[field.type];
  const members = documentedObject(field.members);
  return field.type === 'array' ? z.array(members) : members;
}

/** One check does for a time, in whatever unit: the unit is told apart where the finding is made. */
function timestampSchema(types: readonly FieldType[]): Schema {
  const numbers = types.includes('number');
  return z.custom((value) => (numbers || typeof value === 'string') && isTime(value));
}

function anyOf(schemas: readonly Schema[]): Schema {
  const [first, second, ...rest] = schemas;
  if (!first) return z.never();
  return second ? z.union([first, second, ...rest]) : first;
}
