/** Objects of parsed JSON, and their members as text. */
import { ExactNumber } from './exact-number.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/**
 * A member as text: a non-empty string, or a number as it came. Parsed JSON inherits nothing that is a string or a number, its own
 * `__proto__` included, so the read needs no second look-up.
 */
export function textField(object: JsonObject, name: string): string | null {
  return textOf(object[name]);
}

/** The same of a member that was read by its own name, which engines do faster. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number') return String(value);
  return value instanceof ExactNumber ? value.text : null;
}

/** An id as text: numbers of one value are one id, however they are written. */
export function idOf(value: unknown): string | null {
  return value instanceof ExactNumber ? value.canonical : textOf(value);
}

/** A number as a double, the nearest one where none has its value; any other value as it is. */
export function asDouble(value: unknown): unknown {
  return value instanceof ExactNumber ? value.nearest : value;
}
