/** What is written down where it is easily written down wrong: each test is one trap that tools like this fall into. */
import { expect, test } from 'vitest';
import type { Observation } from '../../src/observation/observation.ts';
import { BROWSER } from '../e2e/harness/inspection.ts';
import { hooked, messagesIn, observations, openPanel, unbroken } from './hooked.ts';
import { chatText } from './server.ts';

const fromBase64 = (data: string): string => Buffer.from(data, 'base64').toString();
const kinds = (all: readonly Observation[], kind: Observation['kind']) =>
  all.filter((each) => each.kind === kind);

async function inspected() {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  return { browser, server, panel, ws: server.origin.replace('http', 'ws') };
}

test('what a socket refused to send was not sent', async () => {
  const { browser, panel, ws } = await inspected();
  const errors = await browser.inPage(
    async ({ ws, body }) => {
      const socket = new WebSocket(`${ws}/rt`);
      const thrown: string[] = [];
      const send = (text: string) => {
        try {
          socket.send(text);
        } catch (error) {
          thrown.push((error as Error).name);
        }
      };
      send(`${body} too early`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      send(body);
      await new Promise((resolve) => socket.addEventListener('message', resolve));
      return thrown;
    },
    { ws, body: chatText('in time') },
  );
  expect(errors).toEqual(['InvalidStateError']);
  const seen = await observations(panel, 'the echo', (all) => messagesIn(all).length === 1);
  expect(messagesIn(seen, 'out')).toEqual([chatText('in time')]);
});

test('bytes are those of the moment, though the page overwrites or gives them away at once', async () => {
  const { browser, panel, ws } = await inspected();
  await browser.inPage(
    async ({ ws, body }) => {
      const socket = new WebSocket(`${ws}/rt`);
      socket.binaryType = 'arraybuffer';
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      const heard: unknown[] = [];
      const done = new Promise<void>((resolve) => {
        socket.onmessage = ({ data }) => {
          structuredClone(data, { transfer: [data] });
          if (heard.push(data) === 2) resolve();
        };
      });
      const bytes = new TextEncoder().encode(body);
      socket.send(bytes);
      bytes.fill(0x78);
      const given = new TextEncoder().encode(body);
      socket.send(given);
      structuredClone(given.buffer, { transfer: [given.buffer] });
      await done;
    },
    { ws, body: chatText('then') },
  );
  const seen = await observations(panel, 'four frames', (all) => kinds(all, 'frame').length === 4);
  const texts = seen.flatMap((each) => (each.kind === 'frame' ? [fromBase64(each.payload.data)] : []));
  expect(texts).toEqual(Array.from({ length: 4 }, () => chatText('then')));
});

test('a Blob keeps its place before the text that was sent behind it', async () => {
  const { browser, server, panel, ws } = await inspected();
  await browser.inPage(
    async ({ ws, body }) => {
      const socket = new WebSocket(`${ws}/rt`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      socket.send(body);
      socket.send(new Blob(['blob ', 'x'.repeat(300_000)]));
      socket.send('behind');
      let heard = 0;
      await new Promise<void>((resolve) => {
        socket.onmessage = () => {
          heard += 1;
          if (heard === 3) resolve();
        };
      });
    },
    { ws, body: chatText('first') },
  );
  const sent = (all: readonly Observation[]) =>
    all.flatMap((each) => (each.kind === 'frame' && each.direction === 'out' ? [each] : []));
  const late = (all: readonly Observation[]) =>
    all.flatMap((each) => (each.kind === 'body' && each.of === sent(all)[1]?.seq ? [each] : []));
  const seen = await observations(panel, 'the bytes', (all) => late(all).length === 1);
  expect(sent(seen).map(({ payload }) => payload.encoding)).toEqual(['text', 'later', 'text']);
  expect(sent(seen)[1]?.payload.size).toBe(300_005);
  expect(fromBase64(late(seen)[0]?.payload.data.slice(0, 8) ?? '')).toBe('blob x');
  expect(server.heard.map((line) => line.slice(0, 9))).toEqual(['/rt {"eve', '/rt blob ', '/rt behin']);
});

test('events that the page made itself are nothing that came', async () => {
  const { browser, panel, ws } = await inspected();
  await browser.inPage(
    async ({ ws, body }) => {
      const socket = new WebSocket(`${ws}/rt`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      for (const data of [body, () => body, document.body, Symbol.iterator, 1n])
        socket.dispatchEvent(new MessageEvent('message', { data }));
      socket.dispatchEvent(new CloseEvent('close', { code: 4000, reason: 'made up' }));
      socket.send(body);
      await new Promise((resolve) => socket.addEventListener('message', resolve));
      socket.close(1000);
      await new Promise((resolve) => socket.addEventListener('close', resolve));
    },
    { ws, body: chatText('real') },
  );
  const seen = await observations(panel, 'the end', (all) => kinds(all, 'socket-close').length > 0);
  expect(messagesIn(seen)).toEqual([chatText('real')]);
  expect(seen.flatMap((each) => (each.kind === 'socket-close' ? [each.code] : []))).toEqual([1000]);
  expect(unbroken(seen)).toBe(true);
});

test('answers without bytes are told by what they are', async () => {
  const { browser, server, panel } = await inspected();
  await browser.inPage(
    async ({ api, other }) => {
      await (
        await fetch(`${api}/redirect?to=${encodeURIComponent(`${api}/chats`)}`, { redirect: 'manual' })
      ).text();
      await (await fetch(`${other}/chats`, { mode: 'no-cors' })).text();
      await fetch('http://127.0.0.1:1/clientweb/api/v1/chats').catch(() => undefined);
    },
    {
      api: `${server.origin}/clientweb/api/v1`,
      other: `${server.otherOrigin}/clientweb/api/v1`,
    },
  );
  const seen = await observations(
    panel,
    'three ends',
    (all) => kinds(all, 'end').length === 2 && kinds(all, 'error').length === 1,
  );
  expect(seen.flatMap((each) => (each.kind === 'response' ? [each.status] : []))).toEqual([0, 0]);
});

test('secrets of the headers do not leave the page', async () => {
  const { browser, server, panel } = await inspected();
  await browser.inPage(
    async ({ api, body }) => {
      // biome-ignore lint/suspicious/noDocumentCookie: pages do it so.
      document.cookie = 'secret-cookie=1';
      const headers = {
        Authorization: 'MOBILE-API-140-327-PLAIN appId="secret-app", clientId="secret-client"',
        'Content-Type': 'application/json',
        'X-Token': 'secret-token',
      };
      await (await fetch(`${api}/chats`, { method: 'POST', body, headers })).text();
      const xhr = new XMLHttpRequest();
      xhr.open('POST', `${api}/chats`);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.send(body);
      await new Promise((resolve) => xhr.addEventListener('loadend', resolve));
    },
    { api: `${server.origin}/clientweb/api/v1`, body: chatText('no secret') },
  );
  const seen = await observations(panel, 'both', (all) => kinds(all, 'end').length === 2);
  const authorizations = seen.flatMap((each) =>
    each.kind === 'request' ? each.headers.filter(([name]) => name.toLowerCase() === 'authorization') : [],
  );
  expect(authorizations.map(([, value]) => value)).toEqual(
    Array.from({ length: 2 }, () => 'MOBILE-API-140-327-PLAIN appId="***", clientId="***"'),
  );
  expect(JSON.stringify(seen)).not.toContain('secret-');
});

test('a stream that connects again is one stream, with the id of each event', async () => {
  const { browser, server, panel } = await inspected();
  await browser.inPage(
    async ({ url }) => {
      const source = new EventSource(url);
      let heard = 0;
      await new Promise<void>((resolve) => {
        source.onmessage = () => {
          heard += 1;
          if (heard === 3) resolve();
        };
      });
      source.close();
    },
    { url: `${server.origin}/clientweb/api/v1/stream/again` },
  );
  const events = (all: readonly Observation[]) =>
    all.flatMap((each) => (each.kind === 'stream-event' ? [each] : []));
  const seen = await observations(panel, 'three events', (all) => events(all).length === 3);
  expect(events(seen).map(({ payload }) => payload.data)).toEqual(['after 0', 'after 1', 'after 2']);
  expect(new Set(events(seen).map(({ of }) => of)).size).toBe(1);
});

test('an answer that the page does not read is not read for it without end', async () => {
  const { browser, server, panel } = await inspected();
  await browser.inPage(
    async ({ url }) => {
      Object.assign(window, { unread: await fetch(url) });
    },
    { url: `${server.origin}/clientweb/api/v1/endless` },
  );
  const seen = await observations(panel, 'its end', (all) => kinds(all, 'end').length === 1);
  expect(seen.flatMap((each) => (each.kind === 'body' ? [each.payload.note] : []))).toEqual(['not copied']);
  // Without the extension Chromium takes some 60 MiB and waits; Firefox reads on, extension or not.
  if (BROWSER === 'chromium') expect(await server.stalled()).toBeLessThan(100 * 1024 * 1024);
  const unread = await browser.inPage(() => {
    const { unread } = window as unknown as { unread: Response };
    return [unread.bodyUsed, unread.body?.locked ?? null];
  }, null);
  expect(unread).toEqual([false, false]);
});

test('an answer comes before what the page does with it, though the page listened before it opened the request', async () => {
  const { browser, server, panel } = await inspected();
  // As a script of the page's own: of what a test driver runs Firefox does not report errors to the page.
  await browser.inPage(
    async ({ run, api }) => {
      const script = document.createElement('script');
      script.textContent = `(${run})(${JSON.stringify(api)})`;
      document.head.append(script);
    },
    { run: String(reactingPage), api: `${server.origin}/clientweb/api/v1` },
  );
  const seen = await observations(panel, 'the error', (all) => kinds(all, 'error').length === 1);
  const said = seen.map(({ kind }) => kind).filter((kind) => kind !== 'response');
  expect(said).toEqual(['document', 'request', 'body', 'end', 'request', 'page-error', 'error']);
  const body = seen.find(({ kind }) => kind === 'body');
  expect(seen.find((each) => each.kind === 'page-error')).toMatchObject({ during: body?.seq });
});

function reactingPage(api: string): void {
  const first = new XMLHttpRequest();
  first.onreadystatechange = () => {
    if (first.readyState !== 4) return;
    const second = new XMLHttpRequest();
    second.addEventListener('error', (event) => event.stopImmediatePropagation());
    second.open('POST', `${api}/cut`);
    second.send('{"events":[]}');
    throw new Error('intended');
  };
  first.open('GET', `${api}/chats/1/events`);
  first.send();
}
