/**
 * What is said of a message that is no chat on a connection that has shown chat, in place of its bytes: which part of
 * the connection's own upkeep it is, by the framings that carry chats (engine.io, socket.io, SockJS, SignalR, Phoenix,
 * ActionCable, STOMP, graphql-ws).
 */
export type FramingWord = 'heartbeat' | 'handshake' | 'acknowledgement' | 'not chat';

/** Whole messages. */
const WHOLE: Readonly<Record<Exclude<FramingWord, 'not chat'>, readonly string[]>> = {
  heartbeat: ['2', '3', '6', '2probe', '3probe', 'h', '\n', '\r\n', '{"type":6}\x1e'],
  handshake: ['o', '1', '5', '40', '41', '{}\x1e', '{"protocol":"json","version":1}\x1e'],
  acknowledgement: [],
};

/** Parts that a short message begins with, or holds behind its beginning. */
const PARTS: Readonly<Record<Exclude<FramingWord, 'not chat'>, readonly string[]>> = {
  heartbeat: [
    '{"type":"ping"',
    '{"type":"pong"',
    '{"type":"ka"',
    '"phoenix","heartbeat"',
    '"event":"heartbeat"',
  ],
  handshake: [
    '0{"sid"',
    '40{',
    '40/',
    'CONNECT\n',
    'CONNECTED\n',
    'STOMP\n',
    '{"type":"welcome"',
    '{"type":"connection_',
    '"confirm_subscription"',
    '"phx_join"',
  ],
  acknowledgement: ['430[', '431[', '"phx_reply"', 'RECEIPT\n'],
};

const WORDS = ['heartbeat', 'handshake', 'acknowledgement'] as const;

/** Upkeep is short. */
const LONGEST = 2_000;

export function framingWord(text: string): FramingWord {
  if (text.length > LONGEST) return 'not chat';
  return WORDS.find((word) => WHOLE[word].includes(text) || PARTS[word].some(isPart)) ?? 'not chat';

  /** What is a member of an object or a list may stand anywhere; the rest begins the message. */
  function isPart(part: string): boolean {
    return part.startsWith('"') ? text.includes(part) : text.startsWith(part);
  }
}
