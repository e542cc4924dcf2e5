/**
 * Redacts a trace by a profile: findings, order, sessions, parties and states stay what they are. The observations are
 * gone through twice: first all values are learnt that will be replaced, then they are replaced wherever they stand.
 */
import type { Observation, Payload } from '../../observation/observation.ts';
import { plainSubprotocol } from '../../observation/subprotocol.ts';
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import { protocols as knownProtocols } from '../../protocol/protocols.ts';
import { type Edit, edited, editedParts } from './edits.ts';
import { base64Bytes, base64Of, encodedBytes } from './encoded-text.ts';
import { HeaderRedaction } from './header-redaction.ts';
import { METHODS, NOTE, REASONS, STATUS_TEXTS } from './http-words.ts';
import type { Kind } from './kinds.ts';
import { PROFILES, type Profile } from './profile.ts';
import { Redactor } from './redactor.ts';
import { TextRedaction } from './text-redaction.ts';
import { isToken } from './tokens.ts';
import { UrlRedaction } from './url-redaction.ts';

export interface RedactionSummary {
  readonly profile: string;
  /** How many values were replaced, by kind. */
  readonly replaced: Readonly<Partial<Record<Kind, number>>>;
  readonly total: number;
}

/** How the text of an exchange is read. */
type Reading = 'body' | 'stream' | 'lines';

interface Stream {
  readonly parts: string[];
  reading: Reading;
  /** The redacted parts that have not been asked for yet. */
  put: string[] | null;
}

const LINE_TYPES = /^\s*application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines|jsonlines|stream\+json)\s*(?:;|$)/i;
export class Redaction {
  readonly #profile: Profile;
  readonly #redactor: Redactor;
  readonly #urls: UrlRedaction;
  readonly #headers: HeaderRedaction;
  readonly #texts: TextRedaction;
  readonly #readings = new Map<string, Reading>();
  readonly #streams = new Map<string, Stream>();
  readonly #documents = new Map<string, string>();

  constructor(profile: Profile, protocols: readonly ChatProtocol[] = knownProtocols) {
    this.#profile = profile;
    this.#redactor = new Redactor(profile, protocols);
    this.#urls = new UrlRedaction(this.#redactor);
    this.#headers = new HeaderRedaction(this.#redactor, this.#urls);
    this.#texts = new TextRedaction(this.#redactor, this.#urls);
  }

  /** True where nothing is replaced at all. */
  get isIdle(): boolean {
    return this.#profile === PROFILES.none;
  }

