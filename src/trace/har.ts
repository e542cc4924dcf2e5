/**
 * HAR files of browsers, proxies and test tools as observations. Only chat traffic is taken; what was passed over is
 * counted. Secrets are masked as the capture masks them.
 */
import * as z from 'zod/mini';
import type { Observation } from '../observation/observation.ts';
import { plainUrl } from '../observation/plain-url.ts';
import { isChatUrl } from '../protocol/marks.ts';
import { fitsPattern } from '../text/url-pattern.ts';
import { FileError } from './file-error.ts';
import type { FileSettings } from './file-settings.ts';
import { isChatEntry, isPackedChat, onlyChat } from './har-chat.ts';
import { type Draft, draftChars, type Exchange, numberDrafts } from './har-draft.ts';
import { type HarEntry, harEntrySchema, headerValue, isViaWorker } from './har-entry.ts';
import { exchangeDrafts } from './har-exchange.ts';
import { framePositions } from './har-message.ts';
import { type EntryPlaces, entryPlaces } from './har-place.ts';
import { type RedirectLeg, redirectTarget, withRedirectsFollowed } from './har-redirect.ts';
import { type Leg, workerLegs } from './har-service-worker.ts';
import { isSocketEntry, socketDrafts } from './har-socket.ts';
import type { HarEntryText } from './har-text.ts';
import { type FileTime, fileTime } from './har-time.ts';
import { withUsableTimes } from './har-time-check.ts';
import { PackedLook } from './packed-look.ts';

/** A HAR file with its observations. */
export interface HarImport extends HarContent {
  /** One document's observations in trace order; empty where the file has no chat traffic. */
  readonly observations: readonly Observation[];
}

/** What there is to say of a HAR file beside its observations. */
export interface HarContent {
  /** Index of the entry in `log.entries`, by the position of the exchange, socket or stream in the trace. */
  readonly entryOfExchange: readonly number[];
  /** By the same position, for a socket: the index in `_webSocketMessages` by the position of the frame. */
  readonly messageOfFrame: ReadonlyMap<number, readonly number[]>;
  /** Where the entries of chat traffic stand in the file; empty where only their values were given. */
  readonly placesOfEntry: ReadonlyMap<number, EntryPlaces>;
  /** Program that wrote the file, as it calls itself. */
  readonly creator: string;
  readonly entries: number;
  /** Entries that are no chat traffic. */
  readonly otherTraffic: number;
  /** Entries that are no HAR entries. */
  readonly unreadable: number;
  /** The first hundred of them, with the reason. */
  readonly unreadableEntries: readonly UnreadableEntry[];
  /** Sentences on the file as a whole: what it does not tell, and what was therefore not judged. */
  readonly notes: readonly string[];
}

export interface UnreadableEntry {
  /** Index in `log.entries`. */
  readonly entry: number;
  /** "has no request". */
  readonly reason: string;
}

/** As many unreadable entries as are named. */
const NAMED = 100;

/** JSON that is no HAR, as one sentence for a person. */
export class HarError extends FileError {
  override readonly name = 'HarError';
}

const logSchema = z.object({
  log: z.object({
    creator: z.catch(z.optional(z.object({ name: z.string() })), undefined),
    browser: z.catch(z.optional(z.object({ name: z.string() })), undefined),
    pages: z.catch(z.optional(z.array(z.unknown())), undefined),
    entries: z.array(z.unknown()),
  }),
});
const pageSchema = z.object({ title: z.string() });

/**
 * The chat traffic in a parsed HAR file. `settings`: what the user says is chat.
 * @throws HarError where the value is no HAR.
 */
export function readHar(json: unknown, settings?: FileSettings): HarImport {
  const reader = new HarReader(settings);
  reader.takeEntriesOf(json);
  const observations: Observation[] = [];
  const portions = reader.end(json);
  for (let portion = portions.next(); ; portion = portions.next()) {
    if (portion.done === true) return { observations, ...portion.value };
    observations.push(...portion.value);
  }
}

