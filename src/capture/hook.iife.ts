/**
 * The hook: runs in the page's world before its first script, in every frame. Installs the taps, keeps what they
 * see in a ring, and hands it to the relays that have offered a port. It only watches.
 */
import { tapBeacon } from './beacon.ts';
import { chatTest } from './chat-test.ts';
import { addDocument, watchDocument } from './document-life.ts';
import { tapEventSource } from './event-source.ts';
import { tapFetch } from './fetch.ts';
import { createOutlet, type Outlet } from './outlet.ts';
import { watchErrors } from './page-error.ts';
import { createRecorder } from './recorder.ts';
import { Ring } from './ring.ts';
import { tapCancelling } from './stream.ts';
import { tapWebSocket } from './websocket.ts';
import { tapXhr } from './xhr.ts';

const ring = new Ring();
const chat = chatTest((question) => outlet.ask(question));
let listenAgain = (): void => {};
const outlet: Outlet = createOutlet(window, ring, chat, () => listenAgain());

if (outlet.greeted) {
  const recorder = createRecorder(ring, (first) => addDocument(window, first, 'start'), outlet.wake);
  // Each by itself: what one browser does not have must not cost the others.
  for (const tap of [tapWebSocket, tapFetch, tapXhr, tapEventSource, tapBeacon, tapCancelling]) {
    try {
      tap(window, chat, recorder);
    } catch {
      // The page keeps its natives.
    }
  }
  const listenToErrors = watchErrors(window, recorder);
  const listenToLife = watchDocument(window, recorder, outlet, () => ring.next === 0);
  listenAgain = () => {
    listenToErrors();
    listenToLife();
  };
}