  /** Learns from every observation of the trace, before anything is redacted; may stop after each step. */
  *learning(observations: Iterable<Observation>): Generator<void, void, undefined> {
    if (this.isIdle) return;
    this.#redactor.phase = 'learn';
    for (const observation of observations) {
      reserve(observation, this.#redactor);
      if (observation.kind === 'chunk') this.#gather(observation);
      else this.#redacted(observation);
      yield;
    }
    for (const stream of this.#streams.values()) {
      this.#streamParts(stream);
      yield;
    }
    this.#redactor.phase = 'write';
  }

  /** The observation with everything replaced; to be asked in the order of the trace, once for each. */
  redact(observation: Observation): Observation {
    return this.isIdle ? observation : this.#redacted(observation);
  }

  /** A text that belongs to the trace and is no observation: a person's title or notes, the page's address. */
  note(text: string): string {
    return this.isIdle ? text : this.#redactor.searched(text);
  }

  url(url: string): string {
    return this.isIdle ? url : this.#urls.url(url);
  }

  /** What was replaced so far. */
  summary(): RedactionSummary {
    const replaced = Object.fromEntries(
      [...this.#redactor.counts].sort(([one], [other]) => (one < other ? -1 : 1)),
    );
    const total = [...this.#redactor.counts.values()].reduce((sum, count) => sum + count, 0);
    return { profile: this.#profile.name, replaced, total };
  }

  #redacted(observation: Observation): Observation {
    const redacted = this.#fields(observation);
    return { ...redacted, documentId: this.#documentId(observation.documentId) } as Observation;
  }

  #fields(observation: Observation): Observation {
    switch (observation.kind) {
      case 'document':
        return {
          ...observation,
          url: this.#urls.url(observation.url),
          origin: observation.origin === null ? null : this.#urls.origin(observation.origin),
        };
      case 'request':
        return {
          ...observation,
          method: METHODS.has(observation.method.toUpperCase())
            ? observation.method
            : this.#redactor.value('value', observation.method),
          url: this.#urls.url(observation.url),
          headers: this.#headers.headers(observation.headers),
          body: observation.body === null ? null : this.#payload(observation.body, 'body'),
        };
      case 'response': {
        const type = observation.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
        this.#readings.set(exchangeKey(observation), readingOf(type));
        return {
          ...observation,
          statusText: this.#known(STATUS_TEXTS, 'error', observation.statusText),
          headers: this.#headers.headers(observation.headers),
          url: this.#urls.url(observation.url),
        };
      }
      case 'body': {
        const reading =
          observation.role === 'answer' ? this.#readings.get(exchangeKey(observation)) : undefined;
        return { ...observation, payload: this.#payload(observation.payload, reading ?? 'body') };
      }
      case 'chunk':
        return { ...observation, payload: this.#chunk(observation) };
      case 'frame':
        return { ...observation, payload: this.#payload(observation.payload, 'body') };
      case 'stream-event':
        return {
          ...observation,
          event: this.#streamEvent(observation.event),
          id: /^\d{0,5}$/.test(observation.id) ? observation.id : this.#redactor.value('id', observation.id),
          payload: this.#payload(observation.payload, 'body'),
        };
      case 'abort':
        return { ...observation, reason: this.#known(REASONS, 'error', observation.reason) };
      case 'error':
        return { ...observation, message: this.#known(REASONS, 'error', observation.message) };
      case 'socket-open':
        return {
          ...observation,
          url: this.#urls.url(observation.url),
          protocols: observation.protocols.map(plainSubprotocol),
        };
      case 'socket-close':
        return { ...observation, reason: this.#known(REASONS, 'error', observation.reason) };
      case 'page-error':
        return {
          ...observation,
          message: this.#known(REASONS, 'error', observation.message),
          url: this.#urls.url(observation.url),
        };
      case 'annotation':
        return this.#redactor.phase === 'learn'
          ? observation
          : { ...observation, text: this.note(observation.text) };
      default:
        return observation;
    }
  }

  #known(known: ReadonlySet<string>, kind: Kind, text: string): string {
    return known.has(text) ? text : this.#redactor.value(kind, text);
  }

  #streamEvent(name: string): string {
    const { rules } = this.#redactor;
    return name === '' || name === 'message' || rules.knowsEvent(name)
      ? name
      : this.#redactor.value('event', name);
  }

  #documentId(id: string): string {
    if (this.#profile.base !== 'share') return id;
    const known = this.#documents.get(id);
    if (known !== undefined) return known;
    const token = (this.#documents.size + 1).toString(16).padStart(32, '0');
    this.#documents.set(id, token);
    return token;
  }

  #payload(payload: Payload, reading: Reading): Payload {
    const edit = (text: string) => edited(text, this.#edits(text, reading));
    const { note, ...bare } = payload;
    const plain = note === undefined ? bare : { ...bare, note: NOTE.test(note) ? note : 'redacted' };
    if (payload.encoding === 'text') return { ...plain, data: edit(payload.data) };
    return payload.encoding === 'base64'
      ? { ...plain, data: this.#bytes(payload.data, edit) }
      : { ...plain, data: '' };
  }

  #edits(text: string, reading: Reading): Edit[] {
    if (reading === 'stream') return this.#texts.streamEdits(text);
    return reading === 'lines' ? this.#texts.lineEdits(text) : this.#texts.edits(text);
  }

  /** Bytes that are no text are replaced by others that are none. */
  #bytes(data: string, edit: (text: string) => string): string {
    const bytes = base64Bytes(data);
    if (bytes === null || bytes.length === 0) return data;
    const put = encodedBytes(bytes, edit);
    if (put !== null) return base64Of(put);
    if (bytes[0] === 0xff && /^<bytes \d{1,9}>$/.test(String.fromCharCode(...bytes.subarray(1, 20))))
      return data;
    const number = /#(\d+)/.exec(this.#redactor.marked('value', `bytes ${data}`))?.[1] ?? '0';
    return base64Of(Uint8Array.from(`\xff<bytes ${number}>`, (char) => char.charCodeAt(0)));
  }

  #gather(observation: Observation & { readonly kind: 'chunk' }): void {
    const key = exchangeKey(observation);
    const stream = this.#streams.get(key) ?? {
      parts: [],
      reading: this.#readings.get(key) ?? 'body',
      put: null,
    };
    this.#streams.set(key, stream);
    stream.parts.push(chunkText(observation.payload) ?? '');
  }

  #streamParts(stream: Stream): string[] {
    const text = stream.parts.join('');
    let length = 0;
    const ends = stream.parts.map((part) => {
      length += part.length;
      return length;
    });
    return editedParts(text, this.#edits(text, stream.reading), ends);
  }

  /** A part of a stream is redacted with all the others: a value may be cut by the ends of parts. */
  #chunk(observation: Observation & { readonly kind: 'chunk' }): Payload {
    const { payload } = observation;
    const stream = this.#streams.get(exchangeKey(observation));
    if (stream === undefined) return this.#payload(payload, 'body');
    stream.put ??= this.#streamParts(stream);
    const data = stream.put.shift() ?? '';
    if (chunkText(payload) === null) return this.#payload(payload, 'body');
    const plain = {
      ...payload,
      ...(payload.note === undefined || NOTE.test(payload.note) ? {} : { note: 'redacted' }),
    };
    return payload.encoding === 'base64'
      ? { ...plain, data: base64Of(new TextEncoder().encode(data)) }
      : { ...plain, data };
  }
}

/** All observations redacted, in their order; `summary` is whole when the last one has been asked for. */
export function redactTrace(
  observations: Iterable<Observation>,
  profile: Profile,
  protocols?: readonly ChatProtocol[],
): { readonly observations: Generator<Observation, void, undefined>; readonly redaction: Redaction } {
  const redaction = new Redaction(profile, protocols);
  for (const _ of redaction.learning(observations));
  const each = function* (): Generator<Observation, void, undefined> {
    for (const observation of observations) yield redaction.redact(observation);
  };
  return { observations: each(), redaction };
}

const exchangeKey = ({ documentId, ...rest }: Observation): string =>
  `${'of' in rest ? rest.of : rest.seq} ${documentId}`;

function readingOf(contentType: string): Reading {
  if (/^\s*text\/event-stream\s*(?:;|$)/i.test(contentType)) return 'stream';
  return LINE_TYPES.test(contentType) ? 'lines' : 'body';
}

/** Null for bytes that are no text. */
function chunkText(payload: Payload): string | null {
  if (payload.encoding === 'text') return payload.data;
  if (payload.encoding !== 'base64') return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(base64Bytes(payload.data) ?? new Uint8Array());
  } catch {
    return null;
  }
}

/** Tokens of an earlier redaction keep their numbers for themselves. */
function reserve(observation: Observation, { tokens }: Redactor): void {
  const text = JSON.stringify(observation);
  tokens.reserve(text);
  if (text.includes('%E2%80%B9')) {
    for (const [token] of text.matchAll(/%E2%80%B9[^"/&?]{1,80}?%E2%80%BA/g)) {
      const plain = decodeURIComponent(token);
      if (isToken(plain)) tokens.reserve(plain);
    }
  }
}
