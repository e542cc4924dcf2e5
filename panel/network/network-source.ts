/**
 * Requests that DevTools reports and the page's hook has not seen, as observations of documents of their own, one for
 * each origin that the browser says. Reports
 * are held until the hook's word on the same request must have come; then each is judged once, in the order in which
 * the requests ended. What the hook turns out to have after all is taken back: a trace that is exported has it once.
 */
import type { DocumentId, Doubt, Observation, Seq } from '../../src/observation/observation.ts';
import { placedDraft } from '../../src/trace/har-draft.ts';
import type { TakenBack } from '../feed/feed.ts';
import { HookRequests } from './hook-requests.ts';
import { isForwarded, judge, resembling, SAME, START_WITHIN, type Verdict } from './matching.ts';
import type { NetworkRequest } from './network-entry.ts';
import { ShownRequests } from './shown-requests.ts';

/** Milliseconds for which a report is held: the way from the hook takes less, even when the background starts anew. */
export const HOLD = 3_000;
/** The same where nothing is known of that no hook sees: then the hook will most likely have it, however late. */
export const HOLD_ALONE = 8_000;
/** However busy the way from the hook is, a report is judged after so many milliseconds in which the panel could hear. */
export const MOST_HOLD = 20_000;
/** The hook is behind a request for as long as it does not speak of a time so many milliseconds after its end. */
const BEHIND = 1_000;
/** So many are held at most, while the way from the hook is cut or paused. */
const MOST_HELD = 5_000;
/** Milliseconds between the end of what a service worker asked for and the end of what it answered with it. */
const FORWARDED_WITHIN = 1_000;

interface Held {
  readonly request: NetworkRequest;
  /** When it is judged, by the clock of `now`; and when at the latest. */
  due: number;
  latest: number;
  /** Its content was asked for, after the hook turned out not to have it. */
  asked: boolean;
}

export interface NetworkSourceOptions {
  /** Gives an id for a document, each time another one. */
  newDocumentId(): DocumentId;
  /** Address of the inspected page, when the first of its requests is shown; '' where it is not known. */
  url(): string;
  /** Unix milliseconds. */
  readonly start: number;
}

/** A socket that was judged: the hook has it, or so many of its drafts are shown from `of` on. */
type KnownSocket =
  | 'seen by the hook'
  | { readonly document: NetworkDocument; readonly of: Seq; drafts: number };

/** What requests of one origin are observed in. */
interface NetworkDocument {
  readonly id: DocumentId;
  seq: Seq;
  /** What it says beside its beginning: requests, gaps. */
  holds: number;
}

export class NetworkSource {
  readonly #options: NetworkSourceOptions;
  readonly #hook = new HookRequests();
  /** By the end of the request. */
  readonly #held: Held[] = [];
  /** Sockets by URL and start: they are reported again as messages come. */
  readonly #sockets = new Map<string, KnownSocket>();
  /** Requests that were shown without their content, which was long in coming. */
  readonly #givenUp = new Set<string>();
  /** What open sockets have said since. */
  readonly #said: Observation[] = [];
  #hold = HOLD;
  /** What of that the hook may turn out to have. */
  readonly #shown = new ShownRequests();
  /** When to look for that; null where the hook has said nothing since the last look. */
  #look: number | null = null;
  /** When the hook spoke last. */
  #spoke = 0;
  /** By origin. */
  readonly #documents = new Map<string | null, NetworkDocument>();
  #dropped = 0;

  constructor(options: NetworkSourceOptions) {
    this.#options = options;
  }

