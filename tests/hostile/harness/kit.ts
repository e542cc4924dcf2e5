/** What the attacks share; all of it runs in the attacker's page. */
import type { Json } from '../../../scripts/browser/inspected-browser.ts';

/** A frame of the attacker's own origin that it had before any content script ran, and so hears its private channel. */
export interface Channel {
  readonly frame: HTMLIFrameElement;
  readonly world: Window & typeof globalThis;
  readonly name: string;
  /** Speaks to the relay as its hook does. */
  say(data: unknown): void;
  /** Speaks to the hook as its relay does. */
  command(text: string): void;
}

export interface Kit {
  /** Everything that was heard on any channel, once each. */
  readonly heard: Set<string>;
  /** @param prepare is given the frame's window before any content script runs there. */
  channel(prepare?: (world: Window & typeof globalThis) => void): Promise<Channel>;
  /** An id as documents have them. */
  id(): string;
  pause(milliseconds?: number): Promise<void>;
}

export type Attack = (kit: Kit, data: Json) => Promise<void>;

/** In the page: makes the kit. It sees nothing of this file's scope. */
export function makeKit(): Kit {
  const OFFER = 'chat-inspector:offer';
  const HELLO = 'chat-inspector:hello';
  const heard = new Set<string>();
  const pause = (milliseconds = 0) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  const id = () =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => (256 + byte).toString(16).slice(1))
      .join('');

  /** Before there is an element in the document. */
  async function catchDocument(frame: HTMLIFrameElement): Promise<Window & typeof globalThis> {
    const first = frame.contentDocument;
    for (let tries = 0; tries < 2_000; tries++) {
      const world = frame.contentWindow as (Window & typeof globalThis) | null;
      if (world && world.document !== first && world.location.pathname === '/slow') return world;
      await pause(4);
    }
    throw new Error('The slow document never came.');
  }

  async function channel(prepare?: (world: Window & typeof globalThis) => void): Promise<Channel> {
    const name = id();
    const frame = document.createElement('iframe');
    frame.src = `/slow?id=${name}`;
    document.body.append(frame);
    const world = await catchDocument(frame);
    prepare?.(world);
    const { fonts } = world.document;
    const names = new Set<string>();
    const hear = (event: Event) => {
      const data = event instanceof world.MessageEvent || event instanceof MessageEvent ? event.data : null;
      if (typeof data !== 'string' || data === '') return;
      heard.add(data.slice(0, 10_000));
      const word = data.split(' ', 1)[0] ?? '';
      if (event.type !== OFFER || names.has(word)) return;
      names.add(word);
      fonts.addEventListener(word, hear, true);
    };
    fonts.addEventListener(OFFER, hear, true);
    fonts.addEventListener(HELLO, hear, true);
    await fetch(`/release?id=${name}`);
    for (let tries = 0; names.size === 0 && tries < 2_000; tries++) await pause(4);
    const [heardName] = names;
    if (heardName === undefined) throw new Error('No channel was heard.');
    return {
      frame,
      world,
      name: heardName,
      say: (data) => {
        fonts.dispatchEvent(new MessageEvent(heardName, { data }));
      },
      command: (text) => {
        fonts.dispatchEvent(new MessageEvent(OFFER, { cancelable: true, data: `${heardName} ${text}` }));
      },
    };
  }
  return { heard, channel, id, pause };
}
