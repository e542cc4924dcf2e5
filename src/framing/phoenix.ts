/**
 * Phoenix channels: `[join_ref, ref, topic, event, payload]`, in version 1 an object of these members. `phx_join` and
 * `phx_leave` are handshakes, `phx_reply` acknowledges, `heartbeat` goes to the topic `phoenix`.
 * Source: phoenixframework/phoenix, serializers of versions 1 and 2.
 */
import { type FramingFact, recordOf, tellsOf, type ValueFraming } from './layer.ts';

const NAME = 'Phoenix';

const FACTS: Readonly<Record<string, FramingFact>> = {
  heartbeat: 'heartbeat',
  phx_join: 'handshake',
  phx_leave: 'handshake',
  phx_reply: 'acknowledgement',
  phx_close: 'close',
  phx_error: 'error',
};

export const phoenix: ValueFraming = {
  name: NAME,
  tell: (value) => {
    const message = Array.isArray(value) ? listed(value) : named(value);
    if (message === null) return null;
    const { topic, event, ref } = message;
    const fact = Object.hasOwn(FACTS, event) ? (FACTS[event] ?? null) : null;
    if (fact === 'heartbeat' && topic !== 'phoenix') return null;
    return { fact, tells: tellsOf(NAME, { name: event, namespace: undefined, id: ref, topic }) };
  },
};

interface Message {
  readonly topic: string;
  readonly event: string;
  readonly ref: unknown;
}

function listed(value: readonly unknown[]): Message | null {
  if (value.length !== 5) return null;
  const [joinRef, ref, topic, event, payload] = value;
  const isRef = (each: unknown) => each === null || typeof each === 'string';
  return isRef(joinRef) &&
    isRef(ref) &&
    typeof topic === 'string' &&
    typeof event === 'string' &&
    isPayload(payload)
    ? { topic, event, ref }
    : null;
}

function named(value: unknown): Message | null {
  const record = recordOf(value);
  if (record === null || !Object.hasOwn(record, 'payload') || !Object.hasOwn(record, 'ref')) return null;
  const { topic, event, ref } = record;
  return typeof topic === 'string' && typeof event === 'string' ? { topic, event, ref } : null;
}

function isPayload(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
