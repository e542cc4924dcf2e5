/** How the relay meets its hook: see `capture/greeting.ts`. Both speak synchronously: no task, no copy, no port. */
import { HELLO, OFFER, parseQuestion, type Question } from '../messaging/private-port.ts';

export interface Hook {
  command(command: string): void;
}

/**
 * @param said is given what the hook says, while the hook says it
 * @param fits answers what the hook asks, before it goes on
 */
export function meetHook(
  page: Document,
  said: (text: unknown) => void,
  fits: (question: Question) => boolean,
): Hook {
  const name = crypto.getRandomValues(new Uint32Array(4)).join('-');
  page.fonts.addEventListener(name, (event) => {
    if (!(event instanceof MessageEvent)) return;
    const question = event.cancelable ? parseQuestion(event.data) : null;
    if (!question) said(event.data);
    else if (fits(question)) event.preventDefault();
  });

  // A hook from before the extension was reloaded (Firefox) takes the offer now; a new one says hello first.
  let met = say(name);
  if (!met) {
    const onHello = (event: Event): void => {
      event.stopImmediatePropagation();
      met = say(name);
    };
    page.fonts.addEventListener(HELLO, onHello, { capture: true, once: true });
  }
  return {
    // Where no hook takes it, nobody else is to hear the name.
    command: (command) => {
      if (met) say(`${name} ${command}`);
    },
  };

  /** True if a hook took it. */
  function say(data: string): boolean {
    return !page.fonts.dispatchEvent(new MessageEvent(OFFER, { cancelable: true, data }));
  }
}
