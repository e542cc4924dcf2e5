/** Calls by voice and video: WebRTC signaling carried by the chat. */
import type { EnumValue } from '../../declaration.ts';
import { declareEvent, type FieldDraft } from '../draft.ts';
import { msgId, partyId } from '../field.ts';
import { source } from '../source.ts';

const SIGNALS: readonly EnumValue[] = [
  { value: 'REQUEST_CALL', meaning: 'Asks the other side to offer a call.', evidence: 'documented' },
  { value: 'CALL_REJECTED', meaning: 'The call is declined.', evidence: 'documented' },
  { value: 'OFFER_CALL', meaning: 'Offers a call with a session description.', evidence: 'documented' },
  { value: 'ANSWER_CALL', meaning: 'Accepts with a session description.', evidence: 'documented' },
  { value: 'ICE_CANDIDATE', meaning: 'A network path to try.', evidence: 'documented' },
  { value: 'END_CALL', meaning: 'The call is over.', evidence: 'documented' },
  { value: 'REQUEST_PHONE_CALL', meaning: 'Asks for a call by telephone.', evidence: 'observed' },
  { value: 'REQUEST_SMS', meaning: 'Asks for a conversation by SMS.', evidence: 'observed' },
];

const member = (name: string, meaning: string, more: Partial<FieldDraft> = {}): FieldDraft => ({
  name,
  presence: 'optional',
  meaning,
  ...more,
});

const data: FieldDraft = {
  name: 'data',
  type: 'object',
  // The documents print a placeholder in quotes; their list of signals and every client have an object.
  loose: ['string'],
  format: 'json',
  sensitive: true,
  source: source.api1,
  meaning: 'The signal.',
  members: [
    { name: 'type', values: SIGNALS, meaning: 'What the signal says.' },
    member('offerVideo', 'Whether video is offered.', {
      loose: ['boolean'],
      values: [
        { value: 'true', meaning: 'With video.', evidence: 'documented' },
        { value: 'false', meaning: 'Voice only.', evidence: 'documented' },
      ],
    }),
    member('reason_code', 'Why it is declined, as a code.', { loose: ['number'] }),
    member('reason', 'Why it is declined, in words.'),
    member('sdp', 'The session description.', {
      also: ['object'],
      sensitive: true,
      volatile: true,
      format: 'json',
    }),
    member('sdpMid', 'The media section of a candidate.'),
    member('sdpMLineIndex', 'The index of that media section.', { type: 'numeric-string', also: ['number'] }),
    member('candidate', 'The candidate; holds network addresses.', {
      also: ['object'],
      sensitive: true,
      volatile: true,
    }),
    member('number', 'The telephone number.', {
      sensitive: true,
      evidence: 'observed',
      source: source.widget315,
    }),
  ],
};

export const signalingEvents = [
  declareEvent({
    name: 'chat_session_signaling',
    direction: 'server',
    title: 'Chat Session Signaling',
    meaning: 'A signal of the other side. Not kept in the history, say the documents.',
    source: source.serverEvents,
    // The party is in the documents up to 5.19 and no longer in those of v1 and v2.
    fields: [msgId(), partyId({ presence: 'optional', until: '5.19' }), data],
  }),
  declareEvent({
    name: 'chat_session_signaling',
    direction: 'client',
    title: 'Chat Session Signaling',
    meaning: 'A signal of the customer to one party.',
    source: source.clientEvents,
    fields: [
      msgId(),
      { name: 'destination_party_id', format: 'party', meaning: 'The party that the signal is for.' },
      data,
    ],
  }),
];
