/** What the page sends. The protocol's declarations judge the keys and the header; see `validateEvent`, `validateRequest`. */
import type { RuleDeclaration } from '../../protocol/rule.ts';

export const clientRules: readonly RuleDeclaration[] = [
  {
    id: 'client/wrong-key',
    severity: 'error',
    evidence: 'documented',
    title: 'A key that only looks right',
    meaning:
      'A known slip for the name of a documented key. Stands for the missing and the unknown field at its place.',
    cure: 'Use the documented key.',
    source: '',
    sentence: 'Key "{field}" should be {expected}[, not {actual}]',
  },
  {
    id: 'client/bad-authorization',
    severity: 'error',
    evidence: 'documented',
    title: 'The head of a request is not as documented',
    meaning:
      'A header or a parameter of the URL is not of the documented form, or lacks a part. A header that the file does not have is no fault.',
    cure: 'Send what the documents ask for.',
    source: '',
    sentence: '{field} is {actual}; expected {expected}',
  },
  {
    id: 'privacy/typing-preview',
    severity: 'note',
    evidence: 'observed',
    title: 'What the visitor types is sent before it is sent',
    meaning: 'A typing event of the client carries the text typed so far.',
    cure: 'Say so in the privacy notice, or send typing events without text.',
    source: '',
    sentence: 'The typing event carries the text typed so far[ ({length} characters)]',
  },
];
