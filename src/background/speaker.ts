/** Who speaks over a connection, by the browser's own word: the page's world can say what it likes of itself. */
import type { Runtime } from 'webextension-polyfill';
import { type FrameAddress, UNKNOWN_FRAME } from '../messaging/last-words.ts';

export interface Speaker extends FrameAddress {
  /** 'null' for an opaque one; null where nobody can say it. */
  readonly origin: string | null;
  /** Chrome's id of the document, which stays while its frame gets another number; null where the browser has none. */
  readonly context: string | null;
}

/** What the browser says of a sender beside its tab and frame. */
export interface SenderWord {
  readonly origin: string | null;
  readonly context: string | null;
  /** '' where it is not said. */
  readonly url: string;
}

/** @param relay what the relay's own world says, where the browser no longer knows the frame */
export function wordOf(
  sender: Runtime.MessageSender | undefined,
  relay: { readonly origin: string; readonly url: string },
): SenderWord {
  const url = sender?.url;
  return {
    origin: text(sender, 'origin') ?? (url === undefined ? relay.origin : originOf(url)),
    context: text(sender, 'documentId'),
    url: url ?? relay.url,
  };
}

/** The polyfill does not know all that both browsers say. */
function text(sender: object | undefined, name: string): string | null {
  const value: unknown = sender && Reflect.get(sender, name);
  return typeof value === 'string' ? value : null;
}

/** Null for what names no origin: an empty text, `about:blank`, and what is no URL. */
export function originOf(url: string): string | null {
  try {
    const { origin } = new URL(url);
    return origin === 'null' ? null : origin;
  } catch {
    return null;
  }
}

/**
 * The URL that a document says it has, if it can have it: of its own origin, or of the place where the browser saw it.
 * A page gives its document another address only within these; else it is the browser's.
 */
export function believedUrl(url: string, { origin, url: seen }: SenderWord): string {
  if (BORROWED.test(url)) return url;
  const said = originOf(url);
  if (said !== null ? said === origin || said === originOf(seen) : place(url) === place(seen)) return url;
  return seen;
}

/** Documents that are made in a page and have no address: who looks for one finds that of the page. */
const BORROWED = /^about:(?:blank|srcdoc)$/;

/** Of a URL without an origin, such as that of a file or `about:blank`: its scheme. */
function place(url: string): string {
  return /^[a-z][a-z\d+.-]*:/i.exec(url)?.[0].toLowerCase() ?? '';
}

/** Whether both are one document: by Chrome's id of it, else by its frame. */
export function isSameDocument(one: Speaker, other: Speaker): boolean {
  if (one.tab !== other.tab || one.origin !== other.origin) return false;
  if (one.context !== null && other.context !== null) return one.context === other.context;
  return one.frame === other.frame || one.frame === UNKNOWN_FRAME || other.frame === UNKNOWN_FRAME;
}
