/** What counts as chat: by its URL or by the event that its bytes name. An origin that has shown chat is worth a look. */
import type { Payload } from '../observation/observation.ts';
import { PAGE_CAPS } from '../observation/page-caps.ts';
import { EVENTS, namesEventWith, PATHS, type Speaker } from '../protocol/marks.ts';
import { bare, indexOf, slice } from './natives.ts';
import { noBytes } from './payload.ts';

export interface ChatTest {
  /** True while a person wants all traffic: what only that lets in is marked so. */
  readonly everything: boolean;
  /** True for an absolute URL without a fragment whose path is the protocol's or that a pattern of the user's fits. */
  url(url: string): boolean;
  /** True for a text that names an event of this speaker near its beginning, or in which a mark of the user's stands. */
  names(text: string, speaker: Speaker): boolean;
  /** True for a URL of an origin on which this document has shown chat. */
  origin(url: string): boolean;
  /** Remembers the origin of a URL as one that speaks chat. */
  learn(url: string): void;
  /** What stands for a message that is no chat, on a connection that has shown chat: its length and what it is for. */
  other(payload: Payload): Payload;
  /** The name of a subprotocol if it is a known one: others may be secrets, and only their length is kept. */
  subprotocol(name: string): string;
  /**
   * Which questions are worth asking: `u` whether a pattern fits a URL, `t` whether a mark stands in a text; `e`:
   * everything counts. Patterns and marks themselves stay in the extension's world.
   */
  configure(flags: string): void;
}

/** Asks the relay, which answers before this returns. */
export type Ask = (question: string) => boolean;

const UPKEEP = ['heartbeat', 'handshake', 'acknowledgement'];

const names = bare(EVENTS);
const tools = bare({ indexOf, slice });

export function chatTest(ask: Ask): ChatTest {
  const origins: Record<string, true> = bare({});
  let asksTexts = false;
  let asksUrls = false;
  let lastUrl = '';
  let lastFits = false;

  const fits = (url: string): boolean => {
    // A chat asks the same URL again and again.
    if (asksUrls && url !== lastUrl) {
      lastUrl = url;
      lastFits = ask(`url ${url}`);
    }
    return asksUrls && lastFits;
  };

  const test = {
    everything: false,
    url: (url: string) => {
      const query = indexOf(url, '?');
      for (let i = 0; i < PATHS.length; i++) {
        const at = indexOf(url, PATHS[i] ?? '');
        if (at >= 0 && (query < 0 || at < query)) return true;
      }
      return fits(url);
    },
    names: (text: string, speaker: Speaker) => {
      if (text === '') return false;
      const head = text.length > PAGE_CAPS.markWindow ? slice(text, 0, PAGE_CAPS.markWindow) : text;
      return namesEventWith(tools, names, head, speaker) || (asksTexts && ask(`text ${head}`));
    },
    other: ({ encoding, data, size }: Payload) => {
      // Upkeep is shorter. The relay knows the framings; a message costs it a question each.
      for (let i = 0; encoding === 'text' && size < 500 && i < UPKEEP.length; i++)
        if (ask(`${UPKEEP[i]} ${data}`)) return noBytes(UPKEEP[i] ?? '', size);
      return noBytes('not chat', size);
    },
    subprotocol: (name: string) => (name === '' || ask(`subprotocol ${name}`) ? name : `***(${name.length})`),
    origin: (url: string) => origins[hostOf(url)] === true,
    learn: (url: string) => {
      const host = hostOf(url);
      if (host === '') return;
      origins[host] = true;
    },
    configure: (flags: string) => {
      asksUrls = indexOf(flags, 'u') >= 0;
      asksTexts = indexOf(flags, 't') >= 0;
      test.everything = indexOf(flags, 'e') >= 0;
      lastUrl = '';
    },
  };
  return test;
}

/** Host and port: a relay's socket (`wss:`) and its polls (`https:`) are one origin here. */
function hostOf(url: string): string {
  const start = indexOf(url, '://');
  if (start < 0) return '';
  const end = indexOf(url, '/', start + 3);
  return end < 0 ? slice(url, start) : slice(url, start, end);
}
