/** fetch: errors, arguments, answers, streams, rejections. */
import type { ProbeKit } from './kit.ts';

export async function probeFetch({
  describe,
  attempt,
  test,
  ticksOf,
  chat,
  api,
  http,
}: ProbeKit): Promise<void> {
  await test('fetch: errors', async () => {
    const failing = [
      () => (fetch as () => Promise<unknown>)(),
      () => fetch('http://'),
      () => fetch(`${api}/held`, { method: 'GET', body: 'x' }),
      () => fetch(`${api}/held`, { signal: AbortSignal.abort() }),
      () => fetch(`${api}/held`, { signal: AbortSignal.abort('my reason') }),
      () => fetch('http://127.0.0.1:1/clientweb/api/v1/chats'),
      () => fetch(`${api}/held`, { mode: 'nonsense' as RequestMode }),
      () => fetch.call({} as Window, `${api}/held`),
    ];
    return Promise.all(failing.map(async (run) => run().then(String, describe)));
  });
  await test('fetch: is called once with what was given', async () => {
    const log: string[] = [];
    const url = {
      toString: () => {
        log.push('toString');
        return `${api}/chats`;
      },
    };
    const init = {
      get method() {
        log.push('method');
        return 'POST';
      },
      get body() {
        log.push('body');
        return chat;
      },
      get headers() {
        log.push('headers');
        return {};
      },
    };
    const response = await fetch(url as unknown as string, init);
    return [log, await response.text(), await (await fetch(`${api}/chats`, init)).text(), log];
  });
  await test('fetch: Response stays native', async () => {
    const response = await fetch(`${api}/status?code=404&text=gone`);
    const opaque = await fetch(`${http.replace('127.0.0.1', 'localhost')}/clientweb/api/v1/x`, {
      mode: 'no-cors',
    });
    return [
      response instanceof Response,
      Reflect.ownKeys(response).map(String),
      response.status,
      response.type,
      response.redirected,
      response.bodyUsed,
      response.body?.locked,
      await response.text(),
      response.bodyUsed,
      await response.text().catch(describe),
      attempt(() => response.clone()),
      opaque.type,
      opaque.status,
      opaque.body,
    ];
  });
  await test('fetch: unhandledrejection comes once, for the promise that the page has', async () => {
    const log: unknown[] = [];
    const promises: Promise<unknown>[] = [];
    const listener = (rejection: PromiseRejectionEvent): void => {
      log.push([describe(rejection.reason), promises.indexOf(rejection.promise)]);
      rejection.preventDefault();
    };
    window.addEventListener('unhandledrejection', listener);
    promises.push(fetch('http://127.0.0.1:1/clientweb/api/v1/chats'), fetch('http://127.0.0.1:1/else'));
    await fetch('http://127.0.0.1:1/clientweb/api/v1/chats').catch(() => undefined);
    await fetch(`${http}/else`);
    // A rejection is told at the end of the task in which it came: a third would be there by then.
    while (log.length < 2) await fetch(`${http}/else`);
    for (let more = 0; more < 3; more++) await fetch(`${http}/else`);
    window.removeEventListener('unhandledrejection', listener);
    return log.map(String).sort();
  });
  await test('fetch: abort while the body is read', async () => {
    const controller = new AbortController();
    const response = await fetch(`${api}/endless`, { signal: controller.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    controller.abort();
    return reader?.read().then(String, describe);
  });
  await test('fetch: cancelling a stream, by every way', async () => {
    const open = async () => (await fetch(`${api}/endless`)).body as ReadableStream<Uint8Array>;
    const log: unknown[] = [];
    const first = (await open()).getReader();
    await first.read();
    log.push(await first.cancel('enough'), await first.read());
    log.push(await (await open()).cancel());
    for await (const chunk of (await open()) as unknown as AsyncIterable<Uint8Array>) {
      log.push(chunk.constructor.name);
      break;
    }
    const byob = (await open()).getReader({ mode: 'byob' });
    log.push((await byob.read(new Uint8Array(10))).value?.byteLength, await byob.cancel());
    return log;
  });
  await test('fetch: consumers', async () => {
    const post = () => fetch(`${api}/chats`, { method: 'POST', body: chat });
    const request = new Request(`${api}/chats`, { method: 'POST', body: chat });
    const answered = await fetch(request);
    return [
      await (await post()).json(),
      (await (await post()).arrayBuffer()).byteLength,
      (await (await post()).blob()).size,
      await (await post()).clone().text(),
      await (await post()).formData().catch((error: Error) => error.name),
      await answered.text(),
      request.bodyUsed,
      await fetch(request).then(String, describe),
      await (await fetch(`${api}/chats`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) })).text(),
      (await (await fetch(`${api}/chats`, { method: 'POST', body: new Blob([chat]) })).text()) === chat,
    ];
  });
  await test('fetch: microtasks of what does not match', async () => {
    const log: string[] = [];
    const ticking = async (): Promise<void> => {
      for (let i = 0; i < 5; i++) await null;
      log.push('five ticks');
    };
    const failed = fetch('http://[').catch(() => log.push('failed'));
    await Promise.all([failed, ticking()]);
    return log;
  });
  await test('fetch: microtasks of a matched call whose signal is aborted already', async () => {
    const signal = AbortSignal.abort();
    const body = (): ReadableStream => new ReadableStream({ cancel: () => void log.push('body cancelled') });
    const log: string[] = [];
    const streaming = (): Request =>
      new Request(`${api}/held`, { method: 'POST', body: body(), duplex: 'half', signal } as RequestInit);
    const request = streaming();
    const results = [
      await ticksOf(() => fetch(`${api}/held`, { signal })),
      await ticksOf(() => fetch(new Request(`${api}/held`, { signal }))),
      await ticksOf(() => fetch(`${api}/held`, { signal: AbortSignal.abort('a text') })),
      await ticksOf(() => fetch(request)),
      await ticksOf(() => fetch(new Request(`${api}/held`), { signal })),
    ];
    // Here the options take the Request's signal away.
    const live = await fetch(new Request(`${api}/chats`, { signal }), { signal: null });
    return [results, log, request.bodyUsed, live.status];
  });
  await test('fetch: a stream as the body is read once, by the browser', async () => {
    const log: string[] = [];
    const parts = [chat.slice(0, 10), chat.slice(10)];
    const body = new ReadableStream({
      pull(controller) {
        const part = parts.shift();
        log.push(part === undefined ? 'close' : 'pull');
        if (part === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(part));
      },
    });
    // HTTP/1 takes no streams: how it fails is compared.
    const sent = fetch(`${api}/chats`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    return [await sent.then((answer) => answer.text(), describe), body.locked, log];
  });
  await test('fetch: what only a native Response can do', async () => {
    const wasm = await fetch(`${http}/wasm/clientweb/api/v1/x`);
    const module = await WebAssembly.compileStreaming(Promise.resolve(wasm)).then(String, describe);
    const copied = await fetch(`${api}/chats`, { method: 'POST', body: chat });
    const cache = await new Response(copied.body, copied).text();
    return [wasm.headers.get('content-type'), module, cache];
  });
  await test('fetch: redirections, followed, refused and left to the page', async () => {
    const to = `${api}/redirect?to=${encodeURIComponent(`${api}/chats`)}`;
    const manual = await fetch(to, { redirect: 'manual' });
    const followed = await fetch(to);
    return [
      manual.type,
      manual.status,
      manual.url,
      await manual.text(),
      await fetch(to, { redirect: 'error' }).then(String, describe),
      followed.redirected,
      followed.url,
      await followed.text(),
    ];
  });
  await test("fetch: the listeners of a signal are the page's own", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const added: string[] = [];
    signal.addEventListener = (type: string) => void added.push(type);
    await (await fetch(`${api}/chats`, { method: 'POST', body: chat, signal })).text();
    return added;
  });
  await test('fetch: an answer that nobody reads stays unread', async () => {
    const answer = await fetch(`${api}/chats`, { method: 'POST', body: chat });
    const other = answer.clone();
    return [answer.bodyUsed, answer.body?.locked, other.bodyUsed, await other.text(), answer.bodyUsed];
  });
}
