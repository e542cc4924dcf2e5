/**
 * Synthetic chat traffic for the benchmarks: distinct events in distinct bytes, many sessions interleaved over polls,
 * sockets and streams, a given share of them with a defect. Deterministic: the same numbers give the same bytes.
 */
import type { Observation, Payload } from '../../src/observation/observation.ts';

export interface CorpusOptions {
  readonly events: number;
  readonly sessions: number;
  /** Share of events with a defect, 0 to 1. */
  readonly defects: number;
}

export interface Chunk {
  readonly observations: readonly Observation[];
  /** The JSON texts in them, for timing `JSON.parse` alone on the same bytes. */
  readonly texts: readonly string[];
  readonly events: number;
}

const DOCUMENT = 'be'.repeat(16);
const EPOCH_SECONDS = 1_790_000_000;
const WORDS =
  'hello thanks order delivery invoice please wait moment agent account number late parcel refund happy help sure question about address door colour size'.split(
    ' ',
  );

/** Yields chunks of some 10,000 events whose strings are flat and fresh, as they would come off a port. */
export function* corpus(options: CorpusOptions): Generator<Chunk> {
  const writer = new Writer();
  const sessions = Array.from({ length: options.sessions }, (_, index) => new Conversation(index, writer));
  let events = 0;
  let sinceChunk = 0;
  for (let turn = 0; events < options.events; turn++) {
    const session = sessions[turn % sessions.length];
    if (!session) break;
    const left = options.events - events;
    const made = session.speak(Math.min(left, 1 + (turn % 3)), options.defects);
    events += made;
    sinceChunk += made;
    if (sinceChunk >= 10_000 || events >= options.events) {
      yield writer.take(sinceChunk);
      sinceChunk = 0;
    }
  }
}

class Random {
  private state: number;
  constructor(seed: number) {
    this.state = seed | 1;
  }
  /** Xorshift: uniform in [0, 1). */
  next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (x >>> 0) / 2 ** 32;
  }
  pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.next() * list.length)];
  }
}

type Unstamped = { readonly kind: Observation['kind'] } & Record<string, unknown>;

class Writer {
  private seq = 0;
  private pending: unknown[] = [];
  private texts: string[] = [];

  /** Appends an observation and gives its seq. */
  write(observation: Unstamped): number {
    const seq = this.seq++;
    this.pending.push({
      documentId: DOCUMENT,
      frame: 0,
      seq,
      wallTime: EPOCH_SECONDS * 1000 + seq / 4,
      monotonicTime: seq / 4,
      source: 'hook',
      ...observation,
    });
    return seq;
  }

  text(text: string): Payload {
    this.texts.push(text);
    return { encoding: 'text', data: text, size: text.length, truncated: false };
  }

  take(events: number): Chunk {
    const chunk = JSON.parse(
      JSON.stringify({ observations: this.pending, texts: this.texts, events }),
    ) as Chunk;
    this.pending = [];
    this.texts = [];
    return chunk;
  }

  /** The seq that the next observation gets. */
  get next(): number {
    return this.seq;
  }

  get clock(): number {
    return EPOCH_SECONDS + Math.floor(this.seq / 4000);
  }
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

class Conversation {
  private readonly chatId: string;
  private readonly agent: string;
  private readonly random: Random;
  private readonly carrier: 'poll' | 'socket' | 'stream';
  private connection = -1;
  private messages = 0;
  private told = 0;
  constructor(
    private readonly index: number,
    private readonly writer: Writer,
  ) {
    this.random = new Random(index * 2654435761 + 17);
    this.chatId = `${hex(index, 8)}-385b-42e5-9e0a-1883c2bc5f81`;
    this.agent = `${hex(index, 8).toUpperCase()}-69D7-4DA2-8074-6139AA191D7E`;
    this.carrier = index % 4 < 2 ? 'poll' : index % 4 === 2 ? 'socket' : 'stream';
  }

