/**
 * The relay: runs in the extension's own world of every frame, before the hook. A forwarder between the hook and
 * the extension, which remembers nothing but how far the extension got, and connects only when there is something
 * to say. What comes from the page is data, never trusted.
 */

import { parseBatch } from '../messaging/batch.ts';
import type { SurroundingsMessage, TabMessage, TopDocument } from '../messaging/contracts.ts';
import { encodeCommand } from '../messaging/private-port.ts';
import { Connection } from './connection.ts';
import { runtime } from './extension.ts';
import { meetHook } from './meeting.ts';
import { Prerendering } from './prerendering.ts';
import { type Seen, Surroundings } from './surroundings.ts';
import { seenApart } from './witness.ts';

const connection = new Connection((command) => hook.command(encodeCommand(command)));

const hook = meetHook(
  document,
  (said) => {
    const batch = parseBatch(said);
    if (batch) connection.send(batch);
  },
  (question) => connection.answer(question),
);

// Where the background has not been there yet, or is gone, the settings come as before: with a panel or a connection.
connection.learn().catch(() => {});

const surroundings = new Surroundings(say);

function say(seen: Seen): void {
  const message: SurroundingsMessage = {
    type: 'surroundings',
    documentId: `${performance.timeOrigin}`,
    url: location.href,
    children: window.length,
    ...seen,
  };
  // Without an id the extension was reloaded, and nobody listens.
  if (runtime.id) runtime.sendMessage(message).catch(() => {});
}

const prerendering = new Prerendering(document, (asked) => {
  // Its frame has another number from now on.
  connection.renew(true);
  if (asked) say({ round: 0, workers: 0, fetches: 0, newFrame: true });
});

runtime.onMessage.addListener(
  (message: TabMessage, _sender, answer: (known: TopDocument | number) => void) => {
    if (message.type === 'seen') {
      const since = seenApart(message);
      if (since !== null) answer(since);
      return;
    }
    connection.told(message);
    if (message.type === 'forget' || !prerendering.answers()) return;
    if (message.type === 'panel-opened') surroundings.watch(message.round);
    else if (message.type === 'panel-closed') surroundings.rest();
    // Of a tab's frames only the top one knows what the tab shows.
    if (window.top === window) {
      const { documentId, shown } = connection;
      answer({ id: `${performance.timeOrigin}`, url: location.href, documentId, shown });
    }
  },
);

// Chrome cuts the port of a page in the back/forward cache and says so to nobody here.
window.addEventListener('pageshow', (event) => {
  if (event.isTrusted && event.persisted) connection.renew(false);
});
