/**
 * Requests that are shown since the hook's word on them had not come: where it comes later still, they are taken back.
 * A request of the hook counts as late when the report that it should have had has not come either.
 */
import type { DocumentId, Seq } from '../../src/observation/observation.ts';
import { type HookRequest, type HookRequests, KEPT, target } from './hook-requests.ts';
import { judgeLate } from './matching.ts';
import type { NetworkRequest } from './network-entry.ts';

/** A request that stands in the trace, as observation `of` of a document and what refers to it. */
export interface ShownRequest {
  readonly request: NetworkRequest;
  /** What the hook had that was nearly the same. */
  readonly rival: HookRequest | null;
  readonly documentId: DocumentId;
  readonly of: Seq;
  /** When it was shown, by the panel's clock. */
  readonly at: number;
}

/** So many are kept; beyond that, the oldest stay in the trace for good. */
const MOST = 10_000;

export class ShownRequests {
  #list: ShownRequest[] = [];

  add(shown: ShownRequest): void {
    this.#list.push(shown);
  }

  get isEmpty(): boolean {
    return this.#list.length === 0;
  }

  clear(): void {
    this.#list = [];
  }

  /**
   * Gives up those that the hook turns out to have: by what it said since of their rivals, and by its requests that no
   * report came for, where they are more than the reports that are still held.
   */
  takeBack(
    hook: HookRequests,
    unreported: ReadonlyMap<string, readonly HookRequest[]>,
    held: readonly NetworkRequest[],
    alone: boolean,
  ): readonly ShownRequest[] {
    const spare = new Map([...unreported].map(([name, list]) => [name, list.length]));
    for (const request of held) {
      const name = target(request.method, request.url);
      const count = spare.get(name);
      if (count !== undefined) spare.set(name, count - 1);
    }
    const back = this.#list.filter(({ request, rival }) => {
      const name = target(request.method, request.url);
      const left = spare.get(name) ?? 0;
      const late = left > 0 ? (unreported.get(name) ?? []) : [];
      if (rival === null && late.length === 0) return false;
      const found = judgeLate(request, rival, late, hook, alone);
      if (found === 'unreported') spare.set(name, left - 1);
      return found !== null;
    });
    if (back.length > 0) {
      const gone = new Set(back);
      this.#list = this.#list.filter((each) => !gone.has(each));
    }
    return back;
  }

  /** Forgets what has stood for so long that the hook's word would have come. */
  forget(now: number): void {
    const many = Math.max(0, this.#list.length - MOST);
    if (many > 0 || (this.#list[0]?.at ?? now) + KEPT < now)
      this.#list = this.#list.slice(many).filter(({ at }) => at + KEPT >= now);
  }
}
