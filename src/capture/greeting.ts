/**
 * How the hook meets its relay: synchronously on `document.fonts`, before the page's first script, so that nobody
 * else can learn its name. An event there stays unseen by the page unless it had the window before us.
 */
import { HELLO, OFFER } from '../messaging/private-port.ts';
import { bare, dispatch, getter, indexOf, listen, messageData, slice, uncurry } from './natives.ts';

export const fontsOf = getter(Document.prototype, 'fonts');
const NativeEvent = Event;
const stop = uncurry(Event.prototype.stopImmediatePropagation);
const preventDefault = uncurry(Event.prototype.preventDefault);

/**
 * Greets the relay of the current document and takes every offer, now and after an add-on's reload.
 * @param accept a relay listens to the event of that name; `first` if it does so before the page's first script
 * @param obey the relay of that name commands
 * @param newDocument the window shows another document
 * @returns false if another copy of the hook is at work in this realm: it has been told of the new document instead.
 */
export function greet(
  window: Window,
  accept: (name: string, first: boolean) => void,
  obey: (name: string, command: string) => void,
  newDocument: () => void,
): boolean {
  const probe = () => new NativeEvent(OFFER, bare({ cancelable: true }));
  if (!dispatch(window, probe()) || !dispatch(fontsOf(window.document), probe())) return false;

  let greeted: EventTarget | null = null;
  let greeting = false;
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
    greeting = true;
    dispatch(fonts, new NativeEvent(HELLO));
    greeting = false;
  }

  function onOffer(event: Event): void {
    stop(event);
    preventDefault(event);
    let said: unknown;
    try {
      said = messageData(event);
    } catch {
      // A copy of the hook that asks who is here.
    }
    if (typeof said !== 'string') return;
    const space = indexOf(said, ' ');
    if (space < 0) accept(said, greeting);
    else obey(slice(said, 0, space), slice(said, space + 1));
  }
}
