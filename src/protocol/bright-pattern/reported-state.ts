/** Which states the server reports, and where. Ends such as `gone` are our names and cannot be reported. */
import { type JsonObject, textOf } from '../../text/json-object.ts';
import type { Role } from '../event-type.ts';
import { STATE_MEANINGS } from './field.ts';

const reportable: ReadonlySet<unknown> = new Set(STATE_MEANINGS.map(([state]) => state));

/** The state in a status event or in an answer; null where it is none. */
export function stateIn(object: JsonObject): string | null {
  const state = textOf(object.state);
  return reportable.has(state) ? state : null;
}

/** How events of a role report a state; null where they report none. */
export function reporterOf(role: Role): ((event: JsonObject) => string | null) | null {
  if (role === 'status') return stateIn;
  if (role === 'ended') return () => 'ended';
  return role === 'inactivity-timeout' ? () => 'timed-out' : null;
}