/** Reads a HAR file entry by entry. */
export class HarReader {
  /** Characters of the bodies, frames and addresses that were taken. */
  chars = 0;
  #entries = 0;
  #otherTraffic = 0;
  #unreadable = 0;
  readonly #unreadableEntries: UnreadableEntry[] = [];
  readonly #legs: (Leg & RedirectLeg)[] = [];
  readonly #fingerprint = new Fingerprint();
  #exchanges: Exchange[] = [];
  readonly #places = new Map<number, EntryPlaces>();
  readonly #framesOfEntry = new Map<number, readonly number[]>();
  readonly #isMarked: (url: string) => boolean;
  readonly #mayHold: (text: string) => boolean;
  readonly #packed = new PackedLook();
  /** URLs without their query under which events came. */
  readonly #chatAddresses = new Set<string>();

  /** `settings`: what the user says is chat beside what shows it by itself. */
  constructor({ patterns, wrappers }: FileSettings = { patterns: [], wrappers: [] }) {
    this.#isMarked = (url) => patterns.some((pattern) => fitsPattern(url, pattern));
    // Whether a wrapper holds an event, its reader finds out.
    const members = wrappers.flatMap((path) => /[^.[\]"'\s$]+/.exec(path) ?? []);
    this.#mayHold = (text) => members.some((member) => text.includes(member));
  }

  /** The next entry of `log.entries`, with its text where the file is read as text. */
  take({
    value,
    text,
    place,
  }: HarEntryText | { readonly value: unknown; readonly text: null; readonly place: null }): void {
    const index = this.#entries;
    this.#entries += 1;
    const parsed = harEntrySchema.safeParse(value);
    if (!parsed.success) {
      this.#unreadable += 1;
      if (this.#unreadable <= NAMED)
        this.#unreadableEntries.push({ entry: index, reason: unreadableReason(value) });
      return;
    }
    const entry = parsed.data;
    // Of a request that the browser makes by itself the page and the hook see nothing.
    const isChatByUrl = isChatUrl(entry.request.url) || this.#isMarked(entry.request.url);
    if (isPreflight(entry) || !(isChatByUrl || this.#isChatByBytes(entry))) {
      this.#otherTraffic += 1;
      return;
    }
    this.#fingerprint.add(`${index} ${entry.startedDateTime} ${entry.request.url}`);
    const socket = isSocketEntry(entry);
    if (socket) this.#framesOfEntry.set(index, framePositions(entry));
    if (text !== null) this.#places.set(index, entryPlaces({ text, place }));
    const start = startOf(entry);
    const all = (socket ? socketDrafts : exchangeDrafts)(entry, start?.at ?? 0);
    const drafts = isChatByUrl ? all : onlyChat(all, this.#packed, this.#mayHold);
    for (const { content } of drafts) this.chars += draftChars(content);
    this.#exchanges.push({ entry: index, start, drafts });
    if (!socket) this.#legs.push(legOf(entry, index, start, drafts));
  }

  /** Packed bytes are looked at where an earlier answer or message of the address has shown that it is chat. */
  #isChatByBytes(entry: HarEntry): boolean {
    const address = entry.request.url.split(/[?#]/, 1)[0] ?? '';
    if (isChatEntry(entry, this.#mayHold)) {
      this.#chatAddresses.add(address);
      return true;
    }
    return this.#chatAddresses.has(address) && isPackedChat(entry, this.#packed, this.#mayHold);
  }

  /** The entries of a HAR that was parsed whole. @throws HarError where the value is no HAR. */
  takeEntriesOf(json: unknown): void {
    for (const value of readLog(json).entries) this.take({ value, text: null, place: null });
  }

  /**
   * The observations in trace order, in portions. `rest`: the file's value; its entries are not looked at again.
   * @throws HarError where the value is no HAR.
   */
  *end(rest: unknown): Generator<readonly Observation[], HarContent, undefined> {
    const log = readLog(rest);
    const legs = workerLegs(this.#legs);
    const pageCalls = withRedirectsFollowed(
      this.#exchanges.filter(({ entry }) => !legs.has(entry)),
      this.#legs.filter(({ entry }) => !legs.has(entry)),
    );
    const { exchanges, notes } = withUsableTimes(pageCalls);
    this.#exchanges = [];
    const document = { documentId: this.#fingerprint.text, url: pageUrl(log.pages?.[0]) };
    const entryOfExchange = exchanges.length === 0 ? [] : yield* numberDrafts(document, exchanges);
    const messageOfFrame = new Map<number, readonly number[]>();
    for (const [exchange, index] of entryOfExchange.entries()) {
      const frames = this.#framesOfEntry.get(index);
      if (frames !== undefined) messageOfFrame.set(exchange, frames);
    }
    return {
      entryOfExchange,
      messageOfFrame,
      placesOfEntry: this.#places,
      creator: log.creator?.name ?? log.browser?.name ?? '',
      entries: this.#entries,
      otherTraffic: this.#otherTraffic,
      unreadable: this.#unreadable,
      unreadableEntries: this.#unreadableEntries,
      notes: legs.size === 0 ? notes : [...notes, legsNote(legs.size)],
    };
  }
}

function readLog(json: unknown): z.infer<typeof logSchema>['log'] {
  const har = logSchema.safeParse(json);
  if (!har.success) throw new HarError('not a HAR file: it has no `log.entries`');
  return har.data.log;
}

function unreadableReason(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is no object';
  if (!('request' in value) || typeof value.request !== 'object' || value.request === null)
    return 'has no request';
  return 'has a request without a URL';
}

/** No script can set the header that asks for leave. */
function isPreflight({ _resourceType, request }: HarEntry): boolean {
  if (_resourceType === 'preflight') return true;
  if (request.method.toUpperCase() !== 'OPTIONS') return false;
  // Where the file was written without headers, nothing tells it from a page's own call, which no protocol has.
  const asks = headerValue(request.headers, 'access-control-request-method') !== undefined;
  return asks || request.headers.length === 0;
}

/** When an entry began: as it says, or else its first message. */
function startOf(entry: HarEntry): FileTime | null {
  const said = fileTime(entry.startedDateTime);
  if (said !== null) return said;
  const messages = entry._webSocketMessages ?? entry._eventSourceMessages ?? [];
  return messages.map(({ time }) => fileTime(time)).find((time) => time !== null) ?? null;
}

function legOf(
  entry: HarEntry,
  index: number,
  start: FileTime | null,
  drafts: readonly Draft[],
): Leg & RedirectLeg {
  const { method, url, postData } = entry.request;
  return {
    entry: index,
    method,
    url,
    location: redirectTarget(entry),
    call: `${method} ${url} ${postData?.text ?? ''}`,
    start: start?.at ?? null,
    end: start === null ? null : (drafts.at(-1)?.at ?? start.at),
    viaWorker: isViaWorker(entry),
  };
}

function legsNote(count: number): string {
  return `${count} ${count === 1 ? 'call stands' : 'calls stand'} in the file twice, as the page asked and as its service worker passed it on; the page's is shown.`;
}

/** Browsers write the page's address as its title. */
function pageUrl(page: unknown): string {
  const parsed = pageSchema.safeParse(page);
  return parsed.success && URL.canParse(parsed.data.title) ? plainUrl(parsed.data.title) : '';
}

/** A document id that is the same for the same file and differs between files: FNV-1a in four lanes. */
class Fingerprint {
  readonly #lanes = Uint32Array.of(0x811c9dc5, 0x01000193, 0xdeadbeef, 0x9e3779b9);

  add(text: string): void {
    for (let at = 0; at < text.length; at += 1) {
      const lane = at % this.#lanes.length;
      this.#lanes[lane] = Math.imul((this.#lanes[lane] ?? 0) ^ text.charCodeAt(at), 0x01000193);
    }
  }

  /** 32 hex digits. */
  get text(): string {
    return Array.from(this.#lanes, (lane) => lane.toString(16).padStart(8, '0')).join('');
  }
}
