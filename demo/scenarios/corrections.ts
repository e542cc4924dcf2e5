import type { Scenario, Template } from '../script.ts';
import { connectsTo, ended, left, says, server, visitor, visitorSays } from './words.ts';

const mark = (kind: 'delivered' | 'read'): Template => ({
  event: `chat_session_message_${kind}`,
  party_id: '@party:maren',
  ref_msg_id: '@heard',
  timestamp: '@now',
});

const edited = (msg: string): Template => ({
  event: 'chat_session_message_edit',
  msg,
  party_id: '@party:maren',
  ref_msg_id: '@last',
  timestamp: '@now',
});

/** What becomes of messages after they were sent: marks of both sides, corrections, one taken back. */
export const corrections: Scenario = {
  name: 'corrections',
  title: 'Messages delivered, read, corrected and taken back',
  steps: [
    ...connectsTo('maren'),
    server(says('maren', 'Good morning, this is Marne. What can I do for you?')),
    server(edited('Good morning, this is Maren. What can I do for you?')),
    visitor({ event: 'chat_session_message_delivered', ref_msg_id: '@last' }),
    visitor({ event: 'chat_session_message_read', ref_msg_id: '@last' }),
    ...visitorSays('I cannot sign in any more.'),
    server(mark('delivered')),
    server(mark('read')),
    server(says('maren', 'Your password is …')),
    server({ event: 'chat_session_message_delete', ref_msg_id: '@last' }),
    server(says('maren', 'I have sent you a link to set a new password.')),
    ...visitorSays('That works, thank you!'),
    server(mark('delivered')),
    server(left('maren')),
    server(ended),
  ],
};
