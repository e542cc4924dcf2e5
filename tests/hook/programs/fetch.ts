/** A random use of `fetch` and of the answer that it gives. */
import type { Tools } from './tools.ts';

export async function fetchProgram(tools: Tools): Promise<void> {
  const { api, http, chat, say, tell, pick, chance, below } = tools;
  // Most programs use the API as it is meant to be used: what throws at once says little of answers.
  const wild = chance(0.25);
  const settled = async (name: string, run: () => Promise<unknown>): Promise<unknown> => {
    let result: unknown;
    const done = (async () => {
      try {
        result = await run();
        say(name, 'gives', result);
      } catch (error) {
        say(name, 'rejects', error);
      }
    })();
    await tools.within(done, 900);
    return result;
  };
  const url = (): string =>
    pick([
      `${api}/chats/1/events`,
      `${api}/chats/1/events`,
      `${api}/chats/1/poll?text=${encodeURIComponent(chat)}`,
      `${api}/status?code=${pick([200, 204, 205, 304, 404, 500])}&text=${encodeURIComponent(chat)}`,
      `${api}/redirect?to=${encodeURIComponent('/clientweb/api/v1/chats/2/events')}`,
      `${api}/parts?type=text/event-stream&text=${encodeURIComponent(`data: ${chat}\n\n`)}&count=4`,
      `${api}/parts?type=application/json&text=%20&count=3`,
      `${api}/parts?type=application/octet-stream&text=abc&count=3`,
      `${http}/elsewhere`,
      wild ? pick(['http://[', 'nothing://here']) : `${api}/cut`,
    ]);
  const controller = new AbortController();
  const watched = (given: object): object =>
    new Proxy(given, {
      get: (target, key) => {
        say('asked for', String(key));
        return Reflect.get(target, key);
      },
    });
  const spoken = (): RequestInit => {
    const init: Record<string, unknown> = {};
    if (chance(0.5)) init.body = wild ? tools.body() : tools.goodBody();
    if (chance(0.1)) {
      init.body = new ReadableStream({
        start(stream) {
          stream.enqueue(new TextEncoder().encode(chat));
          stream.close();
        },
      });
      if (!wild || chance(0.5)) init.duplex = 'half';
    }
    const methods = wild
      ? ['GET', 'post', 'PATCH', 'patch', 'HEAD', 'TRACE', '']
      : ['GET', 'POST', 'DELETE', 'HEAD'];
    if (init.body !== undefined) init.method = wild ? pick(methods) : pick(['POST', 'post', 'PUT']);
    else if (chance(0.6)) init.method = pick(methods);
    if (chance(0.4))
      init.headers = pick<() => unknown>([
        () => ({ 'X-One': '1', 'Content-Type': 'application/json' }),
        () => [
          ['X-One', '1'],
          ['x-one', '2'],
        ],
        () => new Headers({ Authorization: 'secret' }),
        () => new Map([['X-One', '1']]),
        () => (wild ? pick<unknown>([[['one']], { 'b@d': '1' }, null]) : {}),
      ])();
    if (chance(0.3))
      init.signal = wild
        ? pick<() => unknown>([
            () => AbortSignal.abort(),
            () => AbortSignal.abort('my words'),
            () => null,
            () => 5,
          ])()
        : controller.signal;
    if (chance(0.1)) init.mode = wild ? pick(['no-cors', 'navigate']) : pick(['cors', 'same-origin']);
    if (chance(0.1)) init.redirect = pick(['follow', 'error', 'manual']);
    if (chance(0.1)) init.keepalive = true;
    if (chance(0.1)) init.cache = wild ? 'only-if-cached' : pick(['no-store', 'reload']);
    if (!chance(0.2)) return init;
    const order: Record<string, unknown> = {};
    for (const name of Object.keys(init))
      Object.defineProperty(order, name, {
        enumerable: true,
        get() {
          say('getter', name);
          return init[name];
        },
      });
    return order;
  };
  let given: unknown;
  let made: Request | undefined;
  const request = (): unknown => {
    given = spoken();
    made = tell('request', () => new Request(url(), given as RequestInit)) as Request | undefined;
    return made ?? url();
  };
  const inputs: (() => unknown)[] = [
    url,
    url,
    url,
    () => new URL(`${api}/chats/1/events`),
    () => tools.spoken(`${api}/chats/1/events`),
    request,
    request,
  ];
  if (wild)
    inputs.push(
      () => watched(tools.spoken(`${api}/chats/1/events`)),
      () => undefined,
      () => Symbol('url'),
    );
  const input = pick(inputs)();
  const args: unknown[] = wild && chance(0.2) ? [] : [input];
  if (args.length > 0 && chance(0.7)) args.push(wild && chance(0.2) ? pick([null, 5, 'x']) : spoken());
  if (args.length > 1 && chance(0.05)) args.push('more');
  let promise: Promise<Response> | undefined;
  tell('call', () => {
    promise = Reflect.apply(fetch, pick([undefined, window, globalThis]), args) as Promise<Response>;
    return [promise instanceof Promise, promise.constructor === Promise, Object.getOwnPropertyNames(promise)];
  });
  if (!promise) return;
  if (made) say('used', made.bodyUsed);
  if (chance(0.1)) controller.abort(pick([undefined, 'before the answer', new TypeError('mine')]));
  const response = (await settled('fetch', () => promise as Promise<Response>)) as Response | undefined;
  if (!(response instanceof Response)) return;
  const own = (of: Response): boolean => {
    const { body } = of;
    return body === of.body;
  };
  const look = (name: string, of: Response): void => {
    tell(name, () => [of.type, of.url, of.redirected, of.status, of.ok, of.statusText, of.bodyUsed]);
    tell('headers', () => [...of.headers.keys()]);
    tell('body', () => [of.body === null, of.body?.locked, own(of)]);
    say(Object.getOwnPropertyNames(of), Object.getPrototypeOf(of) === Response.prototype);
  };
  if (chance(0.7)) look('answer', response);
  const copy = chance(0.3) ? (tell('clone', () => response.clone()) as Response | undefined) : undefined;
  const consume = async (name: string, of: Response): Promise<void> => {
    const steps = 1 + below(2);
    for (let step = 0; step < steps; step++) {
      await pick<() => Promise<unknown>>([
        () => settled(`${name} text`, () => of.text()),
        () => settled(`${name} json`, () => of.json()),
        () => settled(`${name} buffer`, () => of.arrayBuffer()),
        () => settled(`${name} blob`, () => of.blob()),
        () => settled(`${name} bytes`, () => (of as unknown as { bytes(): Promise<unknown> }).bytes()),
        () => settled(`${name} form`, () => of.formData()),
        () =>
          settled(`${name} reader`, async () => {
            if (!of.body) return 'no body';
            const reader = of.body.getReader();
            const most = below(4);
            let text = '';
            for (let read = 0; read <= most; read++) {
              const { done, value } = await reader.read();
              if (done) {
                await reader.closed;
                return [text, 'done'];
              }
              text += new TextDecoder().decode(value);
              // Where a body is cut into parts is not the same every time.
              if (read === most && chance(0.4)) {
                await reader.cancel(pick([undefined, 'enough']));
                return 'cancelled';
              }
            }
            reader.releaseLock();
            return ['released', of.bodyUsed, of.body.locked];
          }),
        () => settled(`${name} cancel`, async () => [await of.body?.cancel('enough'), of.bodyUsed]),
        () =>
          settled(`${name} tee`, async () => {
            const [one, other] = of.body?.tee() ?? [];
            if (!one || !other) return 'no body';
            if (chance(0.5)) void one.cancel();
            else void new Response(one).text();
            return new Response(other).text();
          }),
        () =>
          settled(`${name} pipe`, async () => {
            let size = 0;
            await of.body?.pipeTo(
              new WritableStream({
                write(chunk: Uint8Array) {
                  size += chunk.byteLength;
                },
              }),
            );
            return size;
          }),
        () =>
          settled(`${name} through`, async () => {
            const text = of.body?.pipeThrough(new TextDecoderStream() as never) as
              | ReadableStream<string>
              | undefined;
            let all = '';
            for await (const part of (text ?? []) as AsyncIterable<string>) all += part;
            return all;
          }),
        () =>
          settled(`${name} again`, async () => {
            const again = new Response(of.body, { headers: of.headers });
            return [again.status, await again.text(), of.bodyUsed];
          }),
        async () => {
          controller.abort(pick([undefined, 'while reading']));
          await settled(`${name} aborted`, () => of.text());
        },
        async () => look(name, of),
      ])();
    }
  };
  await consume('answer', response);
  if (copy instanceof Response) await consume('copy', copy);
  look('answer', response);
}
