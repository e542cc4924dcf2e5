/** Other libraries that patch the same functions. */
import type { ProbeKit } from './kit.ts';

export async function probePatchers({ event, test, chat, api, http, ws }: ProbeKit): Promise<void> {
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
}
