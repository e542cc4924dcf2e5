/**
 * What a page can see of the tapped APIs. Each probe runs in the page, alone, and gives plain data; the differential
 * test compares what it gives with and without the extension.
 */
export interface ProbeAddresses {
  readonly http: string;
  readonly ws: string;
}

/** What every probe works with. It is made in the page, from the text of `makeKit`. */
export interface ProbeKit extends ProbeAddresses {
  /** A chat event as text: what is sent or answered with it is chat. */
  readonly chat: string;
  /** Where every request is chat by its path. */
  readonly api: string;
  readonly results: Record<string, unknown>;
  /** Runs one probe and keeps what it gives, or the error that it throws. */
  test(name: string, run: () => unknown): Promise<void>;
  attempt(run: () => unknown): unknown;
  describe(error: unknown): string;
  /** Every own property of an object with its flags. */
  shape(object: object): string[];
  event(target: EventTarget, type: string): Promise<Event>;
  /** In which microtask a call fails. */
  ticksOf(call: () => Promise<unknown>): Promise<string[]>;
}

export function makeKit({ http, ws }: ProbeAddresses): ProbeKit {
  const results: Record<string, unknown> = {};
  const describe = (error: unknown): string =>
    error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    http,
    ws,
    chat: JSON.stringify({ event: 'chat_session_message', msg: 'x' }),
    api: `${http}/clientweb/api/v1`,
    results,
    describe,
    attempt(run) {
      try {
        return run();
      } catch (error) {
        return describe(error);
      }
    },
    shape: (object) =>
      Reflect.ownKeys(object).map((key) => {
        const descriptor = Object.getOwnPropertyDescriptor(object, key);
        const kind = descriptor && 'value' in descriptor ? `value ${typeof descriptor.value}` : 'accessor';
        const flags = `${descriptor?.writable} ${descriptor?.enumerable} ${descriptor?.configurable}`;
        const value = descriptor?.value;
        const callable = typeof value === 'function' ? ` ${value.name}/${value.length}` : '';
        return `${String(key)}: ${kind} ${flags}${callable}`;
      }),
    event: (target, type) => new Promise((resolve) => target.addEventListener(type, resolve, { once: true })),
    async test(name, run) {
      // A bound, not a pause: only what never answers waits so long, and the suite does not let that pass.
      const limit = new Promise((resolve) => setTimeout(resolve, 30_000, 'no answer'));
      try {
        results[name] = await Promise.race([run(), limit]);
      } catch (error) {
        results[name] = describe(error);
      }
    },
    async ticksOf(call) {
      const log: string[] = [];
      const ticking = async (): Promise<void> => {
        for (let i = 1; i < 5; i++) {
          await null;
          log.push(String(i));
        }
      };
      const failed = call().catch((error: unknown) => log.push(`failed ${describe(error)}`));
      await Promise.all([ticking(), failed]);
      return log;
    },
  };
}
