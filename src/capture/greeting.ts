/**
 * How the hook meets its relay: synchronously on `document.fonts`, before the page's first script, so that nobody
 * else can be handed the port. An event there stays unseen by the page unless it had the window before us.
 */
import { HELLO, OFFER } from '../messaging/private-port.ts';
import { bare, dispatch, getter, listen, messageData, setter, uncurry } from './natives.ts';

/** What a relay gave: a port, and the name of the event by which it hears the document's last words. */
export interface Offer {
  readonly port: MessagePort;
  readonly lastWords: string;
}

const NativeEvent = Event;
const stop = uncurry(Event.prototype.stopImmediatePropagation);
const preventDefault = uncurry(Event.prototype.preventDefault);
const portsOf = getter(MessageEvent.prototype, 'ports');
const setOnMessage = setter(MessagePort.prototype, 'onmessage');
const fontsOf = getter(Document.prototype, 'fonts');

/**
 * Greets the relay of the current document and takes every offer, now and after an add-on's reload.
 * False if another copy of the hook is at work in this realm: it has been told of the new document instead.
 */
export function greet(window: Window, accept: (offer: Offer) => void, newDocument: () => void): boolean {
  const probe = () => new NativeEvent(OFFER, bare({ cancelable: true }));
  if (!dispatch(window, probe()) || !dispatch(fontsOf(window.document), probe())) return false;

  let greeted: EventTarget | null = null;
  // A frame's Window outlives its first, empty document: the second run of this script finds us here.
  listen(
    window,
    OFFER,
    (event) => {
      stop(event);
      preventDefault(event);
      if (fontsOf(window.document) === greeted) return;
      newDocument();
      sayHello();
    },
    true,
  );
  sayHello();
  return true;

  function sayHello(): void {
    const fonts = fontsOf(window.document);
    greeted = fonts;
    listen(fonts, OFFER, onOffer, true);
    dispatch(fonts, new NativeEvent(HELLO));
  }

  function onOffer(event: Event): void {
    stop(event);
    preventDefault(event);
    let port: MessagePort | undefined;
    try {
      port = portsOf(event)[0];
    } catch {
      // A copy of the hook that asks who is here.
    }
    if (port) accept({ port, lastWords: `${messageData(event)}` });
  }
}

/** Listens to commands: only strings are taken. */
export function onCommand(port: MessagePort, run: (command: string) => void): void {
  setOnMessage(port, (event: MessageEvent) => {
    const command: unknown = messageData(event);
    if (typeof command === 'string') run(command);
  });
}
