import type { RuleDeclaration } from '../../protocol/rule.ts';
export const orderRules: readonly RuleDeclaration[] = [
  {
    id: 'order/redelivered',
    severity: 'warning',
    evidence: 'observed',
    title: 'An event was delivered twice',
    meaning:
      'The same event came again in a later answer or frame: same name, id and content; without an id, all bytes with the timestamp. Status, ended and typing without a timestamp never count, nor what a history replays.',
    cure: 'Look for a cached poll: add a nonce or Cache-Control. Clients show such a message twice.',
    source: '',
    sentence: '{event}[ with the id {id}] was delivered before',
  },
  {
    id: 'order/id-reused',
    severity: 'error',
    evidence: 'documented',
    title: 'Two messages with one id',
    meaning:
      'Two messages of one session and direction have one id and different texts. Edits, files, signaling and the echo of an own message do not count.',
    cure: 'Give each message an id of its own in the session.',
    source: '',
    sentence: 'The id {id} was used for another text before',
  },
  {
    id: 'order/time-backwards',
    severity: 'warning',
    evidence: 'documented',
    title: 'Time goes back',
    meaning:
      'A timestamp is earlier than one before it in the same poll sequence, socket or stream of the session. Seconds and milliseconds are compared as the same times.',
    cure: 'Clients that sort or compare by timestamp show these in another order.',
    source: '',
    sentence: 'The timestamp is {seconds} s earlier than one before it',
  },
];
