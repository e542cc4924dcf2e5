/**
 * What the page pays: the same work in three browsers side by side, in interleaved rounds: without the extension, with
 * it and the panel closed, with it and the panel open. Times are the page's own clock, microseconds a message.
 */
import type { InspectedBrowser } from '../../scripts/browser/inspected-browser.ts';
import type { PageThread } from '../../scripts/browser/page-thread.ts';

/** A browser as the page's side needs it. */
export type PageRunner = Pick<InspectedBrowser, 'inPage'>;

/** What a round needs of a browser: to run work in its page, and that page's clock. */
export interface MeasuredPage extends PageRunner {
  readonly thread: PageThread;
}

export type Load = 'websocket' | 'send' | 'xhr' | 'fetch' | 'stream';
export const LOADS: readonly Load[] = ['websocket', 'send', 'xhr', 'fetch', 'stream'];

export interface RoundFigures {
  /** Microseconds a message, wall time. */
  readonly wall: number;
  /** Microseconds a message of CPU time on the page's main thread. */
  readonly thread: number;
  /** Longest task in the page, milliseconds; 0 where none was over 50 ms. */
  readonly longestTask: number;
}

interface LoadOrder {
  readonly load: Load;
  readonly messages: number;
  /** What is sent over a socket. */
  readonly text: string;
  readonly [key: string]: string | number;
}

/** One round of one load in one browser; the inspected tab shows a page of the demo's origin. */
export async function round(
  page: MeasuredPage,
  load: Load,
  messages: number,
  text: string = CHAT_TEXT,
): Promise<RoundFigures> {
  const before = await page.thread.time();
  const { elapsed, longestTask } = await work(page, { load, messages, text });
  const used = (await page.thread.time()) - before;
  return { wall: (elapsed * 1000) / messages, thread: used / messages, longestTask };
}

/** 250 bytes of chat. */
const CHAT_TEXT = JSON.stringify({ event: 'chat_session_message', msg: 'x'.repeat(200), msg_id: '1' });

function work(
  page: PageRunner,
  order: LoadOrder,
): Promise<{ readonly elapsed: number; readonly longestTask: number }> {
  return page.inPage(async ({ load, messages, text }: LoadOrder) => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    });
    observer.observe({ type: 'longtask' });
    const socketAddress = (query: string) => `${location.origin.replace('http', 'ws')}/rt?${query}`;
    const floodSocket = () =>
      new Promise<number>((resolve, reject) => {
        const socket = new WebSocket(socketAddress(`flood=${messages}&size=300`));
        let start = 0;
        let got = 0;
        socket.onopen = () => {
          start = performance.now();
        };
        socket.onmessage = () => {
          if (++got === messages) resolve(performance.now() - start);
        };
        socket.onerror = () => reject(new Error('The socket failed.'));
      });
    const floodStream = () =>
      new Promise<number>((resolve, reject) => {
        const stream = new EventSource(`/stream?flood=${messages}&size=300`);
        let start = 0;
        let got = 0;
        stream.onopen = () => {
          start = performance.now();
        };
        stream.onmessage = () => {
          if (++got < messages) return;
          stream.close();
          resolve(performance.now() - start);
        };
        stream.onerror = () => reject(new Error('The stream failed.'));
      });
    const sendMany = () =>
      new Promise<number>((resolve, reject) => {
        const socket = new WebSocket(socketAddress('flood=2&rate=1'));
        socket.onopen = () => {
          const start = performance.now();
          for (let n = 0; n < messages; n++) socket.send(text);
          resolve(performance.now() - start);
          socket.close();
        };
        socket.onerror = () => reject(new Error('The socket failed.'));
      });
    const address = (n: number) => `/relay/poll?flood=${messages}&from=${n}&batch=1`;
    const poll = (n: number) =>
      new Promise<void>((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('GET', address(n));
        request.onload = () => resolve();
        request.onerror = () => reject(new Error('A poll failed.'));
        request.send();
      });
    const polls = async () => {
      const start = performance.now();
      for (let n = 0; n < messages; n++) await poll(n);
      return performance.now() - start;
    };
    const fetches = async () => {
      const start = performance.now();
      for (let n = 0; n < messages; n++) await (await fetch(address(n))).text();
      return performance.now() - start;
    };
    const work = {
      websocket: floodSocket,
      stream: floodStream,
      send: sendMany,
      xhr: polls,
      fetch: fetches,
    }[load];
    const elapsed = await work();
    observer.disconnect();
    return { elapsed, longestTask: longest };
  }, order);
}

export interface Spread {
  readonly median: number;
  /** The distribution-free 95 % interval of the median. */
  readonly low: number;
  readonly high: number;
}

/** Median with its interval by order statistics. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const at = (index: number) => sorted[Math.max(0, Math.min(n - 1, index))] ?? Number.NaN;
  const half = 0.98 * Math.sqrt(n);
  return { median: at(n >> 1), low: at(Math.floor(n / 2 - half)), high: at(Math.ceil(n / 2 + half)) };
}
