/**
 * A request, stream or socket, and what follows its opening, as it enters the ring: at once where it is chat; held back
 * where it is only looked at, until its bytes name an event. What names none is forgotten, and was never in the ring.
 */
import type { Payload, Seq } from '../observation/observation.ts';
import type { Speaker } from '../protocol/marks.ts';
import type { ChatTest } from './chat-test.ts';
import { privateList } from './natives.ts';
import { type Moment, now, type Recorder, type Seen } from './recorder.ts';

type OfOne<T> = T extends { readonly of: Seq } ? Omit<T, 'of'> : never;
/** What is seen of an exchange after its opening. */
export type Followed = OfOne<Seen>;

type Request = Extract<Seen, { kind: 'request' }>;
type Socket = OfOne<Extract<Seen, { kind: 'socket-open' }>>;

export interface Exchange {
  /** `seq` of its opening; -1 while nothing of it is in the ring. */
  seq: Seq;
  /** True where the URL is chat by itself: then every byte is. */
  readonly whole: boolean;
  /** It has shown chat. What is kept without that, only a person's wish for all traffic lets in. */
  isChat: boolean;
  /**
   * Gives the `seq` of what was added; -1 where it is held back or forgotten.
   * @param isChat false for what only a person's wish for all traffic lets in
   */
  add(seen: Followed, size?: number, when?: Moment, isChat?: boolean): Seq;
  /** True for what this speaker says that names an event, or for a URL that is chat: then everything so far is added. */
  names(text: string, speaker: Speaker): boolean;
  /**
   * Adds a message: whole if it names an event or the URL is chat by itself; of others only that they came.
   * @param seen says it with its bytes, or with what stands for them
   */
  addMessage(named: boolean, payload: Payload, seen: (payload: Payload, known: boolean) => Followed): Seq;
  /** Adds bytes that became known late: of what has this `seq`. */
  addLate(of: Seq, role: 'frame' | 'answer', payload: Payload): void;
  /** It was looked at and named nothing. Where all traffic is wanted, it stays. */
  forget(): void;
}

/** @param isChat it is, whatever its URL */
export function openExchange(
  chat: ChatTest,
  recorder: Recorder,
  url: string,
  opening: () => Request | Socket,
  isChat = false,
): Exchange {
  const when = now();
  const whole = chat.url(url);
  /** Null once it is known what it is. */
  let held: (() => void)[] | null = privateList();

  const put = (seen: Seen, size: number, at: Moment, chatToo: boolean): Seq =>
    recorder.add(exchange.isChat && chatToo ? seen : { ...seen, nonChat: true }, size, at);

  const begin = (): void => {
    const first = opening();
    const of = recorder.upcoming();
    const size = url.length + (('body' in first && first.body?.data.length) || 0);
    put('body' in first ? first : { ...first, of }, size, when, true);
    exchange.seq = of;
    const late = held ?? privateList();
    held = null;
    for (let i = 0; i < late.length; i++) late[i]?.();
  };

  const exchange: Exchange = {
    seq: -1,
    whole,
    isChat: isChat || whole,
    add: (seen, size = 0, at = now(), chatToo = true) => {
      const of = exchange.seq;
      if (of >= 0) return put({ ...seen, of }, size, at, chatToo);
      if (held) held[held.length] = () => exchange.add(seen, size, at, chatToo);
      return -1;
    },
    names: (text, speaker) => {
      const named = whole || chat.names(text, speaker);
      if (named && !exchange.isChat) {
        exchange.isChat = true;
        chat.learn(url);
        if (exchange.seq < 0) begin();
      }
      return named;
    },
    addMessage: (named, payload, seen) => {
      const known = named || chat.everything;
      const kept = known ? payload : chat.other(payload);
      return exchange.add(seen(kept, known), kept.data.length, now(), named || !known);
    },
    addLate: (of, role, payload) => {
      put({ kind: 'body', of, role, payload }, payload.data.length, now(), true);
    },
    forget: () => {
      held = null;
    },
  };
  if (isChat) chat.learn(url);
  if (exchange.isChat || chat.everything) begin();
  return exchange;
}
