/** A protocol at work in a trace: what of its traffic is known already. */
import type { ChatProtocol, Endpoint } from '../../protocol/chat-protocol.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { Names } from '../tables/string-pool.ts';
import { KnownCalls } from './call-cache.ts';
import { EventKinds } from './event-types.ts';
import { OpenRequests } from './open-requests.ts';

export class ProtocolReader {
  /** Place among the trace's protocols. */
  readonly index: number;
  readonly protocol: ChatProtocol;
  readonly kinds: EventKinds;
  readonly calls: KnownCalls;
  /** Null for a protocol whose messages are not paired. */
  readonly requests: OpenRequests | null;

  constructor(index: number, protocol: ChatProtocol, names: Names, sessions: SessionStore) {
    this.index = index;
    this.protocol = protocol;
    this.kinds = new EventKinds(protocol, names);
    this.calls = new KnownCalls(protocol, sessions);
    this.requests = protocol.pairing === null ? null : new OpenRequests(protocol.pairing);
  }
}

/** The call that a method and a URL are, in whichever protocol. */
export function endpointAt(readers: readonly ProtocolReader[], method: string, url: string): Endpoint | null {
  for (let at = 0; at < readers.length; at += 1) {
    const endpoint = readers[at]?.protocol.endpoint(method, url) ?? null;
    if (endpoint !== null) return endpoint;
  }
  return null;
}

/** The reader of the protocol whose call it is. */
export function readerOfCall(
  readers: readonly ProtocolReader[],
  { operation }: Endpoint,
): ProtocolReader | undefined {
  for (let at = 0; at < readers.length; at += 1) {
    const reader = readers[at];
    if (reader !== undefined && reader.protocol.id === operation.protocol) return reader;
  }
  return undefined;
}
