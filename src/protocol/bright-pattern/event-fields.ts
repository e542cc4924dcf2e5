/** How the fields of an event are read, whichever of its names a server or client gives them. */
import { idOf, type JsonObject, textField, textOf } from '../../text/json-object.ts';
import type { EventFields, FieldPaths, Role } from '../event-type.ts';
import { partyKinds } from './party-kind.ts';

/** Fields of events of a role: in two of them other names are known. */
export function fieldsOf(role: Role): EventFields {
  if (role === 'file') return fileFields;
  return role === 'form-show' ? formFields : fields;
}

export const paths: FieldPaths = {
  type: ['event'],
  state: ['state'],
  party: ['party_id'],
  messageId: ['msg_id'],
  timestamp: ['timestamp'],
  formId: ['form_request_id'],
};

function fieldsWith(otherParty: 'session_id' | null, otherForm: 'form_id' | 'req_id'): EventFields {
  return {
    party: (event) => idOf(event.party_id) ?? (otherParty === null ? null : idOf(event[otherParty])),
    author: (event) => idOf(event.party_id) ?? idOf(event.session_id),
    chatId: (event) => idOf(event.chat_id) ?? idOf(event.chatId),
    messageId: (event) => idOf(event.msg_id),
    // The vendor's own samples name the message by msg_id at times.
    messageReference: (event) => idOf(event.ref_msg_id) ?? idOf(event.msg_id),
    timestamp: (event) => event.timestamp,
    content: (event) => event.msg,
    text: (event) => textOf(event.msg_text) ?? textOf(event.msg) ?? '',
    fileTitle: (event) => textOf(event.file_name) ?? textOf(event.file_url) ?? textOf(event.file_id) ?? '',
    fileType: (event) => textOf(event.file_type),
    fileUrl: (event) => textOf(event.file_url),
    formId: (event) => idOf(event.form_request_id),
    formReference: (event) => idOf(event.form_request_id) ?? idOf(event[otherForm]),
    formName: (event) => textOf(event.form_name),
    formSeconds: (event) => textOf(event.form_timeout),
    // The widget says in one sentence that it does not know the form; the visitor's answer may follow.
    answersForm: (event) => typeof event.data !== 'string',
    partyKind: (event) =>
      typeof event.type === 'string' && partyKinds.words.has(event.type) ? event.type : null,
    partyName: (event) => textOf(event.display_name) ?? wholeName(event),
  };
}

export const fields = fieldsWith(null, 'req_id');
/** Older servers wrote the session's id for the party's. */
const fileFields = fieldsWith('session_id', 'req_id');
const formFields = fieldsWith(null, 'form_id');

function wholeName(event: JsonObject): string {
  return [textField(event, 'first_name'), textField(event, 'last_name')].filter(Boolean).join(' ');
}
