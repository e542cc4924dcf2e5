import type { RuleDeclaration } from './rule.ts';
export const transportRules: readonly RuleDeclaration[] = [
  {
    id: 'transport/overlapping-polls',
    severity: 'error',
    evidence: 'documented',
    title: 'Two polls at the same time',
    meaning:
      'Two polls of one chat were in flight together. An overlap under 100 ms whose older poll was aborted does not count.',
    cure: 'Send the next poll when the last was answered; do not poll on a timer.',
    source: 'API specification: Get New Chat Events',
    sentence: 'This poll left while another was in flight[ (for {milliseconds} ms)]',
  },
  {
    id: 'transport/error',
    severity: 'error',
    evidence: 'documented',
    title: 'An error answer',
    meaning:
      'The server answered with an error. A 5005 after the end of its session is a note; 404 of /chats/active, and of /history for a session that was not seen alive, is ordinary.',
    cure: 'The code says what is wrong.',
    source: 'API specification: error codes',
    sentence: 'Error answer {status}[, code {code}][: {meaning}]',
  },
  {
    id: 'transport/poll-after-end',
    severity: 'error',
    evidence: 'documented',
    title: 'Polling a session that has ended',
    meaning: 'More than one poll left after the end of the session.',
    cure: 'Stop polling at chat_session_ended, the inactivity timeout, the states failed and completed, and error 5005.',
    source: 'API specification: Server Events',
    sentence: 'Poll number {count} after the session ended ({state})',
  },
  {
    id: 'transport/poll-stalled',
    severity: 'warning',
    evidence: 'inferred',
    title: 'Polling stopped',
    meaning:
      'No poll was in flight for more than 20 seconds on a session that is alive and was polled before.',
    cure: 'Look at the answer before: clients stall on bodies they cannot read and on exceptions in handlers.',
    source: '',
    sentence: 'No poll followed for {seconds} s while the session was alive',
  },
  {
    id: 'transport/poll-aborted',
    severity: 'note',
    evidence: 'observed',
    title: 'A poll was given up',
    meaning:
      'The client gave the poll up. Events that were on their way may be lost: nothing acknowledges them.',
    cure: 'Give polls more time than the server holds them (5 to 15 s).',
    source: "Vendor's web widget",
    sentence: 'The page gave the poll up after {seconds} s',
  },
  {
    id: 'transport/closed-abnormally',
    severity: 'warning',
    evidence: 'inferred',
    title: 'A connection broke while its session was alive',
    meaning: 'A WebSocket closed with a code other than 1000 or 1001, or an event stream broke off.',
    cure: 'Connect again and fetch what was missed.',
    source: '',
    sentence: 'The connection ended while the session was alive: {how}[ ({reason})]',
  },
];
