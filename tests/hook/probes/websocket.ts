/** WebSocket: errors, identity, the order of events, binary frames. */
import type { ProbeKit } from './kit.ts';

export async function probeWebSocket({ attempt, event, test, chat, ws }: ProbeKit): Promise<void> {
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
  await test('WebSocket: what is sent is turned into text as ever', async () => {
    const log: string[] = [];
    const socket = new WebSocket(`${ws}/rt`);
    await event(socket, 'open');
    const odd = {
      toString: () => {
        log.push('toString');
        return chat;
      },
    };
    const send = (data: unknown) => attempt(() => socket.send(data as string));
    log.push(String(send(odd)), String(send(null)), String(send(12)), String(send(Symbol('s'))));
    log.push(String(send(undefined)), String(attempt(() => (socket.send as () => void)())));
    const heard: unknown[] = [];
    while (heard.length < 4) heard.push(((await event(socket, 'message')) as MessageEvent).data);
    return [log, heard];
  });
  await test('WebSocket: events that the page makes itself', () => {
    const log: unknown[] = [];
    const socket = new WebSocket(`${ws}/rt`);
    for (const type of ['message', 'open', 'close', 'error'])
      socket.addEventListener(type, (each) =>
        log.push([each.type, each.isTrusted, (each as MessageEvent).data]),
      );
    for (const data of [chat, Symbol.iterator.toString(), 1, null, { text: chat }])
      socket.dispatchEvent(new MessageEvent('message', { data }));
    socket.dispatchEvent(new MessageEvent('message', { data: () => chat }));
    socket.dispatchEvent(new Event('message'));
    socket.dispatchEvent(new Event('open'));
    socket.dispatchEvent(new CloseEvent('close', { code: 4000 }));
    socket.dispatchEvent(new Event('error'));
    return log.map(String);
  });
  await test('WebSocket: bytes that the page gives away', async () => {
    const socket = new WebSocket(`${ws}/rt`);
    socket.binaryType = 'arraybuffer';
    await event(socket, 'open');
    socket.send(chat);
    await event(socket, 'message');
    const bytes = new TextEncoder().encode(chat);
    socket.send(bytes);
    const sent = structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    const { data } = (await event(socket, 'message')) as MessageEvent<ArrayBuffer>;
    const got = structuredClone(data, { transfer: [data] });
    return [bytes.byteLength, sent.byteLength, data.byteLength, got.byteLength];
  });
  await test('WebSocket: addresses, protocols and closing', async () => {
    const socket = new WebSocket(`${ws.replace('ws:', 'http:')}/rt`, []);
    const before = [socket.readyState, socket.protocol, socket.extensions, socket.bufferedAmount];
    const errors = [
      attempt(() => socket.close(1)),
      attempt(() => socket.close(1000, 'x'.repeat(200))),
      attempt(() => new WebSocket(ws, 'a b')),
      attempt(() => new WebSocket(`${ws}/rt#fragment`).url),
      attempt(() => new WebSocket(new URL(`${ws}/rt`), undefined).url),
    ];
    await event(socket, 'open');
    Object.assign(socket, { mine: 1 });
    socket.close(3001, 'enough');
    socket.close();
    const { code, wasClean } = (await event(socket, 'close')) as CloseEvent;
    return [before, errors, code, wasClean, Object.keys(socket)];
  });
}
