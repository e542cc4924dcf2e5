/**
 * What libraries put around the messages of a relay: as the server writes and the page reads it, and the other way. Server
 * and page use the same functions; the inspector has its own.
 */

/** Who writes a message. */
export type Writer = 'server' | 'client';

export interface Framing {
  readonly name: string;
  /** What either says when the connection is open, before anything else. */
  readonly greeting: Readonly<Record<Writer, readonly string[]>>;
  /** What either says from time to time so that the connection stays; '' for a framing that has no such thing. */
  readonly heartbeat: Readonly<Record<Writer, string>>;
  /** The message that carries a body of chat events. */
  write(body: string, by: Writer): string;
  /** The bodies in a message, as JSON texts; none in a greeting or a heartbeat. */
  read(message: string): readonly string[];
}

const END = '\u001e';
const CHANNEL = '{"channel":"ChatChannel"}';
const json = JSON.stringify;
const NOTHING = { server: [], client: [] } as const;
const NO_BEAT = { server: '', client: '' } as const;

/** The JSON of what a function takes out of a message; none where the message is not so. */
function taken(message: string, take: (value: never) => unknown): readonly string[] {
  try {
    const value = take(JSON.parse(message) as never);
    return value === undefined ? [] : [json(value)];
  } catch {
    return [];
  }
}

export const FRAMINGS: readonly Framing[] = [
  {
    name: 'engine.io',
    greeting: {
      server: ['0{"sid":"5fZ","upgrades":[],"pingInterval":25000,"pingTimeout":20000}'],
      client: [],
    },
    heartbeat: { server: '2', client: '3' },
    write: (body) => `4${body}`,
    read: (message) => (message.startsWith('4') ? [message.slice(1)] : []),
  },
  {
    name: 'socket.io',
    greeting: {
      server: ['0{"sid":"5fZ","upgrades":[],"pingInterval":25000,"pingTimeout":20000}', '40{"sid":"wZX"}'],
      client: ['40'],
    },
    heartbeat: { server: '2', client: '3' },
    write: (body, by) => (by === 'server' ? `42["chat",${body}]` : `42/support,7["chat",${body}]`),
    read: (message) => {
      const [, list] = /^42(?:\/[^,[]*,)?\d*(\[.*)$/s.exec(message) ?? [];
      return list === undefined ? [] : taken(list, ([, body]: unknown[]) => body);
    },
  },
  {
    name: 'SockJS',
    greeting: { server: ['o'], client: [] },
    heartbeat: { server: 'h', client: '' },
    write: (body, by) => `${by === 'server' ? 'a' : ''}${json([body])}`,
    read: (message) => {
      const list = message.startsWith('a') ? message.slice(1) : message;
      return list.startsWith('[') ? (JSON.parse(list) as string[]) : [];
    },
  },
  {
    name: 'SignalR',
    greeting: { server: [`{}${END}`], client: [`{"protocol":"json","version":1}${END}`] },
    heartbeat: { server: `{"type":6}${END}`, client: `{"type":6}${END}` },
    write: (body) => `{"type":1,"target":"Chat","arguments":[${body}]}${END}`,
    read: (message) =>
      message
        .split(END)
        .flatMap((record) =>
          taken(record, ({ arguments: list }: { readonly arguments?: unknown[] }) => list?.[0]),
        ),
  },
  {
    name: 'Phoenix',
    greeting: {
      server: ['["1","1","chat:1","phx_reply",{"status":"ok","response":{}}]'],
      client: ['["1","1","chat:1","phx_join",{}]'],
    },
    heartbeat: {
      server: '[null,"9","phoenix","phx_reply",{"status":"ok","response":{}}]',
      client: '[null,"9","phoenix","heartbeat",{}]',
    },
    write: (body) => `["1",null,"chat:1","chat",{"body":${body}}]`,
    read: (message) => taken(message, ([, , , , payload]: { readonly body?: unknown }[]) => payload?.body),
  },
  {
    name: 'ActionCable',
    greeting: {
      server: ['{"type":"welcome"}', `{"identifier":${json(CHANNEL)},"type":"confirm_subscription"}`],
      client: [`{"command":"subscribe","identifier":${json(CHANNEL)}}`],
    },
    heartbeat: { server: '{"type":"ping","message":1614718790}', client: '' },
    write: (body, by) =>
      by === 'server'
        ? `{"identifier":${json(CHANNEL)},"message":${body}}`
        : `{"command":"message","identifier":${json(CHANNEL)},"data":${json(body)}}`,
    read: (message) =>
      taken(message, ({ type, message: said, data }: Readonly<Record<string, unknown>>) =>
        type !== undefined ? undefined : typeof data === 'string' ? JSON.parse(data) : said,
      ),
  },
  {
    name: 'STOMP',
    greeting: {
      server: ['CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0'],
      client: ['CONNECT\naccept-version:1.2\nhost:relay\n\n\0'],
    },
    heartbeat: { server: '\n', client: '\n' },
    write: (body, by) =>
      by === 'server'
        ? `MESSAGE\ndestination:/topic/chat\nmessage-id:7\nsubscription:0\n\n${body}\0`
        : `SEND\ndestination:/app/chat\n\n${body}\0`,
    read: (message) => {
      const [, body] = /^(?:MESSAGE|SEND)\n(?:[^\n]+\n)*\n(.*)\0$/s.exec(message) ?? [];
      return body === undefined ? [] : [body];
    },
  },
  {
    name: 'graphql-ws',
    greeting: { server: ['{"type":"connection_ack"}'], client: ['{"type":"connection_init"}'] },
    heartbeat: { server: '{"type":"ping"}', client: '{"type":"pong"}' },
    write: (body, by) =>
      by === 'server'
        ? `{"id":"1","type":"next","payload":{"data":{"chat":${body}}}}`
        : `{"id":"2","type":"subscribe","payload":{"query":"mutation Say","variables":{"chat":${body}}}}`,
    read: (message) =>
      taken(
        message,
        ({ payload }: { readonly payload?: Readonly<Record<string, { chat?: unknown }>> }) =>
          (payload?.data ?? payload?.variables)?.chat,
      ),
  },
  {
    name: 'wrapper',
    greeting: NOTHING,
    heartbeat: NO_BEAT,
    write: (body) => `{"type":"chat","payload":${json(body)}}`,
    read: (message) => taken(message, ({ payload }: { readonly payload: string }) => JSON.parse(payload)),
  },
];

/** The framing of that name; null for none. */
export function framingByName(name: string | null): Framing | null {
  return FRAMINGS.find((framing) => framing.name === name) ?? null;
}

/** The bodies in a message under the framing of that name; the message itself where it is null. */
export function bodiesIn(message: string, framing: string | null): readonly string[] {
  return framingByName(framing)?.read(message) ?? [message];
}
