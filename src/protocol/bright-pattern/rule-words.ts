/** The rules in the words of the API: its names, and where its documents and clients say so. */
import type { RuleWords } from '../rule.ts';

export const ruleWords: readonly RuleWords[] = [
  {
    id: 'schema/empty-answer',
    meaning:
      "A poll's answer has status 200 and no body. The vendor's widget cannot read it and does not poll again for 13 seconds. An empty answer to a POST is normal.",
    cure: 'Answer a poll without news with {"events":[]}.',
    source: "Vendor's web widget at work",
    sentence: "The poll was answered with an empty body; the vendor's widget stalls on it",
  },
  {
    id: 'schema/bad-envelope',
    meaning:
      'The answer to a poll or a history request has no array under "events". A lone event or a bare array is read for its events all the same. A customer\'s own relay may send either: no finding.',
    cure: 'Put the events into {"events":[…]}.',
    source: 'API specification: Get New Chat Events, Get Chat History',
    sentence: 'Expected {expected} under "events", but it is {actual}',
  },
  {
    id: 'schema/not-an-event',
    meaning: 'An element of the events is no object, or has no string under "event".',
    cure: 'Send objects that name themselves in "event".',
    source: 'API specification: Server Events, Client Events',
  },
  {
    id: 'schema/missing-field',
    source: 'API specification: Server Events, Client Events',
  },
  {
    id: 'schema/wrong-type',
    source: 'API specification: Server Events, Client Events',
  },
  {
    id: 'schema/bad-value',
    source: 'API specification: Server Events',
  },
  {
    id: 'schema/invalid-json',
    source: 'API specification: the calls and their bodies',
  },
  {
    id: 'schema/undocumented-value',
    meaning: 'The value is known on the wire and not in the documents, such as the state "ivr".',
  },
  {
    id: 'schema/loose-type',
    meaning:
      'Known on the wire and harmless: a number for a numeric string, an empty or missing "ewt", "session_id" for "party_id" in a file event.',
  },
  {
    id: 'schema/documented-typo',
    meaning:
      'The documents print chat_session_inactvity_timeout in one place. It is read as chat_session_inactivity_timeout, the only spelling that clients know.',
    source: 'API specification: Server Events',
  },
  {
    id: 'schema/timestamp-unit',
    meaning: 'Every published sample of real traffic has ten digits: seconds.',
    source: "Vendor's clients and published samples",
  },
  {
    id: 'lifecycle/after-end',
    meaning:
      'A server event, or a message, form or file of the client, after the session had ended. A warning after "completed". chat_session_ended after another end is fine, and so are what /history replays and the typing, disconnect, end and signaling events that clients send late.',
    source: 'API specification: Server Events (failed, ended, inactivity timeout)',
  },
  {
    id: 'lifecycle/unknown-party',
    meaning:
      'Left, typing or not typing of a party without a join. Not said of the customer, of parties that acted before the first agent joined, nor of a scenario that leaves.',
    cure: 'Check the party_id, and whether the join was lost.',
  },
  {
    id: 'lifecycle/typing-unfinished',
    meaning:
      "Neither not_typing, a message, the party's leaving nor the session's end closes it within 60 seconds, or by the end of the trace.",
  },
  {
    id: 'lifecycle/form-unanswered',
    meaning:
      'Neither data nor a cancellation came before its form_timeout (read as seconds) was over or the session ended.',
    cure: 'Check that the client knows this kind of form and sends chat_session_form_data with the form_request_id.',
  },
  {
    id: 'lifecycle/form-unrequested',
    meaning: 'No form show had this form_request_id.',
    cure: 'Send back the form_request_id of the form show.',
    sentence: 'No form with the form_request_id {form} was asked for',
  },
  {
    id: 'order/redelivered',
    meaning:
      'The same event came again in a later answer or frame: same name, msg_id and content; without msg_id, all bytes with the timestamp. Status, ended and typing without a timestamp never count, nor what /history replays.',
    source: "Vendor's Android SDK, change log 2.0.0",
    sentence: '{event}[ with msg_id {id}] was delivered before',
  },
  {
    id: 'order/id-reused',
    meaning:
      'Two messages of one session and direction have one msg_id and different texts. Edits, files, signaling and the echo of an own message do not count.',
    source: 'API specification: msg_id is unique',
    sentence: 'msg_id {id} was used for another text before',
  },
  {
    id: 'order/time-backwards',
    source: 'API specification: timestamps restore the order of messages',
  },
  {
    id: 'transport/overlapping-polls',
    source: 'API specification: Get New Chat Events',
  },
  {
    id: 'transport/error',
    meaning:
      'The server answered with an error. A 5005 after the end of its session is a note; 404 of /chats/active, and of /history for a session that was not seen alive, is ordinary.',
    source: 'API specification: error codes',
    sentence: 'Error answer {status}[, code {code}][: {meaning}]',
  },
  {
    id: 'transport/poll-after-end',
    cure: 'Stop polling at chat_session_ended, the inactivity timeout, the states failed and completed, and error 5005.',
    source: 'API specification: Server Events',
  },
  {
    id: 'transport/poll-aborted',
    cure: 'Give polls more time than the server holds them (5 to 15 s).',
    source: "Vendor's web widget",
  },
  {
    id: 'client/wrong-key',
    meaning:
      'message_id for msg_id, partyId for party_id, or "events" as an object instead of an array. Stands for the missing and the unknown field at its place.',
    source: 'API specification: Client Events',
  },
  {
    id: 'client/bad-authorization',
    title: 'Authorization or tenantUrl is not as documented',
    meaning:
      'The Authorization header is there and not of the documented form, or lacks appId or clientId; or tenantUrl is missing where the documents ask for it. Quoted and unquoted values are both fine. A header that the file does not have is no fault.',
    cure: 'Send Authorization: MOBILE-API-140-327-PLAIN appId="…", clientId="…" and ?tenantUrl=….',
    source: 'API specification: General Information',
  },
  {
    id: 'privacy/typing-preview',
    source: "Vendor's web widget",
  },
];
