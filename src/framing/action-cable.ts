/**
 * Rails' ActionCable: `{"type":"welcome"|"ping"|"confirm_subscription"|…}`, or `{"identifier":"<JSON>","message":…}` from
 * the server and `{"command":…,"identifier":…,"data":"<JSON>"}` from the client. Source: rails/rails, actioncable.
 */
import { type FramingFact, recordOf, tellsOf, type ValueFraming } from './layer.ts';

const NAME = 'ActionCable';

const FACTS: Readonly<Record<string, FramingFact>> = {
  welcome: 'handshake',
  ping: 'heartbeat',
  confirm_subscription: 'acknowledgement',
  reject_subscription: 'error',
  disconnect: 'close',
};
const COMMANDS: Readonly<Record<string, FramingFact | null>> = {
  subscribe: 'handshake',
  unsubscribe: 'handshake',
  message: null,
};

export const actionCable: ValueFraming = {
  name: NAME,
  tell: (value) => {
    const record = recordOf(value);
    if (record === null) return null;
    const { type, command, identifier } = record;
    const tells = tellsOf(NAME, {
      name: typeof command === 'string' ? command : type,
      namespace: undefined,
      id: undefined,
      topic: identifier,
    });
    if (typeof identifier === 'string') {
      if (typeof command === 'string') {
        return Object.hasOwn(COMMANDS, command) ? { fact: COMMANDS[command] ?? null, tells } : null;
      }
      if (Object.hasOwn(record, 'message')) return { fact: null, tells };
    }
    // A ping has its time as `message`; a welcome and a disconnect have nothing that names them but their type.
    if (typeof type !== 'string' || !Object.hasOwn(FACTS, type)) return null;
    const known = type === 'ping' ? typeof record.message === 'number' : true;
    return known ? { fact: FACTS[type] ?? null, tells } : null;
  },
};
