import type { InspectedBrowser } from '../../../scripts/browser/inspected-browser.ts';

/** How a flood is divided: so many messages over each of the four transports, at this many a second. */
export interface Flood {
  readonly perTransport: number;
  readonly rate: number;
  /** Tells its connections from those of other floods in one log. */
  readonly name?: string;
  /** Where it is read: a frame of the page's own origin is made for it, and removed the moment the last message came. */
  readonly place?: 'page' | 'passing frame';
}

/**
 * Has the page take a flood over WebSocket, server-sent events, fetch and XHR at once. Resolves when the page has read
 * all of it, with how many messages that were. A passing frame says a last word when it is removed: a beacon.
 */
export function floodPage(browser: InspectedBrowser, flood: Flood): Promise<number> {
  return browser.inPage(
    async ({ perTransport, rate, name, place }) => {
      const frame = place === 'page' ? null : document.createElement('iframe');
      if (frame) {
        frame.srcdoc = '<!doctype html><title>Passing</title>';
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
        document.body.append(frame);
        await loaded;
      }
      const realm = (frame?.contentWindow ?? window) as typeof window;
      const { host, origin } = location;
      const query = `flood=${perTransport}&rate=${rate}&name=${name}`;
      const batch = 100;
      let heard = 0;
      // The relay's paths say nothing of chat: this request's body shows the hook that this origin is one.
      await realm.fetch(`${origin}/relay/send?chat=flood`, {
        method: 'POST',
        body: JSON.stringify({ event: 'chat_session_typing', name }),
      });
      const overSocket = new Promise<void>((resolve) => {
        const socket = new realm.WebSocket(`ws://${host}/rt?${query}`);
        socket.onmessage = () => {
          heard += 1;
        };
        socket.onclose = () => resolve();
      });
      const overStream = new Promise<void>((resolve) => {
        const stream = new realm.EventSource(`${origin}/stream?${query}`);
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
      const address = (from: number) => `${origin}/relay/poll?${query}&from=${from}&batch=${batch}`;
      const overFetch = async () => {
        for (let from = 0; from < perTransport; from += batch) {
          const answer = await realm.fetch(address(from));
          const { events } = (await answer.json()) as { events: unknown[] };
          heard += events.length;
          await pause();
        }
      };
      const overXhr = async () => {
        for (let from = 0; from < perTransport; from += batch) {
          await new Promise<void>((resolve) => {
            const request = new realm.XMLHttpRequest();
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
      if (frame) {
        const last = JSON.stringify({ event: 'chat_session_message', msg: `left ${name}` });
        realm.addEventListener('pagehide', () =>
          realm.navigator.sendBeacon(`${origin}/relay/send?by=beacon&name=${name}`, last),
        );
        frame.remove();
      }
      return heard;
    },
    {
      perTransport: flood.perTransport,
      rate: flood.rate,
      name: flood.name ?? 'flood',
      place: flood.place ?? 'page',
    },
  );
}

/**
 * Shows a frame of another origin that reads a flood over a socket of its own, and removes it the moment it says that
 * the last message came. Resolves then.
 */
export function floodForeignFrame(browser: InspectedBrowser, address: string): Promise<void> {
  return browser.inPage(
    (src) =>
      new Promise<void>((resolve) => {
        const frame = document.createElement('iframe');
        const onMessage = ({ source }: MessageEvent) => {
          if (source !== frame.contentWindow) return;
          removeEventListener('message', onMessage);
          frame.remove();
          resolve();
        };
        addEventListener('message', onMessage);
        frame.src = src;
        document.body.append(frame);
      }),
    address,
  );
}

/**
 * Puts a frame into the page that stays and says nothing. Firefox ends a process with the last document of its site, and
 * cuts off its scripts where they stand, the page's own too: with it the last words of a frame that is alone.
 */
export function standingFrame(browser: InspectedBrowser, address: string): Promise<void> {
  return browser.inPage(
    (src) =>
      new Promise<void>((resolve) => {
        const frame = document.createElement('iframe');
        frame.addEventListener('load', () => resolve(), { once: true });
        frame.src = src;
        document.body.append(frame);
      }),
    address,
  );
}
