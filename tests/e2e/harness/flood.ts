import type { InspectedBrowser } from '../../../scripts/browser/inspected-browser.ts';

/** How a flood is divided: so many messages over each of the four transports, at this many a second. */
export interface Flood {
  readonly perTransport: number;
  readonly rate: number;
}

/**
 * Has the page take a flood over WebSocket, server-sent events, fetch and XHR at once. Resolves when the page has read
 * all of it, with how many messages that were.
 */
export function floodPage(browser: InspectedBrowser, flood: Flood): Promise<number> {
  return browser.inPage(
    async ({ perTransport, rate }) => {
      const query = `flood=${perTransport}&rate=${rate}`;
      const batch = 100;
      let heard = 0;
      // The relay's paths say nothing of chat: this request's body shows the hook that this origin is one.
      await fetch('/relay/send?chat=flood', {
        method: 'POST',
        body: JSON.stringify({ event: 'chat_session_typing' }),
      });
      const overSocket = new Promise<void>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/rt?${query}`);
        socket.onmessage = () => {
          heard += 1;
        };
        socket.onclose = () => resolve();
      });
      const overStream = new Promise<void>((resolve) => {
        const stream = new EventSource(`/stream?${query}`);
        let here = 0;
        stream.onmessage = () => {
          heard += 1;
          here += 1;
          if (here < perTransport) return;
          stream.close();
          resolve();
        };
      });
      const pause = () => new Promise((resolve) => setTimeout(resolve, (batch * 1000) / rate));
      const address = (from: number) => `/relay/poll?${query}&from=${from}&batch=${batch}`;
      const overFetch = async () => {
        for (let from = 0; from < perTransport; from += batch) {
          const answer = await fetch(address(from));
          const { events } = (await answer.json()) as { events: unknown[] };
          heard += events.length;
          await pause();
        }
      };
      const overXhr = async () => {
        for (let from = 0; from < perTransport; from += batch) {
          await new Promise<void>((resolve) => {
            const request = new XMLHttpRequest();
            request.open('GET', `${address(from)}&by=xhr`);
            request.onload = () => {
              heard += (JSON.parse(request.responseText) as { events: unknown[] }).events.length;
              resolve();
            };
            request.send();
          });
          await pause();
        }
      };
      await Promise.all([overSocket, overStream, overFetch(), overXhr()]);
      return heard;
    },
    { perTransport: flood.perTransport, rate: flood.rate },
  );
}
