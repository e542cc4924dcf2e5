/** Names of WebSocket subprotocols that say how a connection speaks. Others may be secrets: bearer tokens travel there. */
const KNOWN: readonly string[] = [
  'graphql-ws',
  'graphql-transport-ws',
  'v10.stomp',
  'v11.stomp',
  'v12.stomp',
  'actioncable-v1-json',
  'actioncable-unsupported',
  'phoenix',
  'mqtt',
  'wamp.2.json',
  'soap',
  'xmpp',
  'chat',
  'json',
];

/** The name if it is a known one, else that there is one, and of what length; said twice it stays what it is. */
export function plainSubprotocol(name: string): string {
  return name === '' || KNOWN.includes(name) || MASKED.test(name) ? name : `***(${name.length})`;
}

const MASKED = /^\*\*\*\(\d+\)$/;
