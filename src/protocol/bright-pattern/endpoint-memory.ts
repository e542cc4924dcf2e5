/**
 * What URLs meant that were read before. A client polls one path again and again and only the end of the query
 * changes, so that a URL is told by how it begins: up to the end of its `tenantUrl`, or to the end of its query.
 */
import type { Endpoint } from '../chat-protocol.ts';

interface Place {
  readonly beginning: string;
  /** False where an ampersand and any other parameters may follow. */
  readonly whole: boolean;
  readonly endpoint: Endpoint;
}

const REMEMBERED = 4_000;
const AMPERSAND = 0x26;

export class EndpointMemory {
  /** By a hash of the path: of two that share one, the last is remembered. */
  readonly #places = new Map<number, Place>();

  /** What the URL means whose path and query end there; undefined for one that was not read. */
  recall(url: string, pathEnd: number, end: number): Endpoint | undefined {
    const place = this.#places.get(pathHash(url, pathEnd));
    if (place === undefined) return undefined;
    const { beginning, whole, endpoint } = place;
    const { length } = beginning;
    if (length > end || (length !== end && (whole || url.charCodeAt(length) !== AMPERSAND))) return undefined;
    // It is there from the first character or another one: `startsWith` would go character by character.
    return url.indexOf(beginning) === 0 ? endpoint : undefined;
  }

  remember(url: string, pathEnd: number, end: number, endpoint: Endpoint): void {
    if (this.#places.size >= REMEMBERED) this.#places.clear();
    const tenantEnd = endOfTenant(url, pathEnd, end);
    const place = { beginning: url.slice(0, tenantEnd ?? end), whole: tenantEnd === null, endpoint };
    this.#places.set(pathHash(url, pathEnd), place);
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
