/** Where observations leave the page: the relays that offered a port, each with its own place in the ring. */
import type { Batch, Pace } from '../messaging/private-port.ts';
import { CAPS } from '../observation/caps.ts';
import type { DocumentId } from '../observation/observation.ts';
import type { ChatTest } from './chat-test.ts';
import { greet, type Offer, onCommand } from './greeting.ts';
import { limitIn, limits } from './limits.ts';
import { Link } from './link.ts';
import {
  bare,
  dispatch,
  getter,
  indexOf,
  privateList,
  randomValues,
  slice,
  stringify,
  uncurry,
} from './natives.ts';
import type { Ring } from './ring.ts';

/** The first relay and the newest ones: a page that offers ports of its own neither locks ours out nor costs much. */
const MAX_LINKS = 4;

export interface Outlet {
  /** False if another copy of the hook serves this realm: then nothing may be tapped. */
  readonly greeted: boolean;
  /** Something was added to the ring. */
  wake(): void;
  /** The document is going away: posts what may not have arrived, and from now on everything at once. */
  lastWords(): void;
  /** The document came back from the back/forward cache. */
  returned(): void;
}

/** @param posting called before each posting, which is rare enough for housekeeping. */
export function createOutlet(window: Window, ring: Ring, chat: ChatTest, posting: () => void): Outlet {
  const links: Link[] = privateList();
  const source: { ring: Ring; documentId: DocumentId } = { ring, documentId: newDocumentId() };
  let leaving = false;
  const greeted = greet(window, accept, () => {
    lastWords();
    leaving = false;
    ring.clear();
    source.documentId = newDocumentId();
    links.length = 0;
  });
  return {
    greeted,
    wake: () => {
      if (leaving) lastWords();
      else for (let i = 0; i < links.length; i++) links[i]?.wake();
    },
    lastWords,
    returned: () => {
      leaving = false;
    },
  };

  function lastWords(): void {
    leaving = true;
    for (let i = 0; i < links.length; i++) links[i]?.farewell();
  }

  function accept(offer: Offer): void {
    const link = new Link(source, post(offer), postSynchronously(offer));
    if (links.length === MAX_LINKS) for (let i = 1; i < MAX_LINKS - 1; i++) links[i] = links[i + 1] ?? link;
    links[links.length === MAX_LINKS ? MAX_LINKS - 1 : links.length] = link;
    onCommand(offer.port, (command) => obey(command, link));
    if (ring.next > 0) link.wake();
  }

  function post({ port }: Offer) {
    return (batch: Batch) => {
      posting();
      postMessage(port, batch);
    };
  }

  function postSynchronously({ lastWords: name }: Offer) {
    return (batch: Batch) => {
      const fonts = fontsOf(window.document);
      dispatch(fonts, new NativeMessageEvent(name, bare({ data: stringify(stripped(batch)) })));
    };
  }

  function obey(command: string, link: Link): void {
    const value = slice(command, 1);
    switch (command[0]) {
      case 'p':
        if (value === 'live' || value === 'lazy' || value === 'quiet') link.pace(value satisfies Pace);
        break;
      case 'a':
        link.acknowledge(+value);
        break;
      case 'r':
        link.resume(+value);
        break;
      case 's': {
        const half = indexOf(value, '\n\n');
        if (half >= 0) chat.configure(lines(slice(value, 0, half)), lines(slice(value, half + 2)));
        break;
      }
      case 'c': {
        const given = lines(value);
        limits.body = limitIn(given[0], limits.body);
        limits.recorderTabBytes = limitIn(given[3], limits.recorderTabBytes);
        ring.resize(limitIn(given[1], CAPS.ringObservations), limitIn(given[2], CAPS.ringBytes));
      }
    }
  }
}

const NativeMessageEvent = MessageEvent;
const fontsOf = getter(Document.prototype, 'fonts');
// With one argument only: an object of options would be read through `Object.prototype`.
const postMessage: (port: MessagePort, message: unknown) => void = uncurry(MessagePort.prototype.postMessage);
const numberToString: (value: number, radix: number) => string = uncurry(Number.prototype.toString);
const { ownKeys: keysOf, get: read } = Reflect;

function newDocumentId(): DocumentId {
  const bytes = new Uint8Array(16);
  randomValues(bytes);
  let id = '';
  for (let i = 0; i < bytes.length; i++) id += slice(numberToString(256 + (bytes[i] ?? 0), 16), 1);
  return id;
}

function lines(text: string): string[] {
  const list: string[] = privateList();
  let from = 0;
  while (from < text.length) {
    const end = indexOf(text, '\n', from);
    const stop = end < 0 ? text.length : end;
    if (stop > from) list[list.length] = slice(text, from, stop);
    from = stop + 1;
  }
  return list;
}

/** Without prototypes, so that writing JSON finds no `toJSON` of the page's. */
function stripped(value: object): object {
  bare(value);
  for (let keys = keysOf(value), i = 0; i < keys.length; i++) {
    const inner: unknown = read(value, keys[i] ?? '');
    if (typeof inner === 'object' && inner !== null) stripped(inner);
  }
  return value;
}
