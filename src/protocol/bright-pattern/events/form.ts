/** Forms that the server asks for, and what the customer enters. */
import { declareEvent, type FieldDraft } from '../draft.ts';
import { channel, formName, formRequestId, partyId, timestamp } from '../field.ts';
import { source } from '../source.ts';

const data: FieldDraft = {
  name: 'data',
  type: 'object',
  format: 'json',
  sensitive: true,
  meaning: 'What the customer entered, by field of the form.',
};

export const formEvents = [
  declareEvent({
    name: 'chat_session_form_show',
    direction: 'server',
    title: 'Chat Session Form Show',
    meaning: 'Asks the client to show a form it knows and to send back what the customer enters.',
    source: source.serverEvents,
    fields: [
      formRequestId(),
      formName(),
      {
        name: 'form_timeout',
        type: 'numeric-string',
        // An older vendor client reads it as a number that may be absent.
        loose: ['empty-string', 'number'],
        presence: 'optional',
        format: 'seconds',
        meaning: 'How long the form may be answered. No document gives the unit; taken as seconds.',
      },
      timestamp('s', { presence: 'optional', source: source.api1, since: 'v1' }),
      channel({ evidence: 'observed', source: source.widget }),
    ],
  }),
  declareEvent({
    name: 'chat_session_form_data',
    direction: 'client',
    title: 'Chat Session Form Data',
    meaning: 'The answer to a form. For a form without a name the text is in data.text.',
    source: source.clientEvents,
    // A form that the vendor's widget does not know it answers at once, with a sentence that says so.
    fields: [formRequestId(), formName(), { ...data, loose: ['string'] }],
  }),
  declareEvent({
    name: 'chat_form_data_cancel',
    direction: 'client',
    title: 'Chat Form Data Cancel',
    meaning: 'The customer closed the form without an answer. Its name lacks "session".',
    evidence: 'observed',
    source: source.widget,
    fields: [formRequestId(), formName()],
  }),
  declareEvent({
    name: 'chat_session_form_submit',
    direction: 'both',
    title: 'Chat Session Form Submit',
    meaning: "A form's answer in another shape, known to the Android SDK alone.",
    evidence: 'observed',
    source: source.android,
    fields: [
      { ...data, name: 'form_data' },
      {
        name: 'req_id',
        type: 'number',
        also: ['numeric-string'],
        format: 'form-id',
        meaning: 'The request for the form.',
      },
      partyId(),
      timestamp('s'),
    ],
  }),
  declareEvent({
    name: 'chat_session_secure_form_show',
    direction: 'server',
    title: 'Chat Session Secure Form Show',
    meaning: 'Asks for a form whose answer the agent must not see.',
    source: source.api1,
    since: 'v1',
    fields: [
      formRequestId(),
      { name: 'form_id', loose: ['number'], meaning: 'The secure form to show.' },
      timestamp('s'),
    ],
  }),
  declareEvent({
    name: 'chat_session_secure_form_data',
    direction: 'client',
    title: 'Chat Session Secure Form Data',
    meaning: 'The answer to a secure form.',
    source: source.api1,
    since: 'v1',
    fields: [formRequestId(), formName(), data],
  }),
  declareEvent({
    name: 'chat_session_secure_form_cancel',
    direction: 'both',
    title: 'Chat Session Secure Form Cancel',
    meaning: 'The secure form is called off: by the customer, or (v2) by the server.',
    source: source.api2,
    since: 'v1',
    fields: [
      formRequestId(),
      formName({ evidence: 'observed', source: source.widget }),
      timestamp('s', { evidence: 'observed', source: source.widget }),
    ],
  }),
];
