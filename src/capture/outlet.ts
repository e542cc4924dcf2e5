/** Where observations leave the page: the relays that offered to listen, each with its own place in the ring. */
import type { Pace } from '../messaging/private-port.ts';
import type { DocumentId } from '../observation/observation.ts';
import { PAGE_CAPS } from '../observation/page-caps.ts';
import type { ChatTest } from './chat-test.ts';
import { fontsOf, greet } from './greeting.ts';
import { limitIn, limits } from './limits.ts';
import { Link } from './link.ts';
import { bare, dispatch, indexOf, privateList, randomValues, slice, uncurry } from './natives.ts';
import type { Ring } from './ring.ts';

/** The first relay and the newest ones: a page that offers to listen itself neither locks ours out nor costs much. */
const MAX_LINKS = 4;

export interface Outlet {
  /** False if another copy of the hook serves this realm: then nothing may be tapped. */
  readonly greeted: boolean;
  /** Something was added to the ring; see `Link.wake`. */
  wake(patient: boolean): void;
  /** The document is going away: posts what may not have arrived, and from now on everything at once. */
  lastWords(): void;
  /** The document came back from the back/forward cache. */
  returned(): void;
}

/** @param housekeeping called before each posting, which is rare enough for it. */
export function createOutlet(window: Window, ring: Ring, chat: ChatTest, housekeeping: () => void): Outlet {
  const links: Link[] = privateList();
  const source: { ring: Ring; documentId: DocumentId } = { ring, documentId: newDocumentId() };
  let leaving = false;
  let posting = false;
  const greeted = greet(
    window,
    accept,
    (name, command) => {
      for (let i = 0; i < links.length; i++) {
        const link = links[i];
        // The relay never commands while it listens.
        if (link?.name === name && !posting) obey(command, link);
      }
    },
    () => {
      lastWords();
      leaving = false;
      ring.clear();
      source.documentId = newDocumentId();
      links.length = 0;
    },
  );
  return {
    greeted,
    wake: (patient) => {
      if (leaving) lastWords();
      else for (let i = 0; i < links.length; i++) links[i]?.wake(patient);
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

  function accept(name: string): void {
    const link = new Link(name, source, post);
    if (links.length === MAX_LINKS) for (let i = 1; i < MAX_LINKS - 1; i++) links[i] = links[i + 1] ?? link;
    links[links.length === MAX_LINKS ? MAX_LINKS - 1 : links.length] = link;
    if (ring.next > 0) link.wake();
  }

  /** Synchronously: the relay has it before this returns, without a task or a copy of its own. */
  function post(name: string, said: string): void {
    posting = true;
    try {
      housekeeping();
      const fonts = fontsOf(window.document);
      dispatch(fonts, new NativeMessageEvent(name, bare({ data: said })));
    } finally {
      posting = false;
    }
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
        ring.resize(limitIn(given[1], PAGE_CAPS.ringObservations), limitIn(given[2], PAGE_CAPS.ringBytes));
      }
    }
  }
}

const NativeMessageEvent = MessageEvent;
const numberToString: (value: number, radix: number) => string = uncurry(Number.prototype.toString);

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
