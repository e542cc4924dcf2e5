/** What the page sends. The protocol's declarations judge the keys and the header; see `validateEvent`, `validateRequest`. */
import type { RuleDeclaration } from './rule.ts';

export const clientRules: readonly RuleDeclaration[] = [
  {
    id: 'client/wrong-key',
    severity: 'error',
    evidence: 'documented',
    title: 'A key that only looks right',
    meaning:
      'message_id for msg_id, partyId for party_id, or "events" as an object instead of an array. Stands for the missing and the unknown field at its place.',
    cure: 'Use the documented key.',
    source: 'API specification: Client Events',
    sentence: 'Key "{field}" should be {expected}[, not {actual}]',
  },
  {
    id: 'client/bad-authorization',
    severity: 'error',
    evidence: 'documented',
    title: 'Authorization or tenantUrl is not as documented',
    meaning:
      'The Authorization header is there and not of the documented form, or lacks appId or clientId; or tenantUrl is missing where the documents ask for it. Quoted and unquoted values are both fine. A header that the file does not have is no fault.',
    cure: 'Send Authorization: MOBILE-API-140-327-PLAIN appId="…", clientId="…" and ?tenantUrl=….',
    source: 'API specification: General Information',
    sentence: '{field} is {actual}; expected {expected}',
  },
  {
    id: 'privacy/typing-preview',
    severity: 'note',
    evidence: 'observed',
    title: 'What the visitor types is sent before it is sent',
    meaning: 'A typing event of the client carries the text typed so far.',
    cure: 'Say so in the privacy notice, or send typing events without text.',
    source: "Vendor's web widget",
    sentence: 'The typing event carries the text typed so far[ ({length} characters)]',
  },
];
