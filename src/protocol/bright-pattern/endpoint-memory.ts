/**
 * What URLs meant that were read before. A client polls one path again and again and only the end of the query
 * changes, so that a URL is told by how it begins: up to the end of its `tenantUrl`, or to the end of its query.
 */
import { ENDPOINT_NUMBERS, type Endpoint } from '../chat-protocol.ts';

interface Remembered {
  readonly beginning: string;
  /** False where an ampersand and any other parameters may follow. */
  readonly whole: boolean;
  readonly endpoint: Endpoint;
}

/** Of two memories. The number 0 is left to what none of them knows. */
const PLACES = (ENDPOINT_NUMBERS - 1) / 2;
const LAST_PLACE = PLACES - 1;
/** So many places are looked at; when all are another path's, the first is given to the new one. */
const TRIES = 4;
const AMPERSAND = 0x26;

/** A table and no `Map`: a look-up touches what it finds and little else. */
export class EndpointMemory {
  readonly #firstNumber: number;
  /** By place: the hash of the path there, or 0. Of two paths that share one, the last is remembered. */
  readonly #hashes = new Int32Array(PLACES);
  readonly #places = Array<Remembered | undefined>(PLACES).fill(undefined);

  /** `order`: which of the two it is; the numbers of their endpoints are told apart by it. */
  constructor(order: 0 | 1) {
    this.#firstNumber = 1 + order * PLACES;
  }

  /** What the URL means whose path and query end there; undefined for one that was not read. */
  recall(url: string, pathEnd: number, end: number): Endpoint | undefined {
    const place = this.#placeOf(pathHash(url, pathEnd));
    const remembered = place === -1 ? undefined : this.#places[place];
    if (remembered === undefined) return undefined;
    const { beginning, whole, endpoint } = remembered;
    const { length } = beginning;
    if (length > end || (length !== end && (whole || url.charCodeAt(length) !== AMPERSAND))) return undefined;
    // It is there from the first character or another one: `startsWith` would go character by character.
    return url.indexOf(beginning) === 0 ? endpoint : undefined;
  }

  /** Gives the endpoint with the number that it is known by from now on. */
  remember(url: string, pathEnd: number, end: number, found: Endpoint): Endpoint {
    const hash = pathHash(url, pathEnd);
    const known = this.#placeOf(hash);
    const place = known === -1 ? this.#freePlace(hash) : known;
    const tenantEnd = endOfTenant(url, pathEnd, end);
    const endpoint = { ...found, number: this.#firstNumber + place };
    this.#hashes[place] = hash;
    this.#places[place] = { beginning: url.slice(0, tenantEnd ?? end), whole: tenantEnd === null, endpoint };
    return endpoint;
  }

  #placeOf(hash: number): number {
    for (let at = 0; at < TRIES; at += 1) {
      const place = (hash + at) & LAST_PLACE;
      if (this.#hashes[place] === hash) return place;
    }
    return -1;
  }

  #freePlace(hash: number): number {
    for (let at = 0; at < TRIES; at += 1) {
      const place = (hash + at) & LAST_PLACE;
      if (this.#hashes[place] === 0) return place;
    }
    return hash & LAST_PLACE;
  }
}

/** Where the first `tenantUrl` of the query ends; null where it has none. */
function endOfTenant(url: string, pathEnd: number, end: number): number | null {
  let from = pathEnd + 1;
  for (const pair of url.slice(from, end).split('&')) {
    if (pair.startsWith('tenantUrl=')) return from + pair.length;
    if (pair === 'tenantUrl') return null;
    from += pair.length + 1;
  }
  return null;
}

/** Paths differ near their end, where the chat's id is. */
const HASHED = 64;

/** Of every second character by itself, so that the two do not wait for each other. Never 0. */
function pathHash(url: string, pathEnd: number): number {
  let even = pathEnd;
  let odd = 0;
  for (let at = Math.max(1, pathEnd - HASHED); at < pathEnd; at += 2) {
    even = Math.imul(even ^ url.charCodeAt(at - 1), 0x9e3779b1);
    odd = Math.imul(odd ^ url.charCodeAt(at), 0x85ebca77);
  }
  const mixed = even ^ (odd >>> 3);
  return ((mixed ^ (mixed >>> 15)) & 0x3fffffff) | 0x40000000;
}
