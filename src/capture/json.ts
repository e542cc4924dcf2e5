/** JSON without a look at what the page can reach. */
import {
  bare,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  readProperty,
  stringify,
} from './natives.ts';

const objectPrototype = Object.prototype;
const arrayPrototype = Array.prototype;

/** True as long as `JSON.stringify` finds no `toJSON` of the page's at an object or a list of data. */
export function asksNobody(): boolean {
  return !(
    getOwnPropertyDescriptor(objectPrototype, 'toJSON') ||
    getOwnPropertyDescriptor(arrayPrototype, 'toJSON') ||
    getPrototypeOf(arrayPrototype) !== objectPrototype
  );
}

/** JSON of what the hook itself has made of data, which may lose its prototypes by it. */
export function jsonOf(value: unknown): string {
  return stringify(asksNobody() ? value : stripped(value));
}

/** The same without the prototypes at which `JSON.stringify` would look for a `toJSON`. */
function stripped(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    for (let keys = ownKeys(bare(value)), i = 0; i < keys.length; i++)
      stripped(readProperty(value, keys[i] ?? ''));
  }
  return value;
}
