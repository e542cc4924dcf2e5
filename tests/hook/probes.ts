/**
 * What a page can see of the tapped APIs. Each probe runs in the page, alone, and gives plain data; the differential
 * test compares what it gives with and without the extension. `chat` is true where the traffic matches.
 */
export interface ProbeAddresses {
  readonly http: string;
  readonly ws: string;
}

export async function probe({ http, ws }: ProbeAddresses): Promise<Record<string, unknown>> {
  const chat = JSON.stringify({ event: 'chat_session_message', msg: 'x' });
  const api = `${http}/clientweb/api/v1`;
  const results: Record<string, unknown> = {};

  const describe = (error: unknown): string =>
    error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const attempt = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return describe(error);
    }
  };
  const shape = (object: object): string[] =>
    Reflect.ownKeys(object).map((key) => {
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      const kind = descriptor && 'value' in descriptor ? `value ${typeof descriptor.value}` : 'accessor';
      const flags = `${descriptor?.writable} ${descriptor?.enumerable} ${descriptor?.configurable}`;
      const value = descriptor?.value;
      const callable = typeof value === 'function' ? ` ${value.name}/${value.length}` : '';
      return `${String(key)}: ${kind} ${flags}${callable}`;
    });
  const event = (target: EventTarget, type: string): Promise<Event> =>
    new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
  const test = async (name: string, run: () => unknown): Promise<void> => {
    const limit = new Promise((resolve) => setTimeout(resolve, 5_000, 'no answer'));
    try {
      results[name] = await Promise.race([run(), limit]);
    } catch (error) {
      results[name] = describe(error);
    }
  };

  await test('descriptors of the window', () => shape(window));
  for (const name of [
    'WebSocket',
    'XMLHttpRequest',
    'EventSource',
    'Response',
    'ReadableStream',
    'Navigator',
  ] as const) {
    await test(`descriptors of ${name}`, () => shape(window[name]));
    await test(`descriptors of ${name}.prototype`, () => shape(window[name].prototype));
    await test(`inheritance of ${name}`, () => [
      Object.getPrototypeOf(window[name]).name,
      Object.getPrototypeOf(window[name].prototype).constructor.name,
      window[name].prototype.constructor === window[name],
      Object.isExtensible(window[name]),
    ]);
  }
  await test('global look of functions', () => [
    typeof fetch,
    fetch.name,
    fetch.length,
    'prototype' in fetch,
    Object.prototype.toString.call(fetch),
    /\[native code\]/.test(Function.prototype.toString.call(fetch)),
    /\[native code\]/.test(Function.prototype.toString.call(WebSocket)),
    /\[native code\]/.test(Function.prototype.toString.call(XMLHttpRequest.prototype.open)),
  ]);

  await test('WebSocket: errors of calls', () => [
    attempt(() => (WebSocket as unknown as (url: string) => void)(ws)),
    attempt(() => new (WebSocket as unknown as new () => WebSocket)()),
    attempt(() => new WebSocket('not a url:')),
    attempt(() => new WebSocket(ws, ['a', 'a'])),
    attempt(() => WebSocket.prototype.send.call({} as WebSocket, 'x')),
    attempt(() => WebSocket.prototype.send.call(null as unknown as WebSocket, 'x')),
    attempt(() => new WebSocket(`${ws}/rt`).send('too early')),
    attempt(() => (new WebSocket(`${ws}/rt`).send as () => void)()),
  ]);
  await test('WebSocket: identity', () => {
    class Sub extends WebSocket {
      extra = 1;
      own(): string {
        return 'own';
      }
      override send(): void {
        super.send(chat);
      }
    }
    const socket = new WebSocket(`${ws}/rt`);
    const sub = new Sub(`${ws}/rt`);
    const reflected = Reflect.construct(WebSocket, [`${ws}/rt`], Sub);
    return [
      socket instanceof WebSocket,
      socket.constructor === WebSocket,
      Object.getPrototypeOf(socket) === WebSocket.prototype,
      Object.prototype.toString.call(socket),
      Reflect.ownKeys(socket).map(String),
      sub instanceof Sub,
      sub instanceof WebSocket,
      sub.own(),
      sub.extra,
      reflected instanceof Sub,
      WebSocket.CONNECTING,
      Sub.OPEN,
      socket.binaryType,
      socket.url.endsWith('/rt'),
    ];
  });
  await test('WebSocket: order of events, once, signal, handleEvent and exceptions', async () => {
    const log: string[] = [];
    const socket = new WebSocket(`${ws}/rt`);
    const errors = (error: ErrorEvent): void => {
      log.push(`error ${error.message}`);
      error.preventDefault();
    };
    window.addEventListener('error', errors);
    const controller = new AbortController();
    const add = (name: string) => (message: Event) => {
      log.push(
        `${name} ${message.type} ${message.isTrusted} ${message.eventPhase} ${message.target === socket}`,
      );
      void Promise.resolve().then(() => log.push(`microtask of ${name}`));
    };
    socket.addEventListener('message', add('listener'));
    socket.addEventListener('message', add('capture'), true);
    socket.addEventListener('message', add('once'), { once: true });
    socket.addEventListener('message', add('signal'), { signal: controller.signal });
    socket.addEventListener('message', { handleEvent: add('object') });
    socket.onmessage = () => {
      log.push('handler');
      throw new Error('intended');
    };
    const same = add('same');
    socket.addEventListener('message', same);
    socket.addEventListener('message', same);
    await event(socket, 'open');
    socket.send(chat);
    await event(socket, 'message');
    controller.abort();
    const stopped = new Promise<void>((resolve) => {
      const stop = (message: Event): void => {
        message.stopImmediatePropagation();
        resolve();
      };
      socket.addEventListener('message', stop, true);
    });
    socket.send(chat);
    await stopped;
    socket.close(1000, 'bye');
    const closed = (await event(socket, 'close')) as CloseEvent;
    window.removeEventListener('error', errors);
    return [
      log,
      closed.code,
      closed.reason,
      closed.wasClean,
      attempt(() => socket.send(chat)),
      socket.bufferedAmount,
    ];
  });
  await test('WebSocket: binary frames stay what they are', async () => {
    const socket = new WebSocket(`${ws}/rt`);
    await event(socket, 'open');
    socket.send(chat);
    await event(socket, 'message');
    const bytes = new TextEncoder().encode(chat);
    socket.send(bytes);
    bytes.fill(0);
    const blob = ((await event(socket, 'message')) as MessageEvent).data;
    socket.binaryType = 'arraybuffer';
    socket.send(new Blob([chat]));
    const buffer = ((await event(socket, 'message')) as MessageEvent).data;
    return [blob instanceof Blob, await blob.text(), buffer instanceof ArrayBuffer, buffer.byteLength];
  });

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
    await new Promise((resolve) => setTimeout(resolve, 50));
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

  await test('XMLHttpRequest: order of events and states', async () => {
    const log: string[] = [];
    const xhr = new XMLHttpRequest();
    const note = (each: Event): void => {
      log.push(`${each.type} ${xhr.readyState} ${xhr.status} ${each.isTrusted} ${each.eventPhase}`);
    };
    xhr.onreadystatechange = note;
    xhr.open('POST', `${api}/chats`);
    for (const type of ['loadstart', 'load', 'loadend', 'error', 'abort']) xhr.addEventListener(type, note);
    xhr.setRequestHeader('Content-Type', 'application/json');
    xhr.send(chat);
    await event(xhr, 'loadend');
    return [
      log.filter((each, at) => each !== log[at - 1]),
      xhr.responseText,
      xhr.responseURL.endsWith('/chats'),
    ];
  });
  await test('XMLHttpRequest: abort in a handler, and using the object again in one', async () => {
    const log: string[] = [];
    const xhr = new XMLHttpRequest();
    xhr.open('POST', `${api}/chats`);
    xhr.onreadystatechange = () => {
      if (xhr.readyState !== 4) return;
      log.push(`${xhr.status} ${xhr.responseText}`);
      xhr.onreadystatechange = null;
      xhr.abort();
      log.push(`${xhr.status} ${xhr.readyState}`);
      xhr.open('GET', `${api}/status?text=again`);
      xhr.send();
    };
    xhr.send(chat);
    while (!(xhr.readyState === 4 && xhr.responseText === 'again')) await event(xhr, 'loadend');
    return log;
  });
  await test('XMLHttpRequest: errors of calls', () => {
    const fresh = (): XMLHttpRequest => new XMLHttpRequest();
    return [
      attempt(() => fresh().send()),
      attempt(() => (fresh().open as () => void)()),
      attempt(() => fresh().open('TRACE', api)),
      attempt(() => fresh().open('GET', 'http://[')),
      attempt(() => fresh().setRequestHeader('a', 'b')),
      attempt(() => XMLHttpRequest.prototype.open.call({} as XMLHttpRequest, 'GET', api, true)),
      attempt(() => (XMLHttpRequest as unknown as () => void)()),
    ];
  });
  await test('XMLHttpRequest: response types and synchronous requests', async () => {
    const log: unknown[] = [];
    for (const type of ['', 'text', 'json', 'blob', 'arraybuffer', 'document'] as const) {
      const xhr = new XMLHttpRequest();
      xhr.open('POST', `${api}/chats`);
      xhr.responseType = type;
      xhr.send(chat);
      await event(xhr, 'loadend');
      const { response } = xhr;
      log.push([
        type,
        attempt(() => xhr.responseText),
        Object.prototype.toString.call(response),
        response === xhr.response,
      ]);
    }
    const sync = new XMLHttpRequest();
    sync.open('POST', `${api}/chats`, false);
    sync.send(chat);
    const two = new XMLHttpRequest();
    Reflect.apply(Reflect.get(two, 'open'), two, ['GET', `${api}/chats`]);
    const isAsync = attempt(() => {
      two.timeout = 1;
      return 'asynchronous';
    });
    return [log, sync.status, sync.responseText, isAsync];
  });
  await test('XMLHttpRequest: timeout and abort', async () => {
    const log: string[] = [];
    for (const end of ['timeout', 'abort'] as const) {
      const xhr = new XMLHttpRequest();
      for (const type of ['readystatechange', 'timeout', 'abort', 'loadend']) {
        xhr.addEventListener(type, () => log.push(`${type} ${xhr.readyState} ${xhr.status}`));
      }
      xhr.open('GET', `${api}/held`);
      if (end === 'timeout') xhr.timeout = 50;
      xhr.send();
      if (end === 'abort') xhr.abort();
      else await event(xhr, 'loadend');
    }
    return log;
  });
  await test('EventSource: identity and events', async () => {
    class Sub extends (EventSource as unknown as new (
      url: string,
    ) => EventTarget & Pick<EventSource, 'onopen' | 'onmessage' | 'readyState' | 'close'>) {
      override addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
        super.addEventListener(type, listener);
      }
    }
    const log: string[] = [];
    const source = new Sub(`${http}/stream`);
    const note = (each: Event): void => {
      log.push(`${each.type} ${(each as MessageEvent).lastEventId} ${each.isTrusted} ${source.readyState}`);
    };
    source.onopen = note;
    source.onmessage = note;
    source.addEventListener('chat', note);
    await event(source, 'error');
    source.close();
    return [
      log,
      source instanceof EventSource,
      source.constructor === Sub,
      Reflect.ownKeys(source).map(String),
      source.readyState,
      attempt(() => (EventSource as unknown as (url: string) => void)(http)),
      attempt(() => new EventSource('http://[')),
      attempt(() => EventSource.prototype.close.call({} as EventSource)),
    ];
  });
  await test('sendBeacon', () => [
    navigator.sendBeacon(`${api}/chats`, chat),
    attempt(() => navigator.sendBeacon('http://[')),
    attempt(() => (navigator.sendBeacon as unknown as () => void).call(navigator)),
    attempt(() => Navigator.prototype.sendBeacon.call({} as Navigator, '/x')),
  ]);
  await test('cannot be hidden: source texts', () => [
    String(fetch),
    String(WebSocket),
    String(XMLHttpRequest.prototype.open),
  ]);
  await test('cannot be hidden: stack frames', () => {
    const depth = (run: () => unknown): number => {
      try {
        run();
      } catch (error) {
        return String((error as Error).stack).split('\n').length;
      }
      return 0;
    };
    return [
      depth(() => new WebSocket('ftp://nowhere')),
      depth(() => new XMLHttpRequest().send()),
      depth(() => new EventSource('http://[')),
    ];
  });
  const ticksOf = async (call: () => Promise<unknown>): Promise<string[]> => {
    const log: string[] = [];
    const ticking = async (): Promise<void> => {
      for (let i = 1; i < 5; i++) {
        await null;
        log.push(String(i));
      }
    };
    const failed = call().catch((error: Error) => log.push(`failed ${describe(error)}`));
    await Promise.all([ticking(), failed]);
    return log;
  };
  await test('cannot be hidden: microtasks of a matched fetch that fails at once', () =>
    ticksOf(() => fetch(`${api}/chats`, { mode: 'navigate' as RequestMode })));
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
  await test('other patchers, before and after', async () => {
    const log: string[] = [];
    const before = window.fetch;
    const mine = function fetch(this: unknown, ...args: Parameters<typeof window.fetch>): Promise<Response> {
      log.push('mine');
      return before.apply(this as Window, args);
    };
    window.fetch = mine;
    await window.fetch(`${api}/chats`);
    window.fetch = before;
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (this: WebSocket, data: string) {
      log.push('send');
      return send.call(this, data);
    };
    const socket = new WebSocket(`${ws}/rt`);
    await event(socket, 'open');
    socket.send(chat);
    const { data } = (await event(socket, 'message')) as MessageEvent;
    WebSocket.prototype.send = send;
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: Parameters<typeof add>) {
      log.push(`add ${args[0]}`);
      return add.apply(this, args);
    };
    const source = new EventSource(`${http}/stream`);
    source.addEventListener('chat', () => undefined);
    EventTarget.prototype.addEventListener = add;
    source.close();
    return [log, data === chat];
  });
  return results;
}
