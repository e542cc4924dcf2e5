/**
 * A trace made from a seed, the same for ever: pages in several origins, polls, posts, histories, relays, sockets with
 * late bytes, streams, errors and losses, most of it as clients do it and some of it as nobody should.
 */

import { TraceBuilder, text } from '../../src/analysis/testing/trace-builder.ts';
import type { Observation, Payload } from '../../src/observation/observation.ts';

/** Uniform in [0, 1), by xorshift. */
class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 2_654_435_761) | 1;
  }

  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<Item>(list: readonly Item[], fallback: Item): Item {
    return list[this.below(list.length)] ?? fallback;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
const uuid = (kind: string, number: number) => `${kind}${hex(number, 7)}-385b-42e5-9e0a-1883c2bc5f81`;
const CHATS = [0, 1, 2].map((number) => uuid('c', number));
const PARTIES = [...[0, 1, 2].map((number) => uuid('a', number).toUpperCase()), CHATS[0] ?? ''];
const STATES = ['queued', 'connecting', 'connected', 'ivr', 'establishing', 'completed', 'failed', 'strange'];
const ORIGINS = ['https://shop.example', 'https://shop.example', null, 'https://ads.example', 'null'];
const RELAY = 'https://relay.example';

type Event = Record<string, unknown>;

class Page {
  readonly built = new TraceBuilder();
  readonly #random: Random;
  readonly #sockets: { readonly document: string; readonly of: number }[] = [];
  readonly #open: { readonly document: string; readonly of: number }[] = [];
  #ids = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#begin(0);
  }

  /** Something that a page or its server does. */
  act(): void {
    const random = this.#random;
    const acts = [
      () => this.#poll(),
      () => this.#poll(),
      () => this.#poll(),
      () => this.#post(),
      () => this.#request(),
      () => this.#socket(),
      () => this.#frame(),
      () => this.#frame(),
      () => this.#late(),
      () => this.#relay(),
      () => this.#stream(),
      () => this.#trouble(),
      () => this.#begin(random.below(4)),
    ];
    if (random.chance(0.1)) this.built.wait(random.below(70_000));
    random.pick(acts, () => undefined)();
  }

  #begin(number: number): void {
    const { built } = this;
    built.documentId = `document ${number}`;
    built.frame = number;
    const url = 'https://page.example/';
    const origin = ORIGINS[number] ?? null;
    built.add({ kind: 'document', phase: 'start', url, origin, top: number === 0 });
  }

  #event(): Event {
    const random = this.#random;
    const party_id = random.pick(PARTIES, '');
    const timestamp = String(Math.floor(this.built.now / 1000) - (random.chance(0.05) ? 60 : 0));
    this.#ids += random.chance(0.9) ? 2 : 0;
    const kinds: readonly (() => Event)[] = [
      () => ({
        event: 'chat_session_message',
        msg: `words ${random.below(40)}`,
        msg_id: String(this.#ids),
        party_id,
        timestamp,
      }),
      () => ({
        event: 'chat_session_status',
        state: random.pick(STATES, ''),
        ewt: random.pick(['', '10', 7], ''),
      }),
      () => ({
        event: 'chat_session_party_joined',
        party_id,
        display_name: `Dana ${random.below(3)}`,
        type: random.pick(['internal', 'scenario', 'external', 'odd'], ''),
        timestamp,
      }),
      () => ({ event: 'chat_session_party_left', party_id, timestamp }),
      () => ({ event: 'chat_session_typing', party_id, timestamp }),
      () => ({ event: 'chat_session_not_typing', party_id, timestamp }),
      () => ({
        event: 'chat_session_form_show',
        form_request_id: String(random.below(5)),
        form_timeout: random.pick(['30', '', 5], ''),
        form_name: 'survey',
        timestamp,
      }),
      () => ({ event: 'chat_session_form_data', form_request_id: String(random.below(5)), data: { a: 1 } }),
      () => ({
        event: 'chat_session_message_read',
        ref_msg_id: String(random.below(this.#ids + 2)),
        party_id,
        timestamp,
      }),
      () => ({ event: 'chat_session_timeout_warning', msg: 'soon', timestamp }),
      () => ({
        event: random.pick(
          ['chat_session_ended', 'chat_session_inactivity_timeout', 'chat_session_inactvity_timeout'],
          '',
        ),
        timestamp,
      }),
      () => ({
        event: 'chat_session_file',
        file_id: 'f',
        file_name: 'n',
        file_type: 'image',
        msg_id: String(this.#ids),
        party_id,
        timestamp,
      }),
      () => ({
        event: random.pick(
          ['chat_session_end', 'chat_session_disconnect', 'chat_session_mesage', 'other'],
          '',
        ),
      }),
    ];
    const event: Event = random.pick(kinds, () => ({}))();
    if (random.chance(0.05)) delete event[random.pick(Object.keys(event), 'event')];
    if (random.chance(0.05)) event[random.pick(['extra', 'chat_id', 'partyId'], '')] = random.pick(CHATS, '');
    return event;
  }

  #events(most = 4): Event[] {
    return Array.from({ length: this.#random.below(most) }, () => this.#event());
  }

  #body(): string {
    const random = this.#random;
    const events = this.#events();
    const envelope = JSON.stringify({ events });
    if (random.chance(0.85)) return envelope;
    return random.pick(
      [
        JSON.stringify(events),
        JSON.stringify(events[0] ?? null),
        envelope.slice(0, -random.below(20) - 1),
        JSON.stringify({ events }, null, 2),
        JSON.stringify({ event: 'x', data: JSON.stringify({ events }) }),
        '',
        '<html>',
        '{"error_code":"5005","error_message":"gone"}',
      ],
      '',
    );
  }

  #poll(): void {
    const { built } = this;
    const random = this.#random;
    const of = built.request(
      'GET',
      `chats/${random.pick(CHATS, '')}/${random.chance(0.1) ? 'history' : 'events'}`,
    );
    const fate = random.below(10);
    if (fate === 0) this.#open.push({ document: built.documentId, of });
    else if (fate === 1) built.add({ kind: 'abort', of, reason: 'page' });
    else built.answerText(of, this.#body(), random.chance(0.95) ? 200 : random.pick([404, 500, 204], 404));
  }

  #post(): void {
    const { built } = this;
    const chat = this.#random.pick(CHATS, '');
    const of = built.request('POST', `chats/${chat}/events`, { raw: this.#body() });
    built.answerText(of, this.#random.chance(0.8) ? '' : this.#body());
  }

  #request(): void {
    const random = this.#random;
    if (random.chance(0.5)) this.built.requestChat(random.pick(STATES, ''), random.pick(CHATS, ''));
    else this.built.answerText(this.built.request('GET', 'chats/active'), '{"error_code":"5005"}', 404);
  }

  #socket(): void {
    const chat = this.#random.pick(CHATS, '');
    const url = `wss://relay.example/rt${this.#random.pick(['', `?chat=${chat}`, '?visitor=1'], '')}`;
    this.#sockets.push({ document: this.built.documentId, of: this.built.socket(url) });
  }

  #message(): Payload {
    const random = this.#random;
    const event = this.#event();
    const wrapped: readonly unknown[] = [
      event,
      event,
      [event, this.#event()],
      { type: 'message', payload: event },
      7,
    ];
    const data = random.chance(0.9) ? JSON.stringify(random.pick(wrapped, event)) : this.#body();
    if (random.chance(0.9)) return text(data);
    return {
      encoding: 'base64',
      data: Buffer.from(data).toString('base64'),
      size: data.length,
      truncated: false,
    };
  }

  #own(): { readonly document: string; readonly of: number } | undefined {
    const own = this.#sockets.filter(({ document }) => document === this.built.documentId);
    return own[this.#random.below(own.length)];
  }

  #frame(): void {
    const socket = this.#own();
    if (socket === undefined) return;
    const direction = this.#random.chance(0.7) ? 'in' : 'out';
    this.built.add({ kind: 'frame', of: socket.of, direction, payload: this.#message() });
  }

  #late(): void {
    const socket = this.#own();
    if (socket === undefined) return;
    const payload: Payload = { encoding: 'later', data: '', size: 0, truncated: false };
    const of = this.built.add({ kind: 'frame', of: socket.of, direction: 'in', payload });
    if (this.#random.chance(0.5)) this.#frame();
    if (this.#random.chance(0.8))
      this.built.add({ kind: 'body', of, role: 'frame', payload: this.#message() });
  }

  #relay(): void {
    const random = this.#random;
    const path = random.pick(['/poll', '/poll?cursor=1', `/chat/${random.pick(CHATS, '')}`, '/ask'], '');
    const method = random.chance(0.5) ? 'GET' : 'POST';
    const raw = method === 'POST' && random.chance(0.7) ? { raw: this.#body() } : {};
    const of = this.built.request(method, RELAY + path, { ...raw, transport: 'fetch' });
    const told = JSON.stringify({ chat_id: random.pick(CHATS, ''), state: random.pick(STATES, '') });
    this.built.answerText(of, random.chance(0.3) ? told : this.#body(), random.chance(0.9) ? 200 : 502);
  }

  #stream(): void {
    const { built } = this;
    const random = this.#random;
    const lines = random.chance(0.3);
    const of = built.request('GET', `${RELAY}/stream`, {
      transport: random.chance(0.5) ? 'eventsource' : 'fetch',
    });
    built.head(of, 200, lines ? 'application/x-ndjson' : 'text/event-stream');
    const whole = this.#events(5)
      .map((event) => (lines ? `${JSON.stringify(event)}\n` : `data: ${JSON.stringify(event)}\n\n`))
      .join('');
    if (random.chance(0.3)) built.add({ kind: 'body', of, role: 'answer', payload: text(whole) });
    else {
      const cut = random.below(whole.length + 1);
      for (const part of [whole.slice(0, cut), whole.slice(cut)])
        built.add({ kind: 'chunk', of, payload: text(part) });
      if (random.chance(0.5))
        built.add({ kind: 'stream-event', of, event: 'message', id: '', payload: this.#message() });
      if (random.chance(0.7)) built.add({ kind: 'end', of });
      else built.add({ kind: 'error', of, message: 'broke off', retrying: random.chance(0.5) });
    }
  }

  #trouble(): void {
    const { built } = this;
    const random = this.#random;
    const open = this.#open.find(({ document }) => document === built.documentId);
    const socket = this.#own();
    const troubles = [
      () => built.add({ kind: 'gap', from: 0, to: 1, count: 2, reason: 'ring' }),
      () => built.add({ kind: 'page-error', message: 'no', url: '', line: 1, column: 1, during: 1 }),
      () => built.add({ kind: 'document', phase: 'gone', url: '', origin: null, top: false }),
      () => built.add({ kind: 'annotation', of: 1, text: 'look' }),
      () =>
        socket &&
        built.add({
          kind: 'socket-close',
          of: socket.of,
          code: random.pick([1000, 1006], 0),
          reason: '',
          clean: true,
        }),
      () => open && built.answerText(open.of, this.#body()),
      () => open && built.add({ kind: 'served', of: open.of, by: 'service-worker' }),
    ];
    random.pick(troubles, () => undefined)();
  }
}

export function generatedTrace(seed: number): readonly Observation[] {
  const page = new Page(seed);
  const acts = 5 + (seed % 40);
  for (let act = 0; act < acts; act += 1) page.act();
  return page.built.observations;
}
