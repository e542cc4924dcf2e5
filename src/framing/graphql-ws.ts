/**
 * GraphQL over WebSocket, of the libraries graphql-ws (`next`, `subscribe`, `ping`) and subscriptions-transport-ws
 * (`data`, `start`, `ka`). Source: enisdenjo/graphql-ws, PROTOCOL.md.
 */
import { type FramingFact, recordOf, tellsOf, type ValueFraming } from './layer.ts';

const NAME = 'graphql-ws';

const FACTS: Readonly<Record<string, FramingFact | null>> = {
  connection_init: 'handshake',
  connection_ack: 'handshake',
  connection_error: 'error',
  connection_terminate: 'close',
  ping: 'heartbeat',
  pong: 'heartbeat',
  ka: 'heartbeat',
};
/** Of an operation: all of them have its id. */
const OF_OPERATION: Readonly<Record<string, FramingFact | null>> = {
  subscribe: 'handshake',
  start: 'handshake',
  next: null,
  data: null,
  error: 'error',
  complete: 'close',
  stop: 'close',
};

export const graphqlWs: ValueFraming = {
  name: NAME,
  tell: (value) => {
    const record = recordOf(value);
    if (record === null || typeof record.type !== 'string') return null;
    const { type, id } = record;
    const hasId = typeof id === 'string';
    const facts = hasId ? OF_OPERATION : FACTS;
    if (!Object.hasOwn(facts, type)) return null;
    // An ordinary `{"type":"data","id":…}` of somebody's own is no such message without a payload.
    if (hasId && facts[type] === null && !Object.hasOwn(record, 'payload')) return null;
    return {
      fact: facts[type] ?? null,
      tells: tellsOf(NAME, { name: type, namespace: undefined, id, topic: undefined }),
    };
  },
};
