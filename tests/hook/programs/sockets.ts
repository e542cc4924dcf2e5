/** Random uses of WebSocket, EventSource and sendBeacon. */
import type { Tools } from './tools.ts';

export async function socketProgram(tools: Tools): Promise<void> {
  const { ws, chat, say, tell, pick, chance, below } = tools;
  const Made = pick<() => typeof WebSocket>([
    () => WebSocket,
    () => WebSocket,
    () => class Mine extends WebSocket {},
    () =>
      class Louder extends WebSocket {
        override send(data: string): void {
          say('send of its own');
          super.send(data);
        }
      },
  ])();
  const url = pick<() => unknown>([
    () => `${ws}/clientweb/rt?count=${below(4)}`,
    () => `${ws}/other?count=${below(4)}`,
    () => `${ws}/other?count=2&close=1`,
    () => new URL(`${ws}/clientweb/rt`),
    () => tools.spoken(`${ws}/other`),
    () => 'bad url:',
    () => `${ws}/#fragment`,
    () => '/relative',
    () => `${ws.replace('ws', 'http')}/other`,
  ])();
  const protocols = pick<unknown>([
    undefined,
    undefined,
    undefined,
    [],
    'one',
    ['one', 'two'],
    ['one', 'one'],
    'b@d',
  ]);
  const socket = tell('new', () =>
    protocols === undefined ? new Made(url as string) : new Made(url as string, protocols as string),
  ) as WebSocket | undefined;
  if (!(socket instanceof WebSocket)) return;
  say(socket.constructor === Made, Object.getOwnPropertyNames(socket));
  const over = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
  let actions = 0;
  const send = (): void => {
    const data = pick<() => unknown>([() => chat, () => 'text', () => tools.body()])();
    tell('send', () => [socket.send(data as string), socket.readyState]);
  };
  const act = (): void => {
    actions += 1;
    if (actions > 4) return;
    pick<() => void>([
      send,
      send,
      () =>
        tell('bare send', () =>
          Reflect.apply(socket.send, pick([undefined, {}, XMLHttpRequest.prototype]), ['x']),
        ),
      () => tell('send of nothing', () => Reflect.apply(socket.send, socket, [])),
      () =>
        tell('close', () =>
          socket.close(
            ...pick<[code?: number, reason?: string]>([
              [],
              [1000],
              [3000, 'why'],
              [999],
              [1000, 'x'.repeat(124)],
            ]),
          ),
        ),
      () =>
        tell('binary', () => [
          Reflect.set(socket, 'binaryType', pick(['blob', 'arraybuffer', 'bad'])),
          socket.binaryType,
        ]),
      () => tell('synthetic', () => socket.dispatchEvent(new MessageEvent('message', { data: chat }))),
      () => tell('state', () => [socket.readyState, socket.protocol, socket.extensions, socket.url]),
    ])();
  };
  const heard = (event: Event): void => {
    if (event instanceof MessageEvent) say(event.type, event.data, event.origin, event.ports.length);
    else if (event instanceof CloseEvent) say(event.type, event.code, event.reason, event.wasClean);
    else say(event.type);
    if (chance(0.3)) act();
  };
  tools.listen(
    socket,
    ['open', 'message', 'error', 'close'].filter(() => chance(0.8)),
    heard,
  );
  if (chance(0.3)) act();
  await tools.within(new Promise((resolve) => socket.addEventListener('open', resolve, { once: true })), 200);
  const steps = below(4);
  for (let step = 0; step < steps; step++) {
    act();
    await tools.pause(30);
  }
  tell('end', () => socket.close());
  await tools.within(over, 600);
  tell('state', () => [socket.readyState, socket.bufferedAmount, socket.protocol]);
}

export async function eventSourceProgram(tools: Tools): Promise<void> {
  const { http, api, chat, say, tell, pick, chance, below } = tools;
  const stream = `type=text/event-stream&count=${1 + below(3)}&text=`;
  const text = encodeURIComponent(
    pick([
      `data: ${chat}\n\n`,
      `event: chat\nid: 1\ndata: ${chat}\n\n`,
      `data: one\ndata: two\n\n: comment\n\n`,
      `id: 7\nevent: open\ndata\n\n`,
    ]),
  );
  const url = pick<() => unknown>([
    () => `${api}/parts?open=1&${stream}${text}`,
    () => `${http}/parts?open=1&${stream}${text}`,
    () => new URL(`${api}/parts?open=1&${stream}${text}`),
    () => `${api}/status?code=${pick([204, 404])}`,
    () => `${api}/parts?type=text/plain&count=1&text=x`,
    () => 'http://[',
  ])();
  const Made = pick<() => typeof EventSource>([() => EventSource, () => class Mine extends EventSource {}])();
  const source = tell('new', () =>
    chance(0.3) ? new Made(url as string, { withCredentials: chance(0.5) }) : new Made(url as string),
  ) as EventSource | undefined;
  if (!(source instanceof EventSource)) return;
  say(source.constructor === Made, Object.getOwnPropertyNames(source), source.withCredentials);
  let actions = 0;
  const heard = (event: Event): void => {
    if (event instanceof MessageEvent) say(event.type, event.data, event.lastEventId, event.origin);
    else say(event.type, source.readyState);
    actions += 1;
    if (chance(0.2) && actions < 6)
      pick<() => void>([
        () => tell('close', () => source.close()),
        () => tell('synthetic', () => source.dispatchEvent(new MessageEvent('message', { data: chat }))),
        () => tools.listen(source, ['message', 'chat'], heard),
      ])();
  };
  tools.listen(
    source,
    ['open', 'message', 'chat', 'error'].filter(() => chance(0.8)),
    heard,
  );
  if (chance(0.2))
    tell('type as text', () => source.addEventListener(tools.spoken('message') as never, heard));
  if (chance(0.2)) tell('no arguments', () => Reflect.apply(source.addEventListener, source, []));
  if (chance(0.2))
    tell('of another', () => Reflect.apply(source.addEventListener, new EventTarget(), ['message', heard]));
  await tools.pause(250);
  tell('close', () => source.close());
  await tools.pause(20);
  tell('state', () => [source.readyState, source.url]);
}

export async function beaconProgram(tools: Tools): Promise<void> {
  const { api, http, tell, pick, below } = tools;
  const steps = 1 + below(4);
  for (let step = 0; step < steps; step++) {
    const url = pick<unknown>([
      `${api}/chats`,
      `${http}/other`,
      new URL(`${api}/chats`),
      'http://[',
      'data:,x',
      undefined,
    ]);
    const body = tools.body();
    tell('beacon', () =>
      Reflect.apply(
        navigator.sendBeacon,
        pick([navigator, navigator, {}, undefined]),
        pick([[url, body], [url], []]),
      ),
    );
  }
  await tools.pause(20);
}
