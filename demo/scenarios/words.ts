import type { EventsStep, Json, RawStep, Template, VisitorStep } from '../script.ts';

/** Short ways of writing the steps that most scenarios share. Agents are invented. */

const PEOPLE: Readonly<Record<string, readonly [first: string, last: string]>> = {
  maren: ['Maren', 'Holt'],
  teo: ['Teo', 'Brandt'],
};

/** Server events that are sent together. */
export function server(...events: readonly Template[]): EventsStep {
  return { by: 'server', kind: 'events', events };
}

export function status(state: string, ewt = ''): Template {
  return { event: 'chat_session_status', ewt, state };
}

export function joined(name: string, type = 'internal'): Template {
  const [first, last] = PEOPLE[name] ?? [name, ''];
  return {
    event: 'chat_session_party_joined',
    display_name: `${first} ${last}`.trim(),
    first_name: first,
    last_name: last,
    party_id: `@party:${name}`,
    timestamp: '@now',
    type,
  };
}

export function left(name: string): Template {
  return {
    event: 'chat_session_party_left',
    party_id: `@party:${name}`,
    timestamp: '@now',
    type: 'internal',
  };
}

export function says(name: string, msg: string): Template {
  return {
    event: 'chat_session_message',
    channel: 'web',
    msg,
    msg_id: '@id',
    party_id: `@party:${name}`,
    timestamp: '@now',
  };
}

/** Without a timestamp, as first documented: with one, two within a second would be the same to the byte. */
export function typing(name: string): Template {
  return { event: 'chat_session_typing', party_id: `@party:${name}` };
}

export function notTyping(name: string): Template {
  return { event: 'chat_session_not_typing', party_id: `@party:${name}` };
}

export function formShown(id: string, name: string): Template {
  return {
    event: 'chat_session_form_show',
    form_name: name,
    form_request_id: id,
    form_timeout: '120',
    timestamp: '@now',
  };
}

export function fileFrom(name: string, fileName: string, type: 'image' | 'attachment'): Template {
  return {
    event: 'chat_session_file',
    file_id: `@file:${fileName}`,
    file_name: fileName,
    file_type: type,
    msg_id: '@id',
    party_id: `@party:${name}`,
    timestamp: '@now',
  };
}

export function signalFrom(name: string, data: { readonly [key: string]: Json }): Template {
  return { event: 'chat_session_signaling', data, msg_id: '@id', party_id: `@party:${name}` };
}

export const timeoutWarning: Template = {
  event: 'chat_session_timeout_warning',
  msg: 'Are you still there? This chat will close soon.',
  timestamp: '@now',
};

export const inactivityTimeout: Template = {
  event: 'chat_session_inactivity_timeout',
  msg: 'The chat was closed because nothing was said for a while.',
  timestamp: '@now',
};

export const html = 'text/html; charset=utf-8';

/** A body, frame or stream event as it stands. */
export function raw(text: string | (() => string), contentType = 'application/json; charset=UTF-8'): RawStep {
  return {
    by: 'server',
    kind: 'raw',
    text: typeof text === 'string' ? () => text : text,
    contentType,
    status: 200,
  };
}

export const ended: Template = { event: 'chat_session_ended' };

/** The visitor sends events; the script goes on when the last of them has come. */
export function visitor(...events: readonly Template[]): VisitorStep {
  const last = events.at(-1)?.event ?? null;
  return { by: 'visitor', action: { do: 'send', events }, awaits: last, answeredBy: [] };
}

/** As `visitor`, and the server says something to it at once. */
export function answered(step: VisitorStep, ...answeredBy: readonly Template[]): VisitorStep {
  return { ...step, answeredBy };
}

/** The visitor opens the page: the first thing every chat sends. */
export const arrives: VisitorStep = {
  by: 'visitor',
  action: { do: 'send', events: [{ event: 'chat_session_navigation', page: '@page', title: '@title' }] },
  awaits: 'chat_session_navigation',
  answeredBy: [],
};

/** The visitor types a message, with a preview of what is typed so far, and sends it. */
export function visitorSays(msg: string): readonly VisitorStep[] {
  const preview = msg.slice(0, Math.ceil(msg.length / 2));
  return [
    { ...visitor({ event: 'chat_session_typing', msg: preview }), awaits: null },
    visitor({ event: 'chat_session_message', msg }),
    visitor({ event: 'chat_session_not_typing' }),
  ];
}

export function signal(data: { readonly [key: string]: Json }): VisitorStep {
  return { by: 'visitor', action: { do: 'signal', data }, awaits: 'chat_session_signaling', answeredBy: [] };
}

/** The visitor answers the form that was shown last. */
export function visitorAnswersForm(data: { readonly [field: string]: string }): VisitorStep {
  return {
    by: 'visitor',
    action: { do: 'answer-form', data },
    awaits: 'chat_session_form_data',
    answeredBy: [],
  };
}

export function visitorUploads(name: string, type: string, content: string): VisitorStep {
  return {
    by: 'visitor',
    action: { do: 'upload', name, type, content },
    awaits: 'chat_session_file',
    answeredBy: [],
  };
}

/** The way to a chat with an agent, as every conversation begins. */
export const connectsTo = (name: string): readonly (EventsStep | VisitorStep)[] => [
  arrives,
  server(status('queued', '120')),
  server(says('greeter', 'Please wait for the next available agent')),
  server(status('connecting')),
  server(status('connected')),
  server(joined(name)),
];