  /**
   * A request that is chat was reported at `now` (milliseconds of any clock that only grows). Gives false if it is a
   * socket that the hook has: then nothing more of it is wanted.
   */
  report(request: NetworkRequest, now: number): boolean {
    const known = request.transport === 'socket' ? this.#sockets.get(nameOf(request)) : undefined;
    if (known === 'seen by the hook') return false;
    if (known !== undefined) {
      const news = request.drafts.slice(known.drafts);
      known.drafts += news.length;
      this.#said.push(...this.#placed(known.document, news, known.of));
      return true;
    }
    if (this.#givenUp.delete(`${request.method} ${nameOf(request)}`)) return true;
    const earlier = this.#held.findIndex((held) => isNewsOf(request, held));
    const [before] = earlier >= 0 ? this.#held.splice(earlier, 1) : [];
    if (this.#held.length >= MOST_HELD) {
      this.#dropped += 1;
      return true;
    }
    const at = this.#held.findLastIndex((held) => held.request.end <= request.end);
    const { due, latest } = before ?? { due: now + this.#hold, latest: now + MOST_HOLD };
    this.#held.splice(at + 1, 0, { request, due: before?.asked ? now : due, latest, asked: false });
    return true;
  }

  /**
   * Whether the hook has a request like this one, whose content nobody has asked for: one for each that is held. Where
   * more were made than the hook has, their contents must tell which is whose.
   */
  hasLike(request: NetworkRequest): boolean {
    const held = this.#held.filter(
      ({ request: { method, url, start } }) =>
        method === request.method && url === request.url && Math.abs(start - request.start) <= START_WITHIN,
    );
    return resembling(request, this.#hook) > held.length;
  }

  /** Whether the tab is known to have what no hook sees, such as workers: what they ask for is shown sooner. */
  othersSpeak(known: boolean): void {
    this.#hold = known ? HOLD : HOLD_ALONE;
  }

  /**
   * What the hook said, at `now`; everything that it saw must come by here. `wallTime` in Unix milliseconds. While it
   * speaks of times before the end of what is held, its word on that may still be on the way.
   */
  sawHook(observations: readonly Observation[], wallTime: number, now: number): void {
    this.#hook.take(observations, now);
    this.#spoke = now;
    this.#look ??= now + HOLD;
    this.forget(wallTime);
    const spokenOf = observations.at(-1)?.wallTime ?? 0;
    for (const held of this.#held) {
      if (spokenOf < held.request.end + BEHIND) this.#holdUntil(held, now + HOLD);
    }
  }

  /** Forgets what the hook said of requests that nobody will report any more. `wallTime` in Unix milliseconds. */
  forget(wallTime: number): void {
    this.#hook.forget(wallTime);
  }

  #holdUntil(held: Held, due: number): void {
    held.due = Math.min(Math.max(held.due, due), held.latest);
  }

  /** The way from the hook was cut until now: what is held waits anew. `deaf`: for so long the panel could not hear. */
  holdOn(now: number, deaf = 0): void {
    for (const held of this.#held) {
      held.latest += deaf;
      this.#holdUntil(held, now + HOLD);
    }
  }

  /** What is held, and what is said late of it, is not wanted any more. */
  clear(): void {
    for (const { asked, request } of this.#held.splice(0)) {
      if (asked) this.#givenUp.add(`${request.method} ${nameOf(request)}`);
    }
    this.#said.length = 0;
    this.#shown.clear();
  }

  /** When to ask again for what is settled or taken back; null when nothing is held and nothing in doubt. */
  get nextDue(): number | null {
    if (this.#said.length > 0) return 0;
    const held = this.#held[0]?.due ?? Number.POSITIVE_INFINITY;
    const look = this.#shown.isEmpty ? null : this.#look;
    const due = Math.min(held, look ?? Number.POSITIVE_INFINITY);
    return due === Number.POSITIVE_INFINITY ? null : due;
  }

  /**
   * What stands in the trace and must go by `now`: requests that the hook turned out to have, whose own reports would
   * have come by now, and documents that hold nothing any more.
   */
  takeBack(now: number): readonly TakenBack[] {
    if (this.#look === null || this.#look > now) return [];
    this.#look = this.#spoke + HOLD > now ? this.#spoke + HOLD : null;
    this.#shown.forget(now);
    const alone = this.#hold === HOLD_ALONE;
    const unreported = this.#hook.unreported(now - HOLD);
    const held = this.#held.map(({ request }) => request);
    return this.#shown
      .takeBack(this.#hook, unreported, held, alone)
      .flatMap(({ request, documentId, of }) => {
        if (request.transport === 'socket') this.#sockets.set(nameOf(request), 'seen by the hook');
        const document = this.#documents.get(request.origin);
        if (document?.id !== documentId) return [{ documentId, of }];
        document.holds -= 1;
        if (document.holds > 0) return [{ documentId, of }];
        this.#documents.delete(request.origin);
        return [
          { documentId, of },
          { documentId, of: 0 },
        ];
      });
  }

  /** Observations of what is settled by `now`. A request that ended earlier and is still held keeps later ones back. */
  settle(now: number): Observation[] {
    const settled = this.#said.splice(0);
    let done = 0;
    for (const held of this.#held) {
      if (held.due > now) break;
      const { request } = held;
      const verdict = this.#isForwarded(request, done + 1)
        ? SAME
        : judge(request, this.#hook, this.#hold === HOLD_ALONE);
      if (verdict.is === 'other' && request.askContent && !held.asked) {
        held.asked = true;
        this.#holdUntil(held, now + HOLD);
        request.askContent();
        break;
      }
      done += 1;
      if (held.asked) this.#givenUp.add(`${request.method} ${nameOf(request)}`);
      if (verdict.is === 'other') settled.push(...this.#observations(request, verdict, now));
      else if (request.transport === 'socket') this.#sockets.set(nameOf(request), 'seen by the hook');
    }
    this.#held.splice(0, done);
    return settled;
  }

  /** True if a later one was answered by a service worker that asked this one for it: it ended at most a moment later. */
  #isForwarded(request: NetworkRequest, from: number): boolean {
    for (let at = from; at < this.#held.length; at += 1) {
      const outer = this.#held[at]?.request;
      if (outer === undefined || outer.end > request.end + FORWARDED_WITHIN) return false;
      if (isForwarded(request, outer)) return true;
    }
    return false;
  }

  #observations(
    request: NetworkRequest,
    { doubt, rival }: Extract<Verdict, { is: 'other' }>,
    now: number,
  ): Observation[] {
    const { drafts, transport } = request;
    const observations: Observation[] = [];
    const { start, url } = this.#options;
    const { origin } = request;
    let document = this.#documents.get(origin);
    if (document === undefined) {
      document = { id: this.#options.newDocumentId(), seq: 0, holds: 0 };
      this.#documents.set(origin, document);
      const place = this.#place(document, start);
      observations.push({ ...place, kind: 'document', phase: 'start', url: url(), origin, top: false });
    }
    if (this.#dropped > 0) {
      const count = this.#dropped;
      const from = document.seq;
      document.seq += count - 1;
      const place = this.#place(document, drafts[0]?.at ?? start);
      observations.push({ ...place, kind: 'gap', from, to: place.seq, count, reason: 'panel' });
      this.#dropped = 0;
      document.holds += 1;
    }
    const of = document.seq;
    document.holds += 1;
    this.#shown.add({ request, rival, documentId: document.id, of, at: now });
    if (transport === 'socket') this.#sockets.set(nameOf(request), { document, of, drafts: drafts.length });
    return [...observations, ...this.#placed(document, drafts, of, doubt)];
  }

  #placed(
    document: NetworkDocument,
    drafts: NetworkRequest['drafts'],
    of: Seq,
    doubt: Doubt | null = null,
  ): Observation[] {
    return drafts.map(({ at, content }) => {
      const told = content.kind === 'request' ? withDoubt(content, doubt) : content;
      return placedDraft(told, this.#place(document, at), of);
    });
  }

  #place(document: NetworkDocument, wallTime: number) {
    const seq = document.seq++;
    const monotonicTime = Math.max(0, wallTime - this.#options.start);
    return {
      documentId: document.id,
      frame: 0,
      seq,
      wallTime,
      monotonicTime,
      source: 'devtools.network' as const,
    };
  }
}

/** Whether it says more of what is held: of a socket that goes on, or of a request whose content was asked for. */
function isNewsOf(request: NetworkRequest, { request: held, asked }: Held): boolean {
  const mayGrow = asked || held.transport === 'socket';
  return (
    mayGrow &&
    held.transport === request.transport &&
    held.method === request.method &&
    nameOf(held) === nameOf(request)
  );
}

function nameOf({ url, start }: NetworkRequest): string {
  return `${start} ${url}`;
}

function withDoubt<T>(content: T, doubt: Doubt | null): T {
  return doubt === null ? content : { ...content, doubt };
}
