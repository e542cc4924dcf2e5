/**
 * HAR files of Chrome, Firefox, Playwright, HTTP Toolkit, mitmproxy and their like as observations. Only chat traffic
 * is taken; what was passed over is counted. Secrets are masked as the capture masks them.
 */
import * as z from 'zod/mini';
import type { Observation } from '../observation/observation.ts';
import { isChatEntry } from './har-chat.ts';
import { draftChars, type Exchange, numberDrafts } from './har-draft.ts';
import { harEntrySchema } from './har-entry.ts';
import { exchangeDrafts } from './har-exchange.ts';
import { type EntryPlaces, entryPlaces } from './har-place.ts';
import { framePositions, isSocketEntry, socketDrafts } from './har-socket.ts';
import type { HarEntryText } from './har-text.ts';

export interface HarImport {
  /** One document's observations in trace order; empty where the file has no chat traffic. */
  readonly observations: readonly Observation[];
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
  /** Entries that are no HAR entries: without a request or its URL. */
  readonly unreadable: number;
}

/** JSON that is no HAR, as one sentence for a person. */
export class HarError extends Error {
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
 * The chat traffic in a parsed HAR file.
 * @throws HarError where the value is no HAR.
 */
export function readHar(json: unknown): HarImport {
  const { entries } = readLog(json);
  const reader = new HarReader();
  for (const value of entries) reader.take({ value, text: null, place: null });
  return reader.end(json);
}

/** Reads a HAR file entry by entry. */
export class HarReader {
  /** Characters of the bodies, frames and addresses that were taken. */
  chars = 0;
  #entries = 0;
  #otherTraffic = 0;
  #unreadable = 0;
  #previousStart = 0;
  readonly #fingerprint = new Fingerprint();
  readonly #exchanges: Exchange[] = [];
  readonly #places = new Map<number, EntryPlaces>();
  readonly #framesOfEntry = new Map<number, readonly number[]>();

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
      return;
    }
    const entry = parsed.data;
    const start = startTime(entry.startedDateTime) ?? { at: this.#previousStart, within: 0 };
    this.#previousStart = start.at;
    if (!isChatEntry(entry)) {
      this.#otherTraffic += 1;
      return;
    }
    this.#fingerprint.add(`${index} ${entry.startedDateTime} ${entry.request.url}`);
    const socket = isSocketEntry(entry);
    if (socket) this.#framesOfEntry.set(index, framePositions(entry));
    if (text !== null) this.#places.set(index, entryPlaces({ text, place }));
    const drafts = socket ? socketDrafts(entry, start.at) : exchangeDrafts(entry, start.at);
    for (const { content } of drafts) this.chars += draftChars(content);
    this.#exchanges.push({ entry: index, startsWithin: start.within, drafts });
  }

  /**
   * `rest`: the file's value; its entries are not looked at again.
   * @throws HarError where the value is no HAR.
   */
  end(rest: unknown): HarImport {
    const log = readLog(rest);
    const document = { documentId: this.#fingerprint.text, url: pageUrl(log.pages?.[0]) };
    const { observations, entryOfExchange } =
      this.#exchanges.length === 0
        ? { observations: [], entryOfExchange: [] }
        : numberDrafts(document, this.#exchanges);
    const messageOfFrame = new Map<number, readonly number[]>();
    for (const [exchange, index] of entryOfExchange.entries()) {
      const frames = this.#framesOfEntry.get(index);
      if (frames !== undefined) messageOfFrame.set(exchange, frames);
    }
    return {
      observations,
      entryOfExchange,
      messageOfFrame,
      placesOfEntry: this.#places,
      creator: log.creator?.name ?? log.browser?.name ?? '',
      entries: this.#entries,
      otherTraffic: this.#otherTraffic,
      unreadable: this.#unreadable,
    };
  }
}

function readLog(json: unknown): z.infer<typeof logSchema>['log'] {
  const har = logSchema.safeParse(json);
  if (!har.success) throw new HarError('not a HAR file: it has no `log.entries`');
  return har.data.log;
}

/** Unix milliseconds, and by how much the true start may be later; undefined for what is no time. */
function startTime(startedDateTime: string | undefined): { at: number; within: number } | undefined {
  const at = Date.parse(startedDateTime ?? '');
  if (Number.isNaN(at)) return undefined;
  // Proxies write microseconds; `Date` keeps three digits of them.
  const beyond = /\.\d{3}(\d+)/.exec(startedDateTime ?? '')?.[1];
  return beyond === undefined ? { at, within: 0.999 } : { at: at + Number(`0.${beyond}`), within: 0 };
}

/** Browsers write the page's address as its title. */
function pageUrl(page: unknown): string {
  const parsed = pageSchema.safeParse(page);
  return parsed.success && URL.canParse(parsed.data.title) ? parsed.data.title : '';
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
