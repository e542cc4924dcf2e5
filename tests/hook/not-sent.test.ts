/** What the page gave the browser to send, and the browser did not: recorded as said, and as never sent. */
import { expect, test } from 'vitest';
import type { Observation } from '../../src/observation/observation.ts';
import { hooked, messagesIn, observations, openPanel } from './hooked.ts';
import { chatText } from './server.ts';

async function inspected() {
  const { browser, server } = await hooked();
  await browser.open(`${server.origin}/page`);
  const panel = await openPanel(browser);
  return { browser, server, panel, ws: server.origin.replace('http', 'ws') };
}

test('a message for a closing or closed socket is told as dropped', async () => {
  const { browser, server, panel, ws } = await inspected();
  await browser.inPage(
    async ({ ws, body }) => {
      const socket = new WebSocket(`${ws}/rt`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      socket.send(`${body} open`);
      // The browser asks for the text before it looks at the state: this one closes the socket that it is sent over.
      const object = {
        toString() {
          socket.close();
          return `${body} by an object`;
        },
      };
      socket.send(object as never);
      socket.send(`${body} closing`);
      socket.send(new Blob([body, ' of a Blob']));
      await new Promise((resolve) => socket.addEventListener('close', resolve));
      socket.send(`${body} closed`);
    },
    { ws, body: chatText('x') },
  );
  const late = (all: readonly Observation[]) =>
    all.flatMap((each) =>
      each.kind === 'body' ? [Buffer.from(each.payload.data, 'base64').toString()] : [],
    );
  const seen = await observations(
    panel,
    'all that was sent',
    (all) => messagesIn(all, 'out').length === 5 && late(all).length === 1,
  );
  const sent = seen.flatMap((each) => (each.kind === 'frame' && each.direction === 'out' ? [each] : []));
  expect(sent.map(({ payload, dropped }) => [payload.data.split(' ').at(-1), dropped])).toEqual([
    ['open', undefined],
    ['', true],
    ['closing', true],
    ['', true],
    ['closed', true],
  ]);
  expect(late(seen)).toEqual([`${chatText('x')} of a Blob`]);
  expect(server.heard).toEqual([`/rt ${chatText('x')} open`]);
});

test('a beacon that was not queued is told as failed', async () => {
  const { browser, server, panel } = await inspected();
  const queued = await browser.inPage(
    ({ url, body }) => [
      navigator.sendBeacon(url, body + ' '.repeat(70_000)),
      navigator.sendBeacon(url, body),
    ],
    { url: `${server.origin}/clientweb/api/v1/chats/x/events`, body: chatText('beacon') },
  );
  expect(queued).toEqual([false, true]);
  const requests = (all: readonly Observation[]) => all.filter(({ kind }) => kind === 'request');
  const seen = await observations(panel, 'both', (all) => requests(all).length === 2);
  const [first] = requests(seen);
  expect(seen.flatMap((each) => (each.kind === 'error' ? [each.of] : []))).toEqual([first?.seq]);
});
