/**
 * Who may speak of one chat. Sessions of one chat id are one where documents of one origin carry them, by the browser's
 * own word, or where one of the user's relay patterns fits what both ask, or where the user joined them. Each of these is
 * a scope of one protocol; what an exchange can reach is the scope of its document and those of the patterns that its URL
 * fits.
 */
import { fitsPattern } from '../../text/url-pattern.ts';
import type { SessionJoin } from '../api/ids.ts';
import type { TraceDocument } from '../tables/documents.ts';
import { NONE } from '../tables/row-table.ts';

/** Scopes, the document's own first. Two that are the same are one object. */
export type Reach = readonly [own: number, ...patterns: number[]];

/** The name of an origin that nobody said. */
const UNKNOWN = '';

export class Origins {
  readonly #patterns: readonly string[];
  readonly #joins = new Map<string, number[][]>();
  readonly #scopes = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #protocols: number[] = [];
  readonly #reaches = new Map<string, Reach>();
  readonly #own: Reach[] = [];
  /** By protocol that of all documents whose origin nobody said. */
  readonly #unknown: readonly number[];

  /** `protocols`: how many the trace may hold. */
  constructor(protocols: number, patterns: readonly string[], joins: readonly SessionJoin[]) {
    this.#patterns = patterns;
    this.#unknown = Array.from({ length: protocols }, (_, protocol) =>
      this.#scope(`origin ${UNKNOWN}`, protocol),
    );
    for (const { chatId, origins } of joins) {
      const key = chatId.toLowerCase();
      const groups = this.#joins.get(key) ?? [];
      for (let protocol = 0; protocol < protocols; protocol += 1) {
        groups.push(origins.map((name) => this.#scope(`origin ${name}`, protocol)));
      }
      this.#joins.set(key, groups);
    }
  }

  /** Whether it matters which URL an exchange has. */
  get hasPatterns(): boolean {
    return this.#patterns.length > 0;
  }

  /** The scope of a document; of one that nobody knows, that of all whose origin nobody said. */
  scopeOf(document: TraceDocument | undefined, protocol: number): number {
    return document === undefined ? (this.#unknown[protocol] ?? NONE) : this.#scopeOf(document, protocol);
  }

  /** What an exchange of the document with this URL can reach. */
  reach(document: TraceDocument | undefined, url: string, protocol: number): Reach {
    const own = this.scopeOf(document, protocol);
    const patterns = this.#patterns.length === 0 ? NO_PATTERNS : this.#fitting(url, protocol);
    if (patterns.length === 0) {
      this.#own[own] ??= [own];
      return this.#own[own] ?? [own];
    }
    const key = `${own} ${patterns.join(' ')}`;
    const known = this.#reaches.get(key) ?? [own, ...patterns];
    this.#reaches.set(key, known);
    return known;
  }

  /** The other scopes in which the user says that the chat is the same one. */
  joinedWith(chatKey: string, scope: number): readonly number[] {
    if (this.#joins.size === 0) return NO_PATTERNS;
    const groups = this.#joins.get(chatKey) ?? [];
    const reached = new Set([scope]);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const group of groups) {
        if (group.some((one) => reached.has(one))) for (const one of group) reached.add(one);
      }
    }
    reached.delete(scope);
    return [...reached];
  }

  /** The name of a scope, for a `SessionJoin`. */
  name(scope: number): string {
    return (this.#names[scope] ?? '').replace(/^origin /, '');
  }

  /** The origin as a browser writes it; null where nobody said it, 'null' for an opaque one. */
  shown(scope: number): string | null {
    const name = this.name(scope);
    if (name === UNKNOWN) return null;
    return name.startsWith(OPAQUE) ? 'null' : name;
  }

  /** Place in the trace of the protocol whose scope it is. */
  protocolOf(scope: number): number {
    return this.#protocols[scope] ?? 0;
  }

  #scopeOf({ scopes, origin, id }: TraceDocument, protocol: number): number {
    // Each opaque origin is one of its own.
    scopes[protocol] ??= this.#scope(
      `origin ${origin === 'null' ? OPAQUE + id : (origin ?? UNKNOWN)}`,
      protocol,
    );
    return scopes[protocol] ?? NONE;
  }

  #fitting(url: string, protocol: number): number[] {
    return this.#patterns
      .filter((pattern) => fitsPattern(url, pattern))
      .map((pattern) => this.#scope(`pattern ${pattern}`, protocol));
  }

  #scope(name: string, protocol: number): number {
    const key = `${protocol} ${name}`;
    const known = this.#scopes.get(key);
    if (known !== undefined) return known;
    this.#names.push(name);
    this.#protocols.push(protocol);
    this.#scopes.set(key, this.#names.length - 1);
    return this.#names.length - 1;
  }
}

const NO_PATTERNS: readonly number[] = [];
const OPAQUE = 'null ';
