import type { InspectedBrowser } from '../../../scripts/browser/inspected-browser.ts';

/**
 * A chat over the demo's relay that a test holds in its own hand: the page is a plain one of the demo's origin with a
 * WebSocket, and says something only when it is told to.
 */
export interface RelayChat {
  /** Sends one client event over the socket. */
  say(event: Readonly<Record<string, string>>): Promise<void>;
}

/** Opens a page of the demo's origin without a chat of its own, and a socket of the relay in it. */
export async function relayChat(browser: InspectedBrowser, url: string): Promise<RelayChat> {
  await browser.open(`${url}?transports=ws`);
  await browser.inPage(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = new WebSocket(`ws://${location.host}/rt?scenario=ordinary`);
        socket.addEventListener('open', () => resolve());
        socket.addEventListener('error', () => reject(new Error('The relay refused the socket.')));
        (window as unknown as { relay: WebSocket }).relay = socket;
      }),
    null,
  );
  return {
    say: (event) =>
      browser.inPage((text) => {
        (window as unknown as { relay: WebSocket }).relay.send(text);
      }, JSON.stringify(event)),
  };
}
