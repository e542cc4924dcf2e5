/** Builds traces for tests, one exchange or frame after the other, as a page would make them. */
import type { Observation, Payload } from '../../observation/observation.ts';
import type { Analysis, Finding } from '../api/analysis.ts';
import { createAnalysis } from '../create-analysis.ts';

export const CHAT = 'd6c1adc2-385b-42e5-9e0a-1883c2bc5f81';
export const AGENT = '80A8248D-69D7-4DA2-8074-6139AA191D7E';
export const BOT = '7215D0DA-D272-499C-9CF3-9F1A322F42CB';
export const START = 1_614_718_748_000;

type Json = unknown;
type Distributed<Kind> = Kind extends Observation
  ? Omit<Kind, 'documentId' | 'frame' | 'seq' | 'wallTime' | 'monotonicTime' | 'source'>
  : never;
type Body = Distributed<Observation>;

export class TraceBuilder {
  readonly observations: Observation[] = [];
  documentId = 'document-1';
  frame = 0;
  #seq = -1;
  #now = START;

  get now(): number {
    return this.#now;
  }

  wait(milliseconds: number): this {
    this.#now += milliseconds;
    return this;
  }

  /** Adds an observation 5 ms after the last one; gives its seq. */
  add(body: Body): number {
    this.#seq += 1;
    this.#now += 5;
    this.observations.push({
      documentId: this.documentId,
      frame: this.frame,
      seq: this.#seq,
      wallTime: this.#now,
      monotonicTime: this.#now - START,
      source: 'hook',
      ...body,
    });
    return this.#seq;
  }

  request(
    method: string,
    path: string,
    options: {
      body?: Json;
      raw?: string;
      authorization?: string;
      transport?: 'xhr' | 'fetch' | 'eventsource';
    } = {},
  ): number {
    const body = options.raw ?? (options.body === undefined ? null : JSON.stringify(options.body));
    return this.add({
      kind: 'request',
      transport: options.transport ?? 'xhr',
      method,
      url: path.startsWith('https:') ? path : apiUrl(path),
      headers: options.authorization === undefined ? [] : [['Authorization', options.authorization]],
      body: body === null ? null : text(body),
    });
  }

  answer(of: number, body: Json, status = 200): this {
    return this.answerText(of, JSON.stringify(body), status);
  }

  answerText(of: number, body: string, status = 200, type = 'application/json'): this {
    this.head(of, status, type);
    this.add({ kind: 'body', of, role: 'answer', payload: text(body) });
    this.add({ kind: 'end', of });
    return this;
  }

  head(of: number, status: number, type: string): this {
    this.add({ kind: 'response', of, status, statusText: '', headers: [['Content-Type', type]], url: '' });
    return this;
  }

  requestChat(state = 'queued', chatId = CHAT): this {
    const of = this.request('POST', 'chats', { body: { parameters: {} } });
    return this.answer(of, { chat_id: chatId, ewt: '10', is_new_chat: true, state });
  }

  poll(events: readonly Json[], chatId = CHAT): this {
    const of = this.request('GET', `chats/${chatId}/events`);
    return this.answer(of, { events });
  }

  post(events: readonly Json[], chatId = CHAT): this {
    const of = this.request('POST', `chats/${chatId}/events`, { body: { events } });
    return this.answerText(of, '');
  }

  history(events: readonly Json[], chatId = CHAT): this {
    const of = this.request('GET', `chats/${chatId}/history`);
    return this.answer(of, { events });
  }

  socket(url = 'wss://relay.example/rt'): number {
    const of = this.#seq + 1;
    this.add({ kind: 'socket-open', of, phase: 'connecting', url, protocols: [] });
    this.add({ kind: 'socket-open', of, phase: 'open', url, protocols: [] });
    return of;
  }

  frameIn(of: number, value: Json): this {
    this.add({ kind: 'frame', of, direction: 'in', payload: text(JSON.stringify(value)) });
    return this;
  }

  frameOut(of: number, value: Json): this {
    this.add({ kind: 'frame', of, direction: 'out', payload: text(JSON.stringify(value)) });
    return this;
  }

  analyse(): Analysis {
    const analysis = createAnalysis();
    analysis.add(this.observations);
    analysis.end();
    return analysis;
  }

  findings(rule: string): readonly Finding[] {
    return this.analyse()
      .findings()
      .filter((finding) => finding.rule === rule);
  }

  /** Rules of errors and warnings, in order. */
  problems(): string[] {
    return this.analyse()
      .findings('warning')
      .map((finding) => finding.rule);
  }
}

export const trace = (): TraceBuilder => new TraceBuilder();

export function text(data: string): Payload {
  return { encoding: 'text', data, size: data.length, truncated: false };
}

export const apiUrl = (path: string): string =>
  `https://chat.example/clientweb/api/v1/${path}?tenantUrl=chat.example`;

let ordinal = 0;

export function message(more: Record<string, unknown> = {}): Record<string, unknown> {
  ordinal += 2;
  return {
    event: 'chat_session_message',
    msg: `message ${ordinal}`,
    msg_id: String(ordinal),
    party_id: BOT,
    timestamp: seconds(0),
    ...more,
  };
}

export const ownMessage = (more: Record<string, unknown> = {}): Record<string, unknown> => {
  ordinal += 2;
  return { event: 'chat_session_message', msg: `own ${ordinal}`, msg_id: String(ordinal + 1), ...more };
};

export const status = (state: string): Record<string, unknown> => ({
  event: 'chat_session_status',
  ewt: '10',
  state,
});

export const joined = (party = AGENT, type = 'internal', at = 0): Record<string, unknown> => ({
  event: 'chat_session_party_joined',
  display_name: 'Dana Sample',
  first_name: 'Dana',
  last_name: 'Sample',
  party_id: party,
  timestamp: seconds(at),
  type,
});

export const left = (party = AGENT, at = 0): Record<string, unknown> => ({
  event: 'chat_session_party_left',
  party_id: party,
  timestamp: seconds(at),
});

export const typing = (party = AGENT, at = 0): Record<string, unknown> => ({
  event: 'chat_session_typing',
  party_id: party,
  timestamp: seconds(at),
});

export const notTyping = (party = AGENT, at = 0): Record<string, unknown> => ({
  event: 'chat_session_not_typing',
  party_id: party,
  timestamp: seconds(at),
});

export const form = (id = '7', timeout = '30'): Record<string, unknown> => ({
  event: 'chat_session_form_show',
  form_name: 'survey',
  form_request_id: id,
  form_timeout: timeout,
  timestamp: seconds(0),
});

export const formData = (id = '7'): Record<string, unknown> => ({
  event: 'chat_session_form_data',
  data: { text: 'fine' },
  form_name: 'survey',
  form_request_id: id,
});

export const ended = { event: 'chat_session_ended' };

export const inactivity = (name = 'chat_session_inactivity_timeout'): Record<string, unknown> => ({
  event: name,
  msg: 'bye',
  timestamp: seconds(0),
});

/** A wire timestamp: seconds in a string, `at` seconds after the start. */
export const seconds = (at: number): string => String(START / 1000 + at);
