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
      const socket = new WebSocket(`${ws}/clientweb/api/v1/rt`);
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
  const heard = server.heard.map((line) => line.replace('/clientweb/api/v1', '').slice(0, 9));
  expect(heard).toEqual(['/rt {"eve', '/rt blob ', '/rt behin']);
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

test('of what is no chat nothing is kept, though its origin and its socket have shown chat', async () => {
  const { browser, server, panel, ws } = await inspected();
  await browser.inPage(
    async ({ http, ws, body }) => {
      const post = async (path: string, text: string) =>
        (await fetch(`${http}${path}`, { method: 'POST', body: text })).text();
      const xhr = (path: string, text: string, type: XMLHttpRequestResponseType) =>
        new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.open('POST', `${http}${path}`);
          request.responseType = type;
          request.onloadend = resolve;
          request.send(text);
        });
      await post('/relay', body);
      for (const path of ['/login', '/status?text=ok%26secret', '/parts?count=3&text=secret']) {
        await post(path, '{"password":"secret"}');
        for (const type of ['text', 'json', 'arraybuffer', 'blob'] as const)
          await xhr(path, '{"password":"secret"}', type);
        navigator.sendBeacon(`${http}${path}`, '{"password":"secret"}');
      }
      // What the server says is quoted in a request, and a name that only begins like one is none.
      for (const name of ['chat_session_ended', 'chat_session_foo'])
        await post('/status?text=ok', `{"event":"${name}","password":"secret"}`);
      // Refused before they were sent.
      await fetch('http://127.0.0.1:1/login', { method: 'POST', body: 'secret' }).catch(() => undefined);
      await post('/login', 'secret');
      const signal = AbortSignal.abort();
      await fetch(`${http}/login`, { method: 'POST', body: 'secret', signal }).catch(() => undefined);
      const source = new EventSource(`${http}/stream/again?secret`);
      await new Promise((resolve) => source.addEventListener('message', resolve));
      source.close();
      const socket = new WebSocket(`${ws}/rt`, ['graphql-ws', 'bearer.secret']);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      const said = [body, '{"password":"secret"}', '2', new Blob(['secret']), '{"type":"ping"}', body];
      for (const message of said) {
        const heard = new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
        socket.send(message);
        await heard;
      }
      const credentials = new XMLHttpRequest();
      const url = `${http.replace('://', '://me:secret@')}/clientweb/api/v1/status?text=ok#secret`;
      credentials.open('GET', url);
      const done = new Promise((resolve) => credentials.addEventListener('loadend', resolve));
      credentials.send();
      await done;
    },
    { http: server.origin, ws, body: chatText('chat') },
  );
  const seen = await observations(
    panel,
    'both ends',
    (all) => kinds(all, 'end').length === 2 && kinds(all, 'frame').length === 12,
  );
  expect(JSON.stringify(seen)).not.toContain('secret');
  const urls = seen.flatMap((each) => (each.kind === 'request' ? [each.url] : []));
  expect(urls).toEqual([`${server.origin}/relay`, `${server.origin}/clientweb/api/v1/status?text=ok`]);
  const sent = seen.flatMap((each) => (each.kind === 'frame' && each.direction === 'out' ? [each] : []));
  const words = sent.map(({ seq, payload }) => {
    const late = seen.find((each) => each.kind === 'body' && each.of === seq);
    return (late?.kind === 'body' ? late.payload : payload).note ?? 'chat';
  });
  expect(words).toEqual(['chat', 'not chat', 'heartbeat', 'not chat', 'heartbeat', 'chat']);
  const opened = seen.flatMap((each) => (each.kind === 'socket-open' ? [each.protocols] : []));
  expect(opened[0]).toEqual(['graphql-ws', '***(13)']);
});

test('what an answer shows to be chat is kept from its request on, on an origin that has shown chat', async () => {
  const { browser, server, panel } = await inspected();
  await browser.inPage(
    async ({ http, body }) => {
      await (await fetch(`${http}/relay`, { method: 'POST', body })).text();
      const asked = `/poll?text=${encodeURIComponent(body)}`;
      await (await fetch(http + asked)).text();
      const xhr = new XMLHttpRequest();
      xhr.open('GET', http + asked);
      xhr.responseType = 'json';
      const done = new Promise((resolve) => xhr.addEventListener('loadend', resolve));
      xhr.send();
      await done;
      const events = `data: {"token":"a"}\n\ndata: ${body}\n\n: beat\n\n`;
      const type = encodeURIComponent('text/event-stream');
      await (await fetch(`${http}/parts?count=2&type=${type}&text=${encodeURIComponent(events)}`)).text();
    },
    { http: server.origin, body: chatText('shown') },
  );
  const seen = await observations(panel, 'four ends', (all) => kinds(all, 'end').length === 4);
  const times = seen.flatMap((each) => (each.kind === 'request' || each.kind === 'response' ? [each] : []));
  expect(times.map(({ kind }) => kind)).toEqual(
    Array.from({ length: 4 }, () => ['request', 'response']).flat(),
  );
  for (const [at, each] of times.entries())
    expect(each.wallTime).toBeGreaterThanOrEqual(times[at - 1]?.wallTime ?? 0);
  const chunks = seen.flatMap((each) => (each.kind === 'chunk' ? [each.payload] : []));
  expect(chunks.map(({ data }) => data).join('')).toBe(`data: ${chatText('shown')}\n\n`.repeat(2));
  expect(unbroken(seen)).toBe(true);
});
