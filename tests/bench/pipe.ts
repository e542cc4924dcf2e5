/**
 * What the way from page to panel carries: a full ring asked for again and again, against bare ports with the same
 * hops and the same number of 300-byte events. In both a receiver that only counts stands in the panel's place.
 */
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import type { PageRunner } from './page.ts';

/** Events of one round: what the ring holds. */
export const ROUND_EVENTS = 5_000;
const EVENT_BYTES = 300;
/** As many as the extension's own batches have at most. */
const BATCH_EVENTS = 500;

/** Sends so many frames over a socket of the demo's that the document's ring is full. */
export function fillRing(browser: PageRunner): Promise<void> {
  return browser.inPage(
    async ({ events, bytes }: { events: number; bytes: number }) => {
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/rt?flood=2&rate=1&size=300`);
      await new Promise((resolve, reject) => {
        socket.onopen = resolve;
        socket.onerror = () => reject(new Error('The socket failed.'));
      });
      const head = '{"event":"chat_session_message","msg_id":"1","msg":"';
      for (let n = 0; n < events; n++)
        socket.send(`${head}${`${n} `.padEnd(bytes - head.length - 2, 'x')}"}`);
    },
    { events: ROUND_EVENTS, bytes: EVENT_BYTES },
  );
}

/**
 * Milliseconds of each round through the extension: from the panel's `resume` until it has the whole ring.
 * @param panel a page of the extension that is not itself a panel of the tab
 */
export function throughExtension(panel: Panel, rounds: number): Promise<readonly number[]> {
  return panel.evaluate(
    async ({ rounds, events }: { rounds: number; events: number }) => {
      const tabs = await chrome.tabs.query({});
      const tabId = Math.min(...tabs.map(({ id }) => id ?? Number.POSITIVE_INFINITY));
      const port = chrome.runtime.connect({ name: 'panel' });
      const times: number[] = [];
      await new Promise<void>((resolve) => {
        let documentId = '';
        let start = 0;
        let from = 0;
        let next = 0;
        let warm = false;
        const ask = () => {
          start = performance.now();
          port.postMessage({ type: 'resume', documentId, from });
        };
        port.onMessage.addListener((message) => {
          if (message.type === 'document') {
            documentId = message.documentId;
            ask();
          }
          if (message.type !== 'batch') return;
          next = JSON.parse(message.text).at(-1).seq + 1;
          port.postMessage({ type: 'acknowledge', documentId, next });
          if (next < message.total) return;
          if (warm) times.push(performance.now() - start);
          warm = true;
          from = next - events;
          if (times.length < rounds) ask();
          else resolve();
        });
        port.postMessage({ type: 'subscribe', tabId, have: {} });
      });
      port.disconnect();
      return times;
    },
    { rounds, events: ROUND_EVENTS },
  );
}

/** Milliseconds of each round through bare ports: page, content script, worker, extension page. */
export function throughBarePorts(panel: Panel, rounds: number): Promise<readonly number[]> {
  return panel.evaluate(
    async (order: { rounds: number; events: number; batch: number; size: number }) => {
      const port = chrome.runtime.connect({ name: 'panel' });
      const times: number[] = [];
      await new Promise<void>((resolve) => {
        let start = 0;
        let got = 0;
        let warm = false;
        const ask = () => {
          got = 0;
          start = performance.now();
          port.postMessage(order);
        };
        port.onMessage.addListener((texts: readonly string[]) => {
          got += texts.length;
          if (got < order.events) return;
          if (warm) times.push(performance.now() - start);
          warm = true;
          if (times.length < order.rounds) ask();
          else resolve();
        });
        ask();
      });
      port.disconnect();
      return times;
    },
    { rounds, events: ROUND_EVENTS, batch: BATCH_EVENTS, size: EVENT_BYTES },
  );
}
