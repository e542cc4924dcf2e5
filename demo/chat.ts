import { randomUUID } from 'node:crypto';
import { ATTACHMENTS, type StoredFile } from './attachments.ts';
import { type Delivery, packing } from './delivery.ts';
import { type ChatEvent, textOf } from './page/reading.ts';
import { type Cast, fill } from './placeholder.ts';
import type { Template, Transport, Wrap } from './script.ts';

export interface ChatOptions {
  readonly id: string;
  readonly transport: Transport;
  /** Packs everything the same way; null leaves it to the script and the transport. */
  readonly wrap: Wrap | null;
  readonly phoneNumber: string;
}

/** What becomes of client events: the part of the chat that plays the scenario is told first. */
export interface Listener {
  /** Takes a client event; returns what the server says to it at once. */
  heard(event: ChatEvent): readonly Template[];
}

/** One chat session of the server: what waits to be delivered, what was said, the files, and whether it lives. */
export class Chat implements Cast {
  readonly id: string;
  readonly transport: Transport;
  readonly phoneNumber: string;
  /** Deliveries that no transport has taken yet, oldest first. */
  readonly outbox: Delivery[] = [];
  /** Every event of both directions, as `/history` gives them. */
  readonly history: ChatEvent[] = [];
  readonly files = new Map<string, StoredFile>();
  readonly created = Math.floor(Date.now() / 1000);
  state = 'queued';
  ewt = '120';
  /** No more will come: once the outbox is empty the session is not found any more. */
  finished = false;
  listener: Listener | null = null;
  private readonly wrap: Wrap | null;
  private readonly parties = new Map<string, string>();
  private readonly remembered = new Map<string, ChatEvent>();
  private messages = 0;
  private deliveries = 0;
  private wake: () => void = () => {};

  constructor(options: ChatOptions) {
    this.id = options.id;
    this.transport = options.transport;
    this.phoneNumber = options.phoneNumber;
    this.wrap = options.wrap;
  }

  get chatId(): string {
    return this.id;
  }

  /** True once the session is over and everything it had to say has been taken. */
  get gone(): boolean {
    return this.finished && this.outbox.length === 0;
  }

  /** Calls `wake` whenever there is something to take. One transport at a time. */
  onDelivery(wake: () => void): void {
    this.wake = wake;
    if (this.outbox.length > 0 || this.finished) wake();
  }

  /** Makes events of templates and keeps them for the history. */
  compose(templates: readonly Template[], as?: string): readonly ChatEvent[] {
    const events = templates.map((template) => fill(template, this));
    for (const event of events) this.note(event);
    if (as !== undefined && events[0] !== undefined) this.remembered.set(as, events[0]);
    return events;
  }

  /** Sends events made of templates. */
  say(
    templates: readonly Template[],
    how: {
      readonly wrap?: Wrap | undefined;
      readonly binary?: true | undefined;
      readonly as?: string | undefined;
    } = {},
  ): void {
    const usual = packing(this.transport, this.deliveries);
    this.deliver({
      kind: 'events',
      events: this.compose(templates, how.as),
      wrap: this.transport === 'xhr' ? 'envelope' : (this.wrap ?? how.wrap ?? usual.wrap),
      binary: this.transport === 'ws' && (how.binary ?? usual.binary),
    });
  }

  /** Sends a remembered event once more, as it was. */
  again(name: string): void {
    const event = this.remembered.get(name);
    if (event === undefined) throw new Error(`The script remembers no event "${name}"`);
    const { wrap } = packing(this.transport, this.deliveries);
    this.deliver({ kind: 'events', events: [event], wrap: this.wrap ?? wrap, binary: false });
  }

  deliver(delivery: Delivery): void {
    this.deliveries += 1;
    this.outbox.push(delivery);
    this.wake();
  }

  /** Takes the visitor's events in; returns what the server says to them at once. */
  hear(events: readonly ChatEvent[]): readonly Template[] {
    return events.flatMap((event) => {
      this.history.push({ ...event, party_id: this.id, timestamp: String(this.now()) });
      return this.listener?.heard(event) ?? [];
    });
  }

  finish(): void {
    this.finished = true;
    this.wake();
  }

  /** Stores a file and gives its id, a lower-case UUID. */
  store(file: StoredFile): string {
    const id = randomUUID();
    this.files.set(id, file);
    return id;
  }

  party(name: string): string {
    const known = this.parties.get(name);
    if (known !== undefined) return known;
    const id = randomUUID().toUpperCase();
    this.parties.set(name, id);
    return id;
  }

  /** The server's ids are even, the client's odd. */
  nextMessageId(): string {
    const id = String(this.messages);
    this.messages += 2;
    return id;
  }

  get lastMessageId(): string {
    return String(Math.max(0, this.messages - 2));
  }

  get heardMessageId(): string {
    const own = this.history.findLast(
      (event) => event.event === 'chat_session_message' && event.party_id === this.id,
    );
    return own === undefined ? '' : textOf(own, 'msg_id');
  }

  file(name: string): string {
    const attachment = ATTACHMENTS.find((file) => file.name === name);
    if (attachment === undefined) throw new Error(`The demo has no file "${name}"`);
    return this.store(attachment);
  }

  now(): number {
    return Math.floor(Date.now() / 1000);
  }

  private note(event: ChatEvent): void {
    // Signaling is not part of the history, by the vendor's documents.
    if (event.event !== 'chat_session_signaling') this.history.push(event);
    if (event.event !== 'chat_session_status') return;
    this.state = textOf(event, 'state') || this.state;
    this.ewt = textOf(event, 'ewt');
  }
}
