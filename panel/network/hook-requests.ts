/** What the page's hook has seen of requests and sockets, kept for as long as DevTools may still report them. */
import type { Observation, Payload } from '../../src/observation/observation.ts';
import { withoutFragment } from './network-entry.ts';

/** One request or socket of a document, growing as its observations come. */
export interface HookRequest {
  readonly transport: 'fetch' | 'xhr' | 'beacon' | 'eventsource' | 'socket';
  readonly start: number;
  /** Infinity while it runs. */
  end: number;
  body: Payload | null;
  /** 0: no answer yet, or none at all. */
  status: number;
  readonly answer: Payload[];
  /** Of a socket, its first messages; see `messageOf`. */
  readonly messages: string[];
  /** True when a report was taken for it. */
  taken: boolean;
  /** When the panel heard of its end, of a socket or stream of its start, by the panel's clock; Infinity before. */
  heard: number;
  /** True for what follows a redirection: its body and its time are those of the request before it. */
  readonly redirected: boolean;
}

/** So many messages of a socket are kept: enough to tell it from another. */
const MOST_MESSAGES = 50;

/** A message as both the hook and DevTools have it: what the page sent as bytes, both give as base64. */
export function messageOf({
  direction,
  payload,
}: Pick<Extract<Observation, { readonly kind: 'frame' }>, 'direction' | 'payload'>): string {
  return `${direction} ${payload.data}`;
}

/** So many are kept; beyond that, the oldest are given up. */
const MOST = 10_000;
/** Milliseconds for which an ended one is kept: reports come within seconds of the end. */
export const KEPT = 60_000;
/** Milliseconds between two looks for what may be forgotten. */
const BETWEEN_LOOKS = 5_000;

/** One of them, with where it stands by its target. */
interface Ordered {
  readonly target: string;
  readonly request: HookRequest;
}

export class HookRequests {
  /** By method and URL, oldest first. */
  readonly #byTarget = new Map<string, HookRequest[]>();
  /** By document and seq. */
  readonly #running = new Map<string, HookRequest>();
  /** By document, the seq that comes next: what a paused frame said comes twice. */
  readonly #next = new Map<string, number>();
  #order: Ordered[] = [];
  #looked = 0;

  /** Takes what the hook says. `now` in milliseconds of a clock that only grows. */
  take(observations: readonly Observation[], now: number): void {
    for (const observation of observations) {
      const { documentId, seq } = observation;
      if (seq < (this.#next.get(documentId) ?? 0)) continue;
      this.#next.set(documentId, seq + 1);
      if (!this.#start(observation, now)) this.#continue(observation, now);
    }
  }

  of(method: string, url: string): readonly HookRequest[] {
    return this.#byTarget.get(target(method, url)) ?? [];
  }

  /** Those that no report was taken for, though each was heard of at `heard` or before: by method and URL, oldest first. */
  unreported(heard: number): ReadonlyMap<string, readonly HookRequest[]> {
    const found = new Map<string, HookRequest[]>();
    for (const { target: name, request } of this.#order) {
      if (request.taken || request.heard > heard) continue;
      const list = found.get(name);
      if (list) list.push(request);
      else found.set(name, [request]);
    }
    return found;
  }

  /** Another leg of a request that was redirected: DevTools reports each by itself. */
  addLeg(before: HookRequest, method: string, url: string, start: number): void {
    const { transport, answer } = before;
    this.#add(target(method, url), {
      ...{ transport, start, end: before.end, body: null, status: before.status, answer, messages: [] },
      ...{ taken: false, redirected: true, heard: before.heard },
    });
  }

  /** Forgets what nobody will report any more. `now` in Unix milliseconds. */
  forget(now: number): void {
    const tooMany = this.#order.length - MOST;
    if (tooMany <= 0 && Math.abs(now - this.#looked) < BETWEEN_LOOKS) return;
    this.#looked = now;
    this.#order = this.#order.filter((each, at) => {
      // What goes on keeps nothing behind it.
      const stays = at >= tooMany && each.request.end + KEPT > now;
      if (!stays) this.#remove(each);
      return stays;
    });
  }

  #remove({ target: name, request }: Ordered): void {
    const list = this.#byTarget.get(name);
    const at = list?.indexOf(request) ?? -1;
    if (at >= 0) list?.splice(at, 1);
    if (list?.length === 0) this.#byTarget.delete(name);
  }

  #start(observation: Observation, now: number): boolean {
    const opens = observation.kind === 'socket-open' && observation.phase === 'connecting';
    if (observation.kind !== 'request' && !opens) return false;
    const { wallTime: start, documentId, seq } = observation;
    const transport = observation.kind === 'request' ? observation.transport : 'socket';
    const stays = transport === 'socket' || transport === 'eventsource';
    const request: HookRequest = {
      transport,
      heard: stays ? now : Number.POSITIVE_INFINITY,
      start,
      end: Number.POSITIVE_INFINITY,
      body: observation.kind === 'request' ? withBytes(observation.body) : null,
      status: 0,
      answer: [],
      messages: [],
      taken: false,
      redirected: false,
    };
    const method = observation.kind === 'request' ? observation.method : 'GET';
    this.#running.set(`${documentId} ${seq}`, request);
    this.#add(target(method, observation.url), request);
    return true;
  }

  #add(name: string, request: HookRequest): void {
    const list = this.#byTarget.get(name);
    if (list) list.push(request);
    else this.#byTarget.set(name, [request]);
    this.#order.push({ target: name, request });
  }

  #continue(observation: Observation, now: number): void {
    if (!('of' in observation)) return;
    const name = `${observation.documentId} ${observation.of}`;
    const request = this.#running.get(name);
    if (!request) return;
    switch (observation.kind) {
      case 'response':
        request.status = observation.status;
        break;
      case 'frame':
        if (request.messages.length < MOST_MESSAGES) request.messages.push(messageOf(observation));
        break;
      case 'chunk':
        request.answer.push(observation.payload);
        break;
      case 'body':
        if (observation.role === 'request') request.body = withBytes(observation.payload);
        else if (observation.role === 'answer') request.answer.push(observation.payload);
        break;
      case 'end':
      case 'abort':
      case 'socket-close':
        this.#end(name, request, observation.wallTime, now);
        break;
      case 'error':
        if (!observation.retrying) this.#end(name, request, observation.wallTime, now);
    }
  }

  #end(name: string, request: HookRequest, end: number, now: number): void {
    request.end = end;
    request.heard = Math.min(request.heard, now);
    this.#running.delete(name);
  }
}

/** What a report and the hook's word are compared by first. */
export function target(method: string, url: string): string {
  return `${method.toUpperCase()} ${withoutFragment(url)}`;
}

function withBytes(payload: Payload | null): Payload | null {
  return payload?.encoding === 'text' && payload.data === '' ? null : payload;
}
