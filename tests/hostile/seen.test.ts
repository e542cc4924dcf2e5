import { expect, test } from 'vitest';
import type { InspectedTab, Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { exportTrace } from '../e2e/harness/inspection.ts';
import { readTimeline, type SeenRow } from '../e2e/harness/panel-view.ts';
import { openPanel } from '../hook/hooked.ts';
import { PLACES } from './harness/attackers.ts';
import { stage } from './harness/stage.ts';
import { addFrame, expectWhole, speak } from './harness/victim.ts';

const place = (name: string) => {
  const found = PLACES.find((each) => each.name === name);
  if (!found) throw new Error(`There is no attacker at "${name}".`);
  return found;
};

test('a script of the page can neither blind the hook nor widen what is kept, by links of its own', async () => {
  const { browser, server } = await stage({ patterns: ['/relay-of-ours/'] });
  await browser.open(`${server.victim}/page`);
  const panel = await openPanel(browser);
  const ask = (path: string) =>
    browser.inPage(async (url) => {
      await (await fetch(url, { method: 'POST', body: '{"text":"of no event"}' })).text();
    }, `${path}`);
  const kept = async (path: string) =>
    JSON.stringify((await exportTrace(panel)).observations).includes(path) ? true : null;
  await until('the pattern to hold', async () => {
    await ask('/relay-of-ours/before');
    return kept('/relay-of-ours/before');
  });
  await browser.inPage(() => {
    const { fonts } = document;
    const offer = (data: string) =>
      fonts.dispatchEvent(new MessageEvent('chat-inspector:offer', { cancelable: true, data }));
    for (let at = 0; at < 6; at++) {
      offer(`own${at}`);
      for (const command of ['c1\n1\n1\n1', 's*\n\n*', 's\n\n', 's', 'pquiet']) offer(`own${at} ${command}`);
    }
  }, null);
  await ask('/relay-of-ours/blinded');
  await browser.inPage(() => {
    const data = 'own5 s*\n\n*';
    document.fonts.dispatchEvent(new MessageEvent('chat-inspector:offer', { cancelable: true, data }));
  }, null);
  await ask('/account/widened');
  await ask('/relay-of-ours/last');
  await until('what came last', () => kept('/relay-of-ours/last'));
  expect(await kept('/relay-of-ours/blinded')).toBe(true);
  expect(await kept('/account/widened')).toBe(null);
});

test('the chat of a loud tab takes nothing of the recording of a quiet one, and its own loss is said', async () => {
  const { browser, server } = await stage();
  await browser.open(`${server.victim}/page`);
  await speak(browser, 'quiet', 'in a low voice');
  const loud = await browser.openBeside(`${server.victim}/page`);
  for (const name of ['one', 'two', 'three', 'four']) await addFrame(loud, `${server.victim}/page`, name);
  await shout(loud, `${server.victim.replace('http', 'ws')}/rt?who=loud`);
  // What either said is now with the recorder alone.
  await browser.open(`${server.victim}/page/later`);
  await loud.inPage(() => {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  }, null);
  const ofLoud = await loud.openDevTools('Chat');
  await until('the loss of the loud one', async () => (await gaps(ofLoud)).length > 0);
  await ofLoud.close();
  const panel = await openPanel(browser);
  await expectWhole(panel, server, ['quiet']);
  expect(await gaps(panel)).toEqual([]);
});

test('what a service worker made up in a frame of another origin is in no session of the page', async () => {
  const { browser, server } = await stage();
  await browser.open(`${server.victim}/page`);
  const panel = await openPanel(browser);
  await speak(browser, 'victim', 'TRUE');
  const attacker = await place('a frame of another origin with a service worker').enter(
    browser,
    server,
    browser,
  );
  await attacker.act('events of the chat of another origin', { chat: 'victim' });
  await speak(browser, 'victim', 'TRUE');
  await expectApart(panel);
});

test('what a worker made up in a frame of another origin is in no session of the page, though only DevTools report it', async () => {
  const { browser, server } = await stage();
  await browser.open(`${server.victim}/page`);
  const panel = await openPanel(browser);
  await speak(browser, 'victim', 'TRUE');
  const address = `${server.attacker}/clientweb/api/v1/chats/victim/events?who=forged`;
  const body = JSON.stringify({ event: 'chat_session_message', msg: 'FORGED' });
  // Again and again: whose it is taken for is asked here, not whether DevTools tell the first that a worker says.
  const say = `fetch(${JSON.stringify(address)}, { method: 'POST', body: ${JSON.stringify(body)} })`;
  server.serve(
    'in-a-worker',
    `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(`${say}; setInterval(() => ${say}, 2_000)`)}])));`,
  );
  await addFrame(browser, `${server.attacker}/page?script=in-a-worker`, 'attacker');
  await expectApart(panel);
});

test('text that turns round is shown by what it is, and turns nothing of ours', async () => {
  const { browser, server } = await stage();
  await browser.open(`${server.victim}/page`);
  const panel = await openPanel(browser);
  const attacker = await place('a frame of the origin of the victim').enter(browser, server, browser);
  await attacker.act('names of properties and text that turns round', null);
  await speak(browser, 'victim', 'after it');
  await until('the row', async () =>
    (await readTimeline(panel)).some(({ cells }) => cells.Summary?.includes('FORGED')),
  );
  const shown = await panel.evaluate(() => document.body.textContent ?? '', null);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is there is what is tested.
  expect(shown.match(/[\u0000\u001b\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g) ?? []).toEqual([]);
});

/** What was made up and what was said are both shown, and no session has something of both. */
async function expectApart(panel: Panel): Promise<void> {
  let seen: readonly SeenRow[] = [];
  const rows = await until('both', async () => {
    seen = await readTimeline(panel);
    const has = (text: string) => seen.some(({ cells }) => cells.Summary?.includes(text));
    return has('FORGED') && has('TRUE') && seen;
  }).catch((error: Error) => {
    const lines = seen.map(({ cells }) => Object.values(cells).join(' | '));
    throw new Error([error.message, 'The timeline shows:', ...lines].join('\n'));
  });
  const sessions = (text: string) =>
    new Set(rows.flatMap(({ cells }) => (cells.Summary?.includes(text) ? [cells.Session ?? ''] : [])));
  const real = sessions('TRUE');
  expect([...sessions('FORGED')].filter((session) => real.has(session))).toEqual([]);
}

/** Ten megabytes and more within the moment in which the recorder writes once, from each frame of a page. */
function shout(tab: InspectedTab, url: string): Promise<void> {
  return tab.inPage(async (address) => {
    const text = JSON.stringify({ event: 'chat_session_message', msg: 'loud '.repeat(700_000) });
    const worlds = [...document.querySelectorAll('iframe')].map(
      ({ contentWindow }) => contentWindow as Window & typeof globalThis,
    );
    const sockets = worlds.map((world) => new world.WebSocket(address));
    await Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.addEventListener('open', resolve))),
    );
    const heard = sockets.map(
      (socket) => new Promise((resolve) => socket.addEventListener('message', resolve)),
    );
    for (const socket of sockets) socket.send(text);
    await Promise.all(heard);
  }, url);
}

async function gaps(panel: Panel): Promise<readonly string[]> {
  const { observations } = await exportTrace(panel);
  return observations.flatMap((each) => (each.kind === 'gap' ? [each.reason] : []));
}
