/**
 * What URLs meant that were read before. A client polls one path again and again and only the end of the query
 * changes, so that a URL is told by how it begins: up to the end of its `tenantUrl`, or to the end of its query.
 */
import { ENDPOINT_NUMBERS, type Endpoint } from '../chat-protocol.ts';

interface Remembered<Found extends Endpoint> {
  readonly beginning: string;
  /** False where an ampersand and any other parameters may follow. */
  readonly whole: boolean;
  readonly endpoint: Found;
}

/** Of two memories. The number 0 is left to what none of them knows. */
const REMEMBERED = (ENDPOINT_NUMBERS - 1) / 2;
const AMPERSAND = 0x26;

export class EndpointMemory<Found extends Endpoint> {
  /** By a hash of the path: of two that share one, the last is remembered. */
  readonly #places = new Map<number, Remembered<Found>>();
  readonly #order: 0 | 1;

  /** `order`: which of the two it is; the numbers of their endpoints are told apart by it. */
  constructor(order: 0 | 1) {
    this.#order = order;
  }

  /** What the URL means whose path and query end there; undefined for one that was not read. */
  recall(url: string, pathEnd: number, end: number): Found | undefined {
    const remembered = this.#places.get(pathHash(url, pathEnd));
    if (remembered === undefined) return undefined;
    const { beginning, whole, endpoint } = remembered;
    const { length } = beginning;
    if (length > end || (length !== end && (whole || url.charCodeAt(length) !== AMPERSAND))) return undefined;
    // It is there from the first character or another one: `startsWith` would go character by character.
    return url.indexOf(beginning) === 0 ? endpoint : undefined;
  }

  /** Gives the endpoint with the number that it is known by from now on. */
  remember(url: string, pathEnd: number, end: number, found: Found): Found {
    const hash = pathHash(url, pathEnd);
    if (this.#places.size >= REMEMBERED) this.#places.clear();
    const known = this.#places.get(hash)?.endpoint.number;
    // One after the other: what is kept by numbers is then as near as can be.
    const endpoint = { ...found, number: known ?? 2 * this.#places.size + 1 + this.#order };
    const tenantEnd = endOfTenant(url, pathEnd, end);
    const beginning = url.slice(0, tenantEnd ?? end);
    this.#places.set(hash, { beginning, whole: tenantEnd === null, endpoint });
    return endpoint;
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

/** Of every second character by itself, so that the two do not wait for each other. */
function pathHash(url: string, pathEnd: number): number {
  let even = pathEnd;
  let odd = 0;
  for (let at = Math.max(1, pathEnd - HASHED); at < pathEnd; at += 2) {
    even = Math.imul(even ^ url.charCodeAt(at - 1), 0x9e3779b1);
    odd = Math.imul(odd ^ url.charCodeAt(at), 0x85ebca77);
  }
  return (even ^ (odd >>> 3)) & 0x3fffffff;
}
