/**
 * SignalR's JSON hub protocol: records that end with U+001E. A handshake record first (`{"protocol":"json","version":1}`,
 * answered `{}`), then `type` 1 an invocation with `target` and `arguments`, 2 an item of a stream, 3 a completion,
 * 4 and 5 begin and cancel a stream, 6 a ping, 7 a close. Source: dotnet/aspnetcore, docs of the hub protocol.
 */
import { type FramingFact, recordOf, tellsOf, type ValueFraming } from './layer.ts';

const NAME = 'SignalR';

const FACTS: Readonly<Record<number, FramingFact>> = {
  3: 'acknowledgement',
  4: 'handshake',
  5: 'handshake',
  6: 'heartbeat',
  7: 'close',
};

export const signalR: ValueFraming = {
  name: NAME,
  tell: (value) => {
    const record = recordOf(value);
    if (record === null) return null;
    if (typeof record.protocol === 'string' && typeof record.version === 'number') {
      return { fact: 'handshake', tells: { framing: NAME } };
    }
    const { type } = record;
    if (typeof type !== 'number' || !(type >= 1 && type <= 9)) return null;
    if (type === 1 && typeof record.target !== 'string') return null;
    const tells = tellsOf(NAME, {
      name: record.target,
      namespace: undefined,
      id: record.invocationId,
      topic: undefined,
    });
    return { fact: FACTS[type] ?? null, tells };
  },
};
