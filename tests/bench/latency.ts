/**
 * From the wire to a painted row: messages over a socket at a steady rate, the real panel in the real DevTools. A
 * message is on the wire when its event is made in the page; its row is painted when the first task after a frame
 * finds it in the timeline.
 */
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import type { PageRunner } from './page.ts';

/** Milliseconds of each message, from a flood of `messages` at `rate` a second. */
export async function wireToRow(
  page: PageRunner,
  panel: Panel,
  messages: number,
  rate: number,
): Promise<readonly number[]> {
  const painted = panel.evaluate(async (last: number) => {
    const times: number[] = [];
    const channel = new MessageChannel();
    await new Promise<void>((resolve) => {
      channel.port1.onmessage = () => {
        const now = performance.timeOrigin + performance.now();
        const rows = document.querySelectorAll('[role="row"][data-seq]');
        const text = rows[rows.length - 1]?.textContent ?? '';
        const newest = Number(/Message (\d+) x/.exec(text)?.[1] ?? -1);
        while (times.length <= newest) times.push(now);
        if (times.length > last) resolve();
        else requestAnimationFrame(frame);
      };
      const frame = () => channel.port2.postMessage(0);
      requestAnimationFrame(frame);
    });
    return times;
  }, messages - 1);
  const sent = await page.inPage(
    ({ messages, rate }: { messages: number; rate: number }) =>
      new Promise<number[]>((resolve, reject) => {
        const times: number[] = [];
        const address = `${location.origin.replace('http', 'ws')}/rt?flood=${messages}&size=300&rate=${rate}`;
        const socket = new WebSocket(address);
        socket.onmessage = ({ timeStamp }) => {
          times.push(performance.timeOrigin + timeStamp);
          if (times.length === messages) resolve(times);
        };
        socket.onerror = () => reject(new Error('The socket failed.'));
      }),
    { messages, rate },
  );
  const seen = await painted;
  return sent.map((time, n) => (seen[n] ?? Number.POSITIVE_INFINITY) - time);
}
