import { expect, test } from 'vitest';
import type { InspectedBrowser, Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { BROWSER, exportTrace, inspection, PANEL_TITLE, panelInspection } from './harness/inspection.ts';

/** What of workers the browser's DevTools do not tell. */
const UNSEEN = { chromium: 'running streams', firefox: 'sockets' } as const;

test('the status line says what cannot be seen, and the list of frames what to do about it', async () => {
  const { demo, browser } = await inspection();
  await browser.open(`${demo.url}?transports=ws`);
  await browser.inPage(async () => {
    // Nobody listens on this port: the browser shows its own page there, on which no extension may run.
    const closed = document.createElement('iframe');
    closed.src = 'http://127.0.0.1:1/';
    const open = document.createElement('iframe');
    open.src = '/early';
    document.body.append(closed, open);
    await new Promise((resolve) => open.addEventListener('load', resolve, { once: true }));
    const worker = new Worker('/page/reading.ts', { type: 'module' });
    (window as unknown as { worker: Worker }).worker = worker;
    for (const name of ['reading', 'standing', 'settings']) await (await fetch(`/page/${name}.ts`)).text();
  }, null);
  const panel = await browser.openDevTools(PANEL_TITLE);
  await statusSays(panel, `1 worker: ${UNSEEN[BROWSER]} and earlier requests out of sight`);
  await statusSays(panel, '1 frame without the hook');
  await statusSays(panel, '3 earlier fetches not looked at');

  await panel.click({ role: 'button', name: 'Frames' });
  const list = await panel.text({ role: 'dialog', name: 'Frames' });
  expect(list).toContain('1 frame without the hook: loaded before the extension, or closed to extensions.');
  expect(list).toMatch(/their requests( and sockets)? are taken from DevTools/);
  expect(list).toContain('A pattern in the settings has them captured.');
  await panel.press('Escape');
  expect(await panel.count({ role: 'dialog', name: 'Frames' })).toBe(0);

  // Nothing in the page says so to anybody.
  await browser.inPage(() => document.querySelector('iframe')?.remove(), null);
  await statusSays(panel, 'without the hook', false);
  await statusSays(panel, '3 earlier fetches not looked at');
});

test('a frame that is paused is not shown, is said to be, and comes whole when it goes on', async () => {
  const { demo, browser, panel } = await panelInspection();
  await browser.open(`${demo.url}?transports=ws`);
  await openSockets(browser);
  await messagesShown(panel, ['top 1', 'frame 1']);

  await panel.click({ role: 'button', name: 'Frames' });
  await panel.click({ css: '.frame:nth-child(2) input' });
  await panel.press('Escape');
  await statusSays(panel, '1 frame paused');
  expect(await panel.count({ role: 'button', name: 'Frames, 1 paused' })).toBe(1);

  await say(browser, 'frame', 2);
  await say(browser, 'top', 2);
  await messagesShown(panel, ['top 1', 'frame 1', 'top 2']);
  // Gone while it is paused: what it said is in the flight recorder.
  await browser.inPage(() => document.querySelector('iframe[data-chat]')?.remove(), null);
  await say(browser, 'top', 3);
  await messagesShown(panel, ['top 1', 'frame 1', 'top 2', 'top 3']);

  await panel.click({ role: 'button', name: 'Frames, 1 paused' });
  await panel.click({ css: '.frame:nth-child(2) input' });
  await messagesShown(panel, ['top 1', 'frame 1', 'top 2', 'top 3', 'frame 2']);
  const { observations } = await exportTrace(panel);
  expect(unbroken(observations)).toBe(true);
  expect(observations.filter(({ kind }) => kind === 'gap')).toEqual([]);
});

async function statusSays(panel: Panel, words: string, says = true): Promise<void> {
  await until(`the status line ${says ? '' : 'not '}to say "${words}"`, async () => {
    const text = await panel.text({ role: 'status' });
    if (text.includes(words) !== says) throw new Error(`it says "${text}"`);
    return true;
  });
}

/** A socket of the relay in the page and one in a frame of it, each with one message sent. */
async function openSockets(browser: InspectedBrowser): Promise<void> {
  await browser.inPage(async () => {
    const frame = document.createElement('iframe');
    frame.dataset.chat = 'yes';
    frame.src = location.href;
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const realms = { top: window, frame: frame.contentWindow as typeof window };
    const sockets: Record<string, WebSocket> = {};
    for (const [name, realm] of Object.entries(realms)) {
      const socket = new realm.WebSocket(`ws://${location.host}/rt?scenario=ordinary&chat=${name}`);
      await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
      sockets[name] = socket;
    }
    (window as unknown as { sockets: typeof sockets }).sockets = sockets;
  }, null);
  await say(browser, 'top', 1);
  await say(browser, 'frame', 1);
}

function say(browser: InspectedBrowser, who: 'top' | 'frame', number: number): Promise<void> {
  return browser.inPage(
    ({ name, msg }) => {
      const { sockets } = window as unknown as { sockets: Record<string, WebSocket> };
      sockets[name]?.send(JSON.stringify({ event: 'chat_session_message', msg, msg_id: '1' }));
    },
    { name: who, msg: `${who} ${number}` },
  );
}

async function messagesShown(panel: Panel, expected: readonly string[]): Promise<void> {
  let shown: string[] = [];
  await until('the messages', async () => {
    const { observations } = await exportTrace(panel);
    shown = observations.flatMap((each) =>
      each.kind === 'frame' && each.direction === 'out' ? [String(JSON.parse(each.payload.data).msg)] : [],
    );
    return shown.length >= expected.length;
  }).catch(() => undefined); // The comparison says it better.
  expect(shown).toEqual(expected);
}

/** Every observation of every document exactly once, in order. */
function unbroken(observations: readonly Observation[]): boolean {
  const next = new Map<string, number>();
  return observations.every(({ documentId, seq }) => {
    const fits = seq === (next.get(documentId) ?? 0);
    next.set(documentId, seq + 1);
    return fits;
  });
}
