/** The bodies that are no list of events: what is sent and answered around a session. */
import { isObject } from '../../text/json-object.ts';
import type { FieldDeclaration, JsonPath, SourceRef } from '../declaration.ts';
import { issue } from '../field-fault.ts';
import { jsonType } from '../schema.ts';
import type { SchemaIssue } from '../schema-issue.ts';
import { type Validator, validator } from '../validation.ts';
import type { OperationId } from './call.ts';
import { declareFields, type FieldDraft } from './draft.ts';
import { chatId, ewt, fileId, fileName, msg, msgId, state } from './field.ts';
import { source } from './source.ts';

export type BodyRole = 'request' | 'answer' | 'error';

export interface Body {
  readonly operation: OperationId;
  readonly role: 'request' | 'answer';
  readonly title: string;
  readonly fields: readonly FieldDeclaration[];
  /** False where further members are the user's own, as in a configuration. */
  readonly closed: boolean;
}

const optional = { presence: 'optional' } as const;

const phoneNumber: FieldDraft = {
  name: 'phone_number',
  ...optional,
  sensitive: true,
  meaning: 'Telephone number of the customer.',
};

const eventList = (meaning: string): FieldDraft => ({
  name: 'events',
  type: 'array',
  format: 'json',
  meaning,
});

const initialMessage: FieldDraft = {
  name: 'initial_message',
  type: 'object',
  format: 'json',
  sensitive: true,
  evidence: 'observed',
  source: source.widget,
  meaning: 'What the customer wrote before the session was there, as a message event.',
  members: [
    { name: 'event', meaning: 'chat_session_message' },
    msg('The message.', { format: 'text' }),
    msgId(),
  ],
};

export const bodies: readonly Body[] = [
  body('availability', 'answer', 'Availability', source.api1, [
    {
      name: 'chat',
      values: [
        { value: 'available', meaning: 'A chat would be taken.', evidence: 'documented' },
        { value: 'notAvailable', meaning: 'No chat is taken now.', evidence: 'documented' },
      ],
      meaning: 'Whether a chat would be taken now.',
    },
    ewt(),
  ]),
  body('parameters', 'answer', 'Parameters', source.api1, [
    { name: 'parameters', type: 'array', format: 'json', meaning: 'Name and type of each parameter.' },
  ]),
  { operation: 'configuration', role: 'answer', title: 'Configuration', fields: [], closed: false },
  body('request-chat', 'request', 'Request Chat', source.requestChat, [
    phoneNumber,
    {
      name: 'from',
      ...optional,
      sensitive: true,
      meaning: 'Address or number that the customer comes from.',
    },
    {
      name: 'parameters',
      type: 'object',
      ...optional,
      format: 'json',
      sensitive: true,
      meaning: 'What the page tells about the customer and the conversation.',
    },
    initialMessage,
  ]),
  body(
    'request-chat',
    'answer',
    'Request Chat: answer',
    source.requestChat,
    session({ presence: 'required' }),
  ),
  body('active-chat', 'answer', 'Active chat', source.api1, session(optional)),
  body('poll', 'answer', 'New events', source.getEvents, [eventList('The events since the last poll.')]),
  body('history', 'answer', 'History', source.api1, [
    eventList('Every event of the session, of both sides.'),
  ]),
  body('post-events', 'request', 'Events to send', source.clientEvents, [eventList('The events to send.')]),
  body('upload', 'answer', 'Uploaded file', source.api1, [fileId(), fileName()]),
  body('case-history', 'answer', 'Case history', source.api2, [
    {
      name: 'sessions',
      type: 'array',
      format: 'json',
      meaning: 'The sessions of the case.',
      members: [
        chatId(),
        {
          name: 'created_time',
          type: 'number',
          loose: ['numeric-string'],
          format: 'timestamp',
          unit: 's',
          meaning: 'When the session began, in Unix seconds.',
        },
        eventList('Every event of that session.'),
      ],
    },
  ]),
  body('version', 'answer', 'Version', source.api2, [
    { name: 'server_version', meaning: 'Version of the server.' },
  ]),
];

