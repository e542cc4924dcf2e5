/** Where observations leave the page: the relays that offered to listen, each with its own place in the ring. */
import type { CapsCommand, Pace } from '../messaging/private-port.ts';
import type { DocumentId } from '../observation/observation.ts';
import type { ChatTest } from './chat-test.ts';
import { fontsOf, greet } from './greeting.ts';
import { limits } from './limits.ts';
import { Link } from './link.ts';
import { bare, dispatch, privateList, randomValues, slice, uncurry } from './natives.ts';
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
  /** Asks the relay that was there first, which answers before this returns. */
  ask(question: string): boolean;
  /** The document came back from the back/forward cache. */
  returned(): void;
}

/** @param housekeeping called before each posting, which is rare enough for it. */
export function createOutlet(window: Window, ring: Ring, chat: ChatTest, housekeeping: () => void): Outlet {
  const links: Link[] = privateList();
  const source: { ring: Ring; documentId: DocumentId } = { ring, documentId: newDocumentId() };
  /** The link that was there before the page's first script: it alone says what is captured. */
  let owner: Link | undefined;
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
      owner = undefined;
    },
  );
  return {
    greeted,
    wake: (patient) => {
      if (leaving) lastWords();
      else for (let i = 0; i < links.length; i++) links[i]?.wake(patient);
    },
    ask: (question) => owner !== undefined && !say(owner.name, question, true),
    lastWords,
    returned: () => {
      leaving = false;
    },
  };

  function lastWords(): void {
    leaving = true;
    for (let i = 0; i < links.length; i++) links[i]?.farewell();
  }

  function accept(name: string, first: boolean): void {
    const link = new Link(name, source, post);
    if (first) owner ??= link;
    if (links.length === MAX_LINKS) for (let i = 1; i < MAX_LINKS - 1; i++) links[i] = links[i + 1] ?? link;
    links[links.length === MAX_LINKS ? MAX_LINKS - 1 : links.length] = link;
    if (ring.next > 0) link.wake();
  }

  /** Synchronously: the relay has it before this returns, without a task or a copy of its own. */
  function post(name: string, said: string): void {
    posting = true;
    try {
      housekeeping();
      say(name, said, false);
    } finally {
      posting = false;
    }
  }

  /** False where the relay answers yes. */
  function say(name: string, data: string, cancelable: boolean): boolean {
    return dispatch(fontsOf(window.document), new NativeMessageEvent(name, bare({ data, cancelable })));
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
      default:
        if (link === owner) obeyOwner(command);
    }
  }

  function obeyOwner(command: string): void {
    const value = slice(command, 1);
    switch (command[0]) {
      case 'f':
        ring.forget(+value);
        break;
      case 's':
        chat.configure(value);
        break;
      case 'c': {
        const caps: CapsCommand = parseJson(value);
        limits.body = caps.body;
        limits.recorderTabBytes = caps.recorderTabBytes;
        ring.resize(caps.ringObservations, caps.ringBytes);
      }
    }
  }
}

/** Makes objects of the texts of the extension's, without a look at what the page can reach. */
const parseJson = JSON.parse;
const NativeMessageEvent = MessageEvent;
const numberToString: (value: number, radix: number) => string = uncurry(Number.prototype.toString);

function newDocumentId(): DocumentId {
  const bytes = new Uint8Array(16);
  randomValues(bytes);
  let id = '';
  for (let i = 0; i < bytes.length; i++) id += slice(numberToString(256 + (bytes[i] ?? 0), 16), 1);
  return id;
}
