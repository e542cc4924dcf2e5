/** The calls of the API as data: which method and path mean what. */
import type { Operation, OperationRole } from '../chat-protocol.ts';
import type { SourceRef } from '../declaration.ts';
import { source } from './source.ts';

export const PROTOCOL_ID = 'bright-pattern';

/** What a call is for, in the vendor's terms. */
export type OperationId =
  | 'availability'
  | 'parameters'
  | 'configuration'
  | 'request-chat'
  | 'active-chat'
  | 'poll'
  | 'post-events'
  | 'history'
  | 'upload'
  | 'download'
  | 'profile-photo'
  | 'chat-icon'
  | 'ice-servers'
  | 'request-sms'
  | 'notifications'
  | 'case-history'
  | 'close-case'
  | 'version';

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Below `…/clientweb/api/v1`; a name in braces stands for one segment. */
  readonly path: string;
  readonly operation: OperationId;
  readonly title: string;
  readonly meaning: string;
  /** Versions whose documents have it. Both are accepted: clients mix them. */
  readonly versions: readonly ('v1' | 'v2')[];
  readonly tenantUrl: 'required' | 'optional';
  /** Which bodies are JSON. */
  readonly json: readonly ('request' | 'answer')[];
  readonly source: SourceRef;
}

const both = ['v1', 'v2'] as const;
const second = ['v2'] as const;

export const calls: readonly Call[] = [
  call('GET', '/availability', 'availability', 'Check Availability', 'Whether a chat would be taken now.', {
    json: ['answer'],
  }),
  call(
    'GET',
    '/parameters',
    'parameters',
    'Get Parameters',
    'The parameters that a request for a chat may carry.',
    {
      json: ['answer'],
    },
  ),
  call('GET', '/configuration', 'configuration', 'Get Configuration', "The widget's configuration.", {
    json: ['answer'],
    tenantUrl: 'optional',
  }),
  call(
    'POST',
    '/chats',
    'request-chat',
    'Request Chat',
    'Starts a session, or gives the one that is there.',
    {
      json: ['request', 'answer'],
      source: source.requestChat,
    },
  ),
  call(
    'GET',
    '/chats/active',
    'active-chat',
    'Get Active Chat',
    'The session of this client; 404 where it has none.',
    {
      json: ['answer'],
    },
  ),
  call(
    'GET',
    '/chats/{chatId}/events',
    'poll',
    'Get New Chat Events',
    'Long poll: held for 5 to 15 s, one at a time.',
    {
      json: ['answer'],
      source: source.getEvents,
    },
  ),
  call(
    'POST',
    '/chats/{chatId}/events',
    'post-events',
    'Send Events',
    'Sends events; in v1 the answer may carry new ones.',
    {
      json: ['request', 'answer'],
      source: source.clientEvents,
    },
  ),
  call(
    'GET',
    '/chats/{chatId}/history',
    'history',
    'Get Chat History',
    'Every event of the session, of both sides.',
    {
      json: ['answer'],
    },
  ),
  call('POST', '/files', 'upload', 'Upload File', 'Stores a file of up to 25 MB, sent as multipart.', {
    json: ['answer'],
  }),
  call('GET', '/chats/{chatId}/files/{fileId}', 'download', 'Download File', 'A file of the session.', {
    tenantUrl: 'optional',
  }),
  call(
    'GET',
    '/chats/{chatId}/profilephotos/{partyId}',
    'profile-photo',
    'Get Profile Photo',
    "A party's picture.",
    {
      tenantUrl: 'optional',
    },
  ),
  call(
    'GET',
    '/chats/{chatId}/chaticon',
    'chat-icon',
    'Get Chat Icon',
    "The chat's picture, asked for by the widget.",
    {
      tenantUrl: 'optional',
      source: source.widget,
    },
  ),
  call(
    'GET',
    '/iceservers',
    'ice-servers',
    'Get ICE Servers',
    'Servers for calls; newer servers encrypt the answer.',
    {},
  ),
  call(
    'POST',
    '/requestsms',
    'request-sms',
    'Request SMS Chat Session',
    'Starts a session by SMS (3.14 to 3.18).',
    {
      versions: ['v1'],
      source: source.sms318,
    },
  ),
  call(
    'POST',
    '/chats/{chatId}/notifications',
    'notifications',
    'Subscribe to Notifications',
    'Push messages for native apps; an empty object cancels.',
    {
      versions: second,
    },
  ),
  call('GET', '/casehistory', 'case-history', 'Get Case History', 'Earlier sessions of the case.', {
    versions: second,
    json: ['answer'],
  }),
  call(
    'GET',
    '/chats/{chatId}/casehistory',
    'case-history',
    'Get Case History',
    "The same; the path that the vendor's clients use.",
    {
      versions: second,
      json: ['answer'],
      source: source.ios,
    },
  ),
  call('POST', '/closecase', 'close-case', 'Close Case', 'Closes the case of the session.', {
    versions: second,
  }),
  call(
    'POST',
    '/chats/{chatId}/closecase',
    'close-case',
    'Close Case',
    "The same; the path that the vendor's clients use.",
    {
      versions: second,
      source: source.ios,
    },
  ),
  call('GET', '/version', 'version', 'Get Version', 'The version of the server.', {
    versions: second,
    tenantUrl: 'optional',
  }),
];

/** The Android SDK builds another address for a download, beside the API: `…/clientweb/file/{fileId}`. */
export const downloadByFile = call(
  'GET',
  '/file/{fileId}',
  'download',
  'Download File',
  'A file by its id.',
  {
    tenantUrl: 'optional',
    source: source.android,
  },
);

function call(
  method: Call['method'],
  path: string,
  operation: OperationId,
  title: string,
  meaning: string,
  more: Partial<Call>,
): Call {
  const versions = more.versions ?? both;
  const from = versions.includes('v1') ? source.api1 : source.api2;
  return {
    method,
    path,
    operation,
    title,
    meaning,
    tenantUrl: 'required',
    json: [],
    source: from,
    ...more,
    versions,
  };
}

/** The call as the analysis knows it. */
export function operationOf(call: Call): Operation {
  return {
    protocol: PROTOCOL_ID,
    id: call.operation,
    role: ROLES.get(call.operation) ?? 'other',
    title: call.title,
    jsonRequest: call.json.includes('request'),
    jsonAnswer: call.json.includes('answer'),
  };
}

const ROLES: ReadonlyMap<OperationId, OperationRole> = new Map([
  ['request-chat', 'begin'],
  ['poll', 'poll'],
  ['post-events', 'send'],
  ['history', 'history'],
]);