/** The body of any answer with an error status. Older documents print the code without quotes. */
export const errorBody: readonly FieldDeclaration[] = declareFields(
  [
    { name: 'error_code', also: ['number'], meaning: 'The code of the error.' },
    { name: 'error_message', ...optional, meaning: "The error in the server's words." },
  ],
  { evidence: 'documented', source: source.api1 },
);

function session(isNewChat: Pick<FieldDraft, 'presence'>): readonly FieldDraft[] {
  return [
    // The answers list states that the status event does not have.
    state(['queued', 'connected', 'ivr', 'establishing']),
    ewt(),
    chatId(),
    {
      name: 'is_new_chat',
      type: 'boolean',
      // The v1 documents print it as a string.
      also: ['string'],
      ...isNewChat,
      meaning: 'False: the session was there before, and its history is to be fetched.',
    },
    phoneNumber,
  ];
}

function body(
  operation: OperationId,
  role: Body['role'],
  title: string,
  from: SourceRef,
  fields: readonly FieldDraft[],
): Body {
  const declared = declareFields(fields, { evidence: 'documented', source: from });
  return { operation, role, title, fields: declared, closed: true };
}

/** Declared fields of a body; null where nothing is declared. */
export function bodyFields(operation: string, role: BodyRole): readonly FieldDeclaration[] | null {
  if (role === 'error') return errorBody;
  return bodies.find((each) => each.operation === operation && each.role === role)?.fields ?? null;
}

const validators = new Map<string, Validator>(
  bodies
    .filter((each) => each.closed)
    .map((each) => [`${each.operation} ${each.role}`, validator(each.fields)]),
);
const errorValidator = validator(errorBody);

/**
 * Faults of a body. An answer with an `error_code` is judged as an error. Of a list of events only the envelope is
 * looked at: the events themselves have their own declarations.
 */
export function bodyIssues(
  operation: string,
  role: 'request' | 'answer',
  value: unknown,
): readonly SchemaIssue[] {
  const envelope = operation === 'poll' || operation === 'history' || operation === 'post-events';
  if (role === 'answer' && isObject(value) && Object.hasOwn(value, 'error_code'))
    return checked(errorValidator, value);
  if (envelope) return envelopeIssues(role, value);
  const found = validators.get(`${operation} ${role}`);
  if (!found) return [];
  if (isObject(value)) return checked(found, value);
  return [
    issue('schema/wrong-type', 'error', 'documented', [], {
      field: 'body',
      expected: 'object',
      actual: jsonType(value),
    }),
  ];
}

function checked(by: Validator, value: Readonly<Record<string, unknown>>): readonly SchemaIssue[] {
  const issues: SchemaIssue[] = [];
  by.check(value, issues);
  return issues;
}

/** `events` as an object is sent by pages that swapped array and object, even inside an array: `[{"events":{…}}]`. */
function envelopeIssues(role: 'request' | 'answer', value: unknown): readonly SchemaIssue[] {
  if (isObject(value) && Array.isArray(value.events)) return [];
  if (role === 'request') return [postedEnvelopeIssue(value)];
  const params = {
    field: 'events',
    expected: 'array',
    actual: jsonType(isObject(value) ? value.events : value),
  };
  return [issue('schema/bad-envelope', 'error', 'documented', isObject(value) ? ['events'] : [], params)];
}

function postedEnvelopeIssue(value: unknown): SchemaIssue {
  const [carrier, place]: [unknown, JsonPath] = Array.isArray(value) ? [value[0], [0]] : [value, []];
  const events = isObject(carrier) ? carrier.events : undefined;
  const at = (rule: string, path: JsonPath, actual: string) =>
    issue(rule, 'error', 'documented', path, { field: 'events', expected: 'array', actual });
  if (isObject(events)) return at('client/wrong-key', [...place, 'events'], 'object');
  if (!isObject(value)) return at('schema/wrong-type', [], jsonType(value));
  return events === undefined
    ? at('schema/missing-field', ['events'], 'absent')
    : at('schema/wrong-type', ['events'], jsonType(events));
}
