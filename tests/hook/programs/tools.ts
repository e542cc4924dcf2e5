/**
 * What a random program of the page's works with. It is made in the page, from the text of `makeTools`; the same seed
 * gives the same program, and what the program can see goes into its log.
 */
export interface Tools {
  readonly http: string;
  readonly ws: string;
  /** Where every request is chat by its path. */
  readonly api: string;
  readonly chat: string;
  readonly log: string[];
  say(...what: readonly unknown[]): void;
  /** Says what a call gives, or the error that it throws. */
  tell(name: string, run: () => unknown): unknown;
  describe(value: unknown): string;
  chance(probability: number): boolean;
  /** A whole number from 0 up to and without `end`. */
  below(end: number): number;
  pick<T>(from: readonly T[]): T;
  /** An object that becomes the text where somebody asks for one, and says so. */
  spoken(text: string): object;
  /** A body that can be sent. */
  goodBody(): BodyInit;
  /** What a page may give for a body, of any kind. */
  body(): unknown;
  /** Gives every listener of an object, put on in any of the ways there are. */
  listen(target: EventTarget, types: readonly string[], heard: (event: Event) => void): void;
  /** What a page does between two actions; nothing is compared by how long it took. */
  pause(milliseconds: number): Promise<void>;
  /** Waits for a promise, but not for ever. */
  within(promise: Promise<unknown>, milliseconds: number): Promise<unknown>;
}

export function makeTools(seed: number, { http, ws }: { http: string; ws: string }): Tools {
  let state = seed | 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const log: string[] = [];
  const chat = JSON.stringify({ event: 'chat_session_message', msg: 'x' });
  const describe = (value: unknown): string => {
    if (value instanceof Error || value instanceof DOMException) return `${value.name}: ${value.message}`;
    if (value instanceof ArrayBuffer) return `ArrayBuffer ${value.byteLength}`;
    if (ArrayBuffer.isView(value)) return `${value.constructor.name} ${value.byteLength}`;
    if (value instanceof Blob) return `Blob ${value.type} ${value.size}`;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const json = Object.getPrototypeOf(value) === Object.prototype ? JSON.stringify(value) : '';
      return `${Object.prototype.toString.call(value)} ${json}`;
    }
    return Array.isArray(value) ? `[${value.map(describe).join(', ')}]` : `${typeof value} ${String(value)}`;
  };
  const tools: Tools = {
    http,
    ws,
    api: `${http}/clientweb/api/v1`,
    chat,
    log,
    describe,
    say: (...what) => {
      log.push(what.map((each) => (typeof each === 'string' ? each : describe(each))).join(' '));
    },
    tell(name, run) {
      try {
        const value = run();
        tools.say(name, '->', value);
        return value;
      } catch (error) {
        tools.say(name, 'throws', error);
        return undefined;
      }
    },
    chance: (probability) => random() < probability,
    below: (end) => Math.floor(random() * end),
    pick: (from) => from[Math.floor(random() * from.length)] as never,
    spoken: (text) => ({
      toString() {
        tools.say('asked for its text');
        return text;
      },
    }),
    goodBody() {
      const bytes = new TextEncoder().encode(chat);
      const form = new FormData();
      form.set('event', chat);
      return tools.pick<BodyInit>([
        chat,
        chat,
        '{"events":[]}',
        bytes,
        bytes.buffer,
        new DataView(bytes.buffer, 1, 4),
        new Blob([chat], { type: 'application/json' }),
        form,
        new URLSearchParams({ event: chat }),
      ]);
    },
    body: () =>
      tools.pick<() => unknown>([
        () => tools.goodBody(),
        () => tools.goodBody(),
        () => '',
        () => undefined,
        () => null,
        () => new Blob([]),
        () => 7,
        () => tools.spoken(chat),
        () => ({
          toString() {
            throw new TypeError('no text');
          },
        }),
        () => Symbol('body'),
        () => new Proxy(new String(chat), {}),
        () => document.implementation.createHTMLDocument('x'),
      ])(),
    listen(target, types, heard) {
      for (const type of types) {
        const name = `on${type}`;
        const told = (way: string) => (event: Event) => {
          tools.say(way, event.type, event.isTrusted, event.eventPhase);
          heard(event);
        };
        const controller = new AbortController();
        const ways: (() => void)[] = [
          () => {
            Reflect.set(target, name, function (this: unknown, event: Event) {
              tools.say(name, this === target, event.currentTarget === target, event.target === target);
              heard(event);
            });
            tools.say(typeof Reflect.get(target, name));
          },
          () => target.addEventListener(type, told('listener')),
          () => target.addEventListener(type, told('capture'), true),
          () => target.addEventListener(type, told('once'), { once: true }),
          () => target.addEventListener(type, told('signal'), { signal: controller.signal }),
          () => {
            target.addEventListener(type, told('never'), { signal: AbortSignal.abort() });
            target.addEventListener(type, () => controller.abort(), { once: true, capture: true });
          },
          () => {
            const listener = { handleEvent: told('early') };
            target.addEventListener(type, listener);
            listener.handleEvent = told('late');
          },
          () => {
            const twice = told('twice');
            target.addEventListener(type, twice);
            target.addEventListener(type, twice, false);
            target.addEventListener(type, twice, true);
          },
          () => {
            const removed = told('removed');
            target.addEventListener(type, removed, { capture: true });
            target.removeEventListener(type, removed, false);
            if (tools.chance(0.5)) target.removeEventListener(type, removed, true);
          },
          () => target.addEventListener(type, null),
          () => tools.tell('bad listener', () => target.addEventListener(type, 5 as never)),
          () =>
            target.addEventListener(type, (event) => {
              tools.say('stops', event.type);
              event.stopImmediatePropagation();
            }),
          () =>
            target.addEventListener(type, () => {
              throw new Error(`thrown by ${type}`);
            }),
        ];
        const count = tools.below(3);
        for (let at = 0; at <= count; at++) tools.pick(ways)();
      }
    },
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    within: (promise, milliseconds) =>
      Promise.race([promise, tools.pause(milliseconds).then(() => tools.say('not within its time'))]),
  };
  return tools;
}
