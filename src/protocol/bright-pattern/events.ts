/** Every event of the protocol, group by group. A new group is one file and one line here. */
import type { EventDeclaration } from '../declaration.ts';
import { caseEvents } from './events/case.ts';
import { closingEvents } from './events/closing.ts';
import { cobrowsingEvents } from './events/cobrowsing.ts';
import { fileEvents } from './events/file.ts';
import { formEvents } from './events/form.ts';
import { locationEvents } from './events/location.ts';
import { messageEvents } from './events/message.ts';
import { partyEvents } from './events/party.ts';
import { signalingEvents } from './events/signaling.ts';
import { statusEvents } from './events/status.ts';
import { timeoutEvents } from './events/timeout.ts';
import { typingEvents } from './events/typing.ts';

export interface EventGroup {
  readonly title: string;
  readonly events: readonly EventDeclaration[];
}

export const eventGroups: readonly EventGroup[] = [
  { title: 'Status', events: statusEvents },
  { title: 'Parties', events: partyEvents },
  { title: 'Messages', events: messageEvents },
  { title: 'Typing', events: typingEvents },
  { title: 'Forms', events: formEvents },
  { title: 'Timeouts', events: timeoutEvents },
  { title: 'Signaling', events: signalingEvents },
  { title: 'Files', events: fileEvents },
  { title: 'Location and navigation', events: locationEvents },
  { title: 'Co-browsing', events: cobrowsingEvents },
  { title: 'Cases', events: caseEvents },
  { title: 'Closing', events: closingEvents },
];

export const events: readonly EventDeclaration[] = eventGroups.flatMap((group) => group.events);
