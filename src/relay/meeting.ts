/** How the relay meets its hook: see `capture/greeting.ts`. The port is made here, so the page never holds our end. */
import { HELLO, OFFER } from '../messaging/private-port.ts';

export interface Hook {
  command(command: string): void;
}

interface Heard {
  batch(data: unknown): void;
  /** What the hook says synchronously while its document goes away. */
  lastWords(text: string): void;
}

export function meetHook(page: Document, heard: Heard): Hook {
  const { port1, port2 } = new MessageChannel();
  const lastWords = crypto.getRandomValues(new Uint32Array(4)).join('-');
  port1.onmessage = ({ data }) => heard.batch(data);
  page.fonts.addEventListener(lastWords, (event) => {
    if (event instanceof MessageEvent && typeof event.data === 'string') heard.lastWords(event.data);
  });

  // A hook from before the extension was reloaded (Firefox) takes the offer now; a new one says hello first.
  if (!offer()) {
    const onHello = (event: Event): void => {
      event.stopImmediatePropagation();
      offer();
    };
    page.fonts.addEventListener(HELLO, onHello, { capture: true, once: true });
  }
  return { command: (command) => port1.postMessage(command) };

  /** True if a hook took it. An event whose port nobody read leaves the port with us. */
  function offer(): boolean {
    return !page.fonts.dispatchEvent(
      new MessageEvent(OFFER, { cancelable: true, ports: [port2], data: lastWords }),
    );
  }
}
