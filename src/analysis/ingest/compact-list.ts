/**
 * Where the elements of a list are, told by their lengths. No JSON text of a value is shorter than the one without
 * spaces, escapes and repeated keys: a text of just that length is that one, and each element in it is as long as its
 * keys and values say. That is how servers write. For all other texts `elementSlices` reads every character.
 */
import { isObject } from '../../text/json-object.ts';

/** Start and end of each element, side by side; null where lengths alone do not tell. `name`: the list's in an object. */
export function compactBounds(
  text: string,
  value: unknown,
  list: readonly unknown[],
  name: string,
): number[] | null {
  const bare = value === list;
  if (!bare && !(isObject(value) && hasOneKey(value))) return null;
  let at = bare ? '['.length : '{"":['.length + name.length;
  const bounds: number[] = [];
  for (let index = 0; index < list.length; index += 1) {
    const length = shortestLength(list[index]);
    if (length === UNTOLD) return null;
    bounds.push(at, at + length);
    at += length + ','.length;
  }
  const length = at - ','.length + (bare ? ']' : ']}').length;
  return length === text.length && list.length > 0 ? bounds : null;
}

const UNTOLD = -1;

/** The shortest JSON text of an object of strings; of a number it is a longer tale, and of nested values too. */
function shortestLength(value: unknown): number {
  if (!isObject(value)) return UNTOLD;
  // The braces, and no comma before the first key.
  let length = '{}'.length - ','.length;
  for (const key in value) {
    const member = value[key];
    if (typeof member !== 'string') return UNTOLD;
    length += ',"":""'.length + key.length + member.length;
  }
  return length < '{}'.length ? UNTOLD : length;
}

function hasOneKey(value: object): boolean {
  let keys = 0;
  for (const _ in value) keys += 1;
  return keys === 1;
}