  /** Puts the next `count` events on the wire, in one answer or in frames of their own. Gives how many. */
  speak(count: number, defects: number): number {
    const events = Array.from({ length: count }, () => this.event(defects));
    if (this.carrier === 'poll') this.poll(events);
    else if (this.carrier === 'socket') this.frames(events);
    else this.stream(events);
    return count;
  }

  private event(defects: number): string {
    const event = this.legalEvent();
    if (this.told > 6 && this.random.next() < defects) this.spoil(event);
    return JSON.stringify(event);
  }

  private legalEvent(): Record<string, unknown> {
    const timestamp = String(this.writer.clock);
    const opening = [
      { event: 'chat_session_status', ewt: String(30 + (this.index % 90)), state: 'queued' },
      { event: 'chat_session_status', ewt: '', state: 'connecting' },
      {
        display_name: `Agent ${this.index}`,
        event: 'chat_session_party_joined',
        first_name: 'Agent',
        last_name: String(this.index),
        party_id: this.agent,
        timestamp,
        type: 'internal',
      },
      { event: 'chat_session_status', ewt: '', state: 'connected' },
    ][this.told++];
    if (opening) return opening;
    const dice = this.random.next();
    if (dice < 0.1) return { event: 'chat_session_typing', party_id: this.agent, timestamp };
    if (dice < 0.15) return { event: 'chat_session_not_typing', party_id: this.agent, timestamp };
    const length = 8 + Math.floor(this.random.next() * 20);
    const words = Array.from({ length }, () => this.random.pick(WORDS)).join(' ');
    return {
      channel: 'web',
      event: 'chat_session_message',
      msg: `${words} ${this.messages}`,
      msg_id: String(2 * this.messages++),
      party_id: this.agent,
      timestamp,
    };
  }

  private spoil(event: Record<string, unknown>): void {
    const dice = this.random.next();
    if (dice < 0.3) delete event.party_id;
    else if (dice < 0.5) event.timestamp = 'yesterday';
    else if (dice < 0.7) event.event = 'chat_session_mesage';
    else if (dice < 0.85) event.msg = 17;
    else event.party_id = `${hex(this.told, 8).toUpperCase()}-0000-4DA2-8074-6139AA191D7E`;
  }

  private poll(events: readonly string[]): void {
    const of = this.writer.write({
      kind: 'request',
      transport: 'xhr',
      method: 'GET',
      url: `https://chat.example.test/clientweb/api/v1/chats/${this.chatId}/events?tenantUrl=example.test&timestamp=${this.told}`,
      headers: [['Authorization', 'MOBILE-API-140-327-PLAIN appId="***", clientId="WebChat"']],
      body: null,
    });
    const headers = [['content-type', 'application/json']];
    this.writer.write({ kind: 'response', of, status: 200, statusText: 'OK', headers, url: '' });
    const payload = this.writer.text(`{"events":[${events.join(',')}]}`);
    this.writer.write({ kind: 'body', of, role: 'answer', payload });
    this.writer.write({ kind: 'end', of });
  }

  private frames(events: readonly string[]): void {
    if (this.connection < 0) {
      const url = `wss://relay.example.test/rt?visitor=${this.index}`;
      this.connection = this.writer.write({
        kind: 'socket-open',
        of: this.writer.next,
        phase: 'connecting',
        url,
        protocols: [],
      });
    }
    for (const event of events) {
      const payload = this.writer.text(event);
      this.writer.write({ kind: 'frame', of: this.connection, direction: 'in', payload });
    }
  }

  private stream(events: readonly string[]): void {
    if (this.connection < 0) {
      const url = `https://relay.example.test/stream?visitor=${this.index}`;
      const request = {
        kind: 'request',
        transport: 'eventsource',
        method: 'GET',
        url,
        headers: [],
        body: null,
      } as const;
      this.connection = this.writer.write(request);
    }
    for (const event of events) {
      const payload = this.writer.text(event);
      this.writer.write({ kind: 'stream-event', of: this.connection, event: 'message', id: '', payload });
    }
  }
}
