import { expect, test } from 'vitest';
import { hooked, line, messagesIn, observations, openPanel, unbroken } from './hooked.ts';
import { chatText } from './server.ts';

test('a page that has broken its built-ins gets nothing and breaks nothing', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  const leaks = await browser.inPage(
    async ({ http, chat }) => {
      const leaked: string[] = [];
      const { apply, defineProperty } = Reflect;
      const { includes } = String.prototype;
      const NativeError = Error;
      let noting = false;
      const note = (what: string) => {
        if (noting) return;
        noting = true;
        if (apply(includes, new NativeError().stack, ['-extension://'])) leaked[leaked.length] = what;
        noting = false;
      };
      const socket = new WebSocket(`${http.replace('http', 'ws')}/rt`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      const { fetch, Promise: NativePromise } = window;
      const trap = (holder: object, names: readonly string[]) => {
        for (const name of names) {
          const descriptor = Object.getOwnPropertyDescriptor(holder, name);
          const native = descriptor?.value;
          if (typeof native !== 'function') continue;
          Object.defineProperty(holder, name, {
            ...descriptor,
            value: function (this: unknown, ...args: unknown[]) {
              note(name);
              return apply(native, this, args);
            },
          });
        }
      };
      const setters = (holder: object, names: readonly string[]) => {
        for (const name of names) {
          const descriptor = Object.create(null);
          descriptor.configurable = true;
          descriptor.get = () => note(`get ${name}`);
          descriptor.set = () => note(`set ${name}`);
          defineProperty(holder, name, descriptor);
        }
      };
      trap(Array.prototype, ['push', 'map', 'forEach', 'join', 'slice']);
      trap(String.prototype, ['indexOf', 'slice', 'includes', 'startsWith', 'toLowerCase', 'split', 'trim']);
      trap(Promise.prototype, ['then', 'catch', 'finally']);
      trap(JSON, ['parse', 'stringify']);
      trap(MessagePort.prototype, ['postMessage']);
      trap(EventTarget.prototype, ['addEventListener', 'dispatchEvent']);
      trap(WeakMap.prototype, ['get', 'set', 'has']);
      trap(Date, ['now']);
      trap(Performance.prototype, ['now']);
      trap(Object, ['keys', 'defineProperty', 'getOwnPropertyDescriptor']);
      trap(Function.prototype, ['call', 'apply', 'bind']);
      setters(Object.prototype, [
        'transfer',
        'toJSON',
        'value',
        'done',
        'seq',
        'kind',
        'capture',
        'signal',
        'apply',
        'construct',
      ]);
      setters(Array.prototype, ['0', '1', '2', '3']);
      socket.send(chat);
      await new NativePromise((resolve) => {
        socket.onmessage = resolve;
      });
      const response = await fetch(`${http}/clientweb/api/v1/chats`, { method: 'POST', body: chat });
      await response.text();
      const xhr = new XMLHttpRequest();
      xhr.open('POST', `${http}/clientweb/api/v1/chats`, false);
      xhr.send(chat);
      // Forged handshakes, forged commands, in the page's own name and in that of a relay that it does not know.
      // The interface has no name in Chromium.
      const { dispatchEvent } = document.fonts;
      const offer = (data: unknown, ports: MessagePort[] = []) =>
        apply(dispatchEvent, document.fonts, [
          new MessageEvent('chat-inspector:offer', { cancelable: true, ports, data }),
        ]);
      let own = 0;
      for (let i = 0; i < 10_000; i++) {
        const name = `name${i}`;
        document.fonts.addEventListener(name, () => {
          // Commands from inside of a posting, again and again.
          if (own++ < 100_000) offer(`${name} r0`);
        });
        offer(name, [new MessageChannel().port2]);
        for (const sender of [name, 'relay', '']) {
          for (const command of ['r0', 'a99999999', 'pquiet', 'c0\n0\n0\n0', '', 'x'])
            offer(`${sender} ${command}`);
        }
        offer({ evil: true });
        document.fonts.dispatchEvent(new Event('chat-inspector:hello'));
      }
      // Who listens behind the hook hears nothing of what the relay says.
      document.fonts.addEventListener('chat-inspector:offer', (event) => {
        leaked[leaked.length] = `heard ${event instanceof MessageEvent ? event.data : ''}`;
      });
      for (const holder of [Array.prototype, Object.prototype]) {
        for (const name of Reflect.ownKeys(holder)) {
          if (Object.getOwnPropertyDescriptor(holder, name)?.set && name !== '__proto__')
            Reflect.deleteProperty(holder, name);
        }
      }
      Object.freeze(WebSocket.prototype);
      Object.freeze(Array.prototype);
      socket.send(chat.replace('hello', 'after'));
      await new NativePromise((resolve) => {
        socket.onmessage = resolve;
      });
      return leaked;
    },
    { http: server.origin, chat: chatText('hello') },
  );
  expect([...new Set(leaks)]).toEqual([]);
  const seen = await observations(panel, 'both messages', (all) => messagesIn(all).length === 2);
  expect(messagesIn(seen, 'out')).toEqual([chatText('hello'), chatText('after')]);
  expect(messagesIn(seen)).toEqual([chatText('hello'), chatText('after')]);
  expect(seen.filter(({ kind }) => kind === 'end').map(line)).toHaveLength(2);
  expect(unbroken(seen)).toBe(true);
});

test('forged observations do not reach the panel', async () => {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  await browser.inPage(
    async ({ http, chat }) => {
      const forged = { documentId: 'f'.repeat(32), total: 1, observations: [{ kind: 'frame', seq: 0 }] };
      window.postMessage(forged, '*');
      window.dispatchEvent(new MessageEvent('message', { data: forged }));
      for (const type of ['chat-inspector:hello', 'chat-inspector:offer']) {
        document.fonts.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(forged) }));
      }
      const socket = new WebSocket(`${http.replace('http', 'ws')}/rt`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      socket.dispatchEvent(new MessageEvent('message', { data: chat.replace('real', 'forged') }));
      socket.send(chat);
      await new Promise((resolve) => socket.addEventListener('message', resolve));
    },
    { http: server.origin, chat: chatText('real') },
  );
  const seen = await observations(panel, 'the real message', (all) => messagesIn(all).length > 0);
  expect(messagesIn(seen)).toEqual([chatText('real')]);
  expect(new Set(seen.map(({ documentId }) => documentId)).size).toBe(1);
});
