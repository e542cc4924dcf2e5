/** JSON without a look at what the page can reach. */
import { isArray, ownKeys, readProperty, stringify } from './natives.ts';

/** JSON of what the hook itself has made of data: `JSON.stringify` would ask every object for the page's `toJSON`. */
export function jsonOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return stringify(value);
  const list = isArray(value);
  let text = '';
  for (let keys = ownKeys(value), i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (typeof key !== 'string' || (list && key === 'length')) continue;
    const inner: unknown = readProperty(value, key);
    if (inner === undefined) continue;
    text += `${text === '' ? '' : ','}${list ? '' : `"${key}":`}${jsonOf(inner)}`;
  }
  return list ? `[${text}]` : `{${text}}`;
}
