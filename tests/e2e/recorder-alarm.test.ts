import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import type { SessionStorage } from '../../src/background/flight-recorder.ts';
import { IDLE_ALARM } from '../../src/background/idle-alarm.ts';
import { sealed } from '../../src/background/sealed-storage.ts';
import { CAPS } from '../../src/observation/caps.ts';
import { BROWSER, inspection } from './harness/inspection.ts';
import { relayChat } from './harness/relay-chat.ts';

const IDLE = CAPS.recorderIdleMinutes * 60_000;

test('an alarm wakes the background to forget what lay for half an hour', async () => {
  const { demo, browser } = await inspection();
  const chat = await relayChat(browser, demo.url);
  await chat.say({ event: 'chat_session_message', msg: 'long ago', msg_id: '1' });
  const page = await browser.openPanelPage();
  await until('it to be recorded', async () => (await recordedBatches(page)) > 0);
  await browser.open('about:blank');
  const storage = await recorderStorage(page);
  await until('the document to be gone', async () => (await documents(storage)).every(({ gone }) => gone));
  const [document] = await documents(storage);
  // What came later does not put it off: it is set anew when it finds nothing to do.
  const set = await until('the alarm', () => alarm(page));
  expect(set).toBeLessThanOrEqual((document?.at ?? 0) + IDLE);

  // Half an hour goes by: what is stored says that it is older, and the alarm rings.
  const older = (await documents(storage)).map((each) => ({ ...each, at: each.at - IDLE }));
  await storage.set({ documents: older });
  await browser.killBackground();
  await inExtension(page, `api.alarms.create('${IDLE_ALARM}', { when: Date.now() })`);
  await until('nothing to be recorded', async () => (await recordedBatches(page)) === 0);
  // Its entry goes after the bytes that it is of.
  await until('no document to be kept', async () => (await documents(storage)).length === 0);
  await until('no alarm to be left', async () => (await alarm(page)) === null);
});

interface Recorded {
  readonly at: number;
  readonly gone: boolean;
}

async function documents(storage: SessionStorage): Promise<Recorded[]> {
  const { documents } = await storage.get(['documents']);
  // As the recorder writes them.
  return Array.isArray(documents) ? (documents as Recorded[]) : [];
}

/** What the flight recorder keeps, read and written from a page of the extension. */
async function recorderStorage(page: Panel): Promise<SessionStorage> {
  const plain: SessionStorage = {
    get: async (keys) =>
      // A storage gives an object.
      (await inExtension(page, `api.storage.session.get(${JSON.stringify(keys)})`)) as Record<
        string,
        unknown
      >,
    set: async (items) => {
      await inExtension(page, `api.storage.session.set(${JSON.stringify(items)})`);
    },
    remove: async () => {},
  };
  if (BROWSER === 'firefox') return plain;
  const bytes = await inExtension(page, `(await api.storage.local.get('recorder-key'))['recorder-key']`);
  if (!Array.isArray(bytes)) throw new Error('There is no key of the recorder.');
  return sealed(
    plain,
    crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, ['encrypt', 'decrypt']),
  );
}

async function recordedBatches(page: Panel): Promise<number> {
  const keys = await inExtension(page, 'Object.keys(await api.storage.session.get(null))');
  return Array.isArray(keys) ? keys.filter((key) => String(key).startsWith('batch/')).length : 0;
}

function alarm(page: Panel): Promise<unknown> {
  return inExtension(page, `(await api.alarms.get('${IDLE_ALARM}'))?.scheduledTime ?? null`);
}

function inExtension(page: Panel, expression: string): Promise<unknown> {
  return page.run(`const api = globalThis.browser ?? globalThis.chrome; return await (${expression});`);
}
