/** What the name of an event says by itself. */
import type { EventType } from '../event-type.ts';
import { fieldsOf } from './event-fields.ts';
import { roleOf } from './event-role.ts';
import { canonicalName, eventJudge, knowsEvent } from './event-validation.ts';
import { reporterOf } from './reported-state.ts';

export function eventType(name: string): EventType {
  const canonical = canonicalName(name);
  const role = roleOf(canonical);
  return {
    canonical,
    role,
    showsChat: showsChat(name),
    fields: fieldsOf(role),
    reportedState: reporterOf(role),
    secure: canonical.includes('secure'),
    judge: { in: eventJudge(name, 'in'), out: eventJudge(name, 'out') },
  };
}

/** True for a text that starts as an event of the API does, whole or not. */
export function beginsLikeEvent(text: string): boolean {
  const name = EVENT_NAME.exec(text.slice(0, HEAD))?.[1] ?? '';
  return name !== '' && showsChat(name);
}

const HEAD = 64 * 1024;
const EVENT_NAME = /^\s*[{[][\s\S]*?"event"\s*:\s*"([A-Za-z_]+)/;

/** By the beginning of the name too: what is misspelt behind it is an unknown event of the API. */
const showsChat = (name: string): boolean =>
  NAME_BEGINNINGS.some((beginning) => name.startsWith(beginning)) || knowsEvent(name);

export const NAME_BEGINNINGS: readonly string[] = ['chat_session_', 'chat_form_data_cancel'];
