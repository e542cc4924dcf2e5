import type { RuleDeclaration } from '../../protocol/rule.ts';
export const transportRules: readonly RuleDeclaration[] = [
  {
    id: 'transport/overlapping-polls',
    severity: 'error',
    evidence: 'documented',
    title: 'Two polls at the same time',
    meaning:
      'Two polls of one chat were in flight together. An overlap under 100 ms whose older poll was aborted does not count.',
    cure: 'Send the next poll when the last was answered; do not poll on a timer.',
    source: '',
    sentence: 'This poll left while another was in flight[ (for {milliseconds} ms)]',
  },
  {
    id: 'transport/error',
    severity: 'error',
    evidence: 'documented',
    title: 'An error answer',
    meaning:
      'The server answered with an error. That it does not know a session which has ended is a note; that there is none yet is ordinary.',
    cure: 'The code says what is wrong.',
    source: '',
    sentence: 'Error answer[ {status}][, code {code}][: {meaning}]',
  },
  {
    id: 'transport/poll-after-end',
    severity: 'error',
    evidence: 'documented',
    title: 'Polling a session that has ended',
    meaning: 'More than one poll left after the end of the session.',
    cure: 'Stop polling at every end of a session.',
    source: '',
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
    cure: 'Give polls more time than the server holds them.',
    source: '',
    sentence: 'The page gave the poll up after {seconds} s',
  },
  {
    id: 'transport/closed-abnormally',
    severity: 'warning',
    evidence: 'inferred',
    title: 'A connection broke while its session was alive',
    meaning:
      'A WebSocket closed with a code other than 1000, 1001 and 1005 (a clean close without a code), or an event stream broke off.',
    cure: 'Connect again and fetch what was missed.',
    source: '',
    sentence: 'The connection ended while the session was alive: {how}[ ({reason})]',
  },
  {
    id: 'transport/not-delivered',
    severity: 'error',
    evidence: 'observed',
    title: 'A message that was not delivered',
    meaning:
      'The server refused what the visitor sent, the network failed, or the browser dropped it: a socket that was closing or closed, a beacon that was not queued. What was sent again is one message: only its last time counts. What the page itself gave up may have arrived and is no finding.',
    cure: 'Keep what was said until it is acknowledged, send it again, and tell the visitor where that fails.',
    source: '',
    sentence: 'Not delivered: {reason}[ ({attempts} attempts)][: “{text}”]',
  },
  {
    id: 'transport/unfinished-event',
    severity: 'warning',
    evidence: 'documented',
    title: 'A stream ended in an event',
    meaning:
      'No blank line closed the last event of the stream. Browsers do not give such an event to the page; here it is shown and checked as what it is.',
    cure: 'End every event with a blank line, also the last one before the stream is closed.',
    source: 'HTML Standard, section 9.2.6: interpreting an event stream',
    sentence:
      'The stream ended before a blank line closed this event; an EventSource does not give it to the page',
  },
];
