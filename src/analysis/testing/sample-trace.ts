/** A made-up trace with everything a view must cope with: four transports, three sessions, defects, loss, hostile text. */
import type { Observation, Payload } from '../../observation/observation.ts';

const START = Date.UTC(2026, 10, 23, 9, 41, 7);
const AGENT = '80A8248D-69D7-4DA2-8074-6139AA191D7E';
const SECOND_AGENT = 'FA713225-A136-4EE4-AF5A-467019A84D67';
const BOT = '7215D0DA-D272-499C-9CF3-9F1A322F42CB';

type Draft = Observation extends infer One
  ? One extends Observation
    ? Omit<One, 'documentId' | 'frame' | 'seq' | 'wallTime' | 'monotonicTime' | 'source'>
    : never
  : never;

/** One document's observations, made one after the other. */
class DocumentTrace {
  readonly observations: Observation[] = [];
  readonly #id: string;
  #elapsed = 0;

  constructor(id: string) {
    this.#id = id.padEnd(32, '0');
  }

  wait(ms: number): this {
    this.#elapsed += ms;
    return this;
  }

  get seconds(): string {
    return String(Math.floor((START + this.#elapsed) / 1000));
  }

  add(draft: Draft): number {
    const seq = this.observations.length;
    const common = {
      documentId: this.#id,
      frame: 3,
      seq,
      wallTime: START + this.#elapsed,
      monotonicTime: this.#elapsed,
      source: 'hook' as const,
    };
    const whole = 'of' in draft && Number.isNaN(draft.of) ? { ...draft, of: seq } : draft;
    this.observations.push({ ...whole, ...common });
    this.#elapsed += 37;
    return seq;
  }

  exchange(
    method: string,
    url: string,
    sent: unknown,
    status: number,
    answer: unknown,
    transport: 'xhr' | 'fetch' = 'xhr',
  ): void {
    const of = this.add({
      kind: 'request',
      transport,
      method,
      url,
      headers: [
        ['Authorization', 'MOBILE-API-140-327-PLAIN appId="•••", clientId="WebChat"'],
        ['Content-Type', 'application/json; charset=UTF-8'],
      ],
      body: sent === null ? null : text(sent),
    });
    this.wait(method === 'GET' ? 2400 : 90);
    this.add({
      kind: 'response',
      of,
      status,
      statusText: status === 200 ? 'OK' : 'Bad Request',
      headers: [['content-type', 'application/json']],
      url,
    });
    this.add({ kind: 'body', of, role: 'answer', payload: text(answer) });
    this.add({ kind: 'end', of });
  }
}

function text(value: unknown): Payload {
  const data = typeof value === 'string' ? value : JSON.stringify(value);
  return { encoding: 'text', data, size: data.length, truncated: false };
}

const BASE = 'https://chat.example.com/clientweb/api/v2';

export function sampleTrace(): readonly Observation[] {
  return [...widget().observations, ...relay().observations];
}

function widget(): DocumentTrace {
  const page = new DocumentTrace('a1');
  const chat = 'd6c1adc2-385b-42e5-9e0a-1883c2bc5f81';
  const tenant = '?tenantUrl=shop.example.com';
  const poll = (...events: unknown[]) =>
    page.exchange('GET', `${BASE}/chats/${chat}/events${tenant}`, null, 200, { events });
  const post = (...events: unknown[]) =>
    page.exchange('POST', `${BASE}/chats/${chat}/events${tenant}`, { events }, 200, '');
  const joined = (party_id: string, first_name: string, last_name: string) => ({
    display_name: `${first_name} ${last_name}`,
    event: 'chat_session_party_joined',
    first_name,
    last_name,
    party_id,
    timestamp: page.seconds,
    type: 'internal',
  });
  const message = (party_id: string, msg_id: string, msg: string) => ({
    event: 'chat_session_message',
    msg,
    msg_id,
    party_id,
    timestamp: page.seconds,
  });

  page.add({
    kind: 'document',
    phase: 'start',
    url: 'https://shop.example.com/help/contact?ref=footer',
    origin: 'https://shop.example.com',
    top: true,
  });
  page.exchange('GET', `${BASE}/availability${tenant}`, null, 200, { chat: 'available', ewt: '3' });
  page.exchange(
    'POST',
    `${BASE}/chats${tenant}`,
    { phone_number: '', from: '', parameters: { FIRST_NAME: 'Aiden' } },
    200,
    {
      chat_id: chat,
      ewt: '130',
      is_new_chat: true,
      phone_number: '',
      state: 'queued',
    },
  );
  poll(
    { event: 'chat_session_status', ewt: '130', state: 'queued' },
    message(BOT, '0', 'Please wait for the next available agent'),
  );
  poll({ event: 'chat_session_status', ewt: '', state: 'connecting' });
  poll({ event: 'chat_session_status', state: 'connected', ewt: '0' }, joined(AGENT, 'Dana', 'Sample'));
  post({ event: 'chat_session_typing', msg: 'Hello, my or' });
  post({
    event: 'chat_session_message',
    msg: 'Hello, my order 4711 has not arrived 📦 <b>help</b>',
    msg_id: '1',
  });
  poll({ event: 'chat_session_typing', party_id: AGENT, timestamp: page.seconds });
  poll(
    message(
      AGENT,
      '2',
      'Hi Aiden, let me look <img src=x onerror=alert(1)> that up for you. It may take a minute, since the warehouse system is slow today and I must open three of them to be sure about it.',
    ),
  );
  poll({
    event: 'chat_session_form_show',
    form_request_id: '77',
    form_name: 'order',
    form_timeout: '120',
    timestamp: page.seconds,
  });
  post({
    event: 'chat_session_form_data',
    form_request_id: '77',
    form_name: 'order',
    data: { order: '4711', nested: { a: { b: { c: [1, 2, { d: null }] } } } },
  });
  poll({ event: 'chat_session_message', msg: 'I found it.', msg_id: '4', timestamp: 'yesterday' });
  poll({
    event: 'chat_session_message',
    msg: 'The parcel is in Leeds.',
    msg_id: 6,
    party_id: AGENT,
    timestamp: page.seconds,
    colour: 'blue',
  });
  page.exchange('GET', `${BASE}/chats/${chat}/events${tenant}`, null, 400, {
    error_code: '5509',
    error_message: 'Too many concurrent poll requests for the same session',
  });
  poll({
    event: 'chat_session_file',
    file_id: '6fdadd52-df9e-44bb-af08-6e4cb3b7eb81',
    file_name: 'label.pdf',
    file_type: 'attachment',
    msg_id: '8',
    party_id: AGENT,
    timestamp: page.seconds,
  });
  page.exchange(
    'GET',
    `${BASE}/chats/${chat}/events${tenant}`,
    null,
    200,
    '<html><body><h1>502 Bad Gateway</h1></body></html>',
  );
  poll(
    { event: 'chat_session_status', state: 'queued', ewt: '' },
    { event: 'chat_session_party_left', party_id: AGENT, timestamp: page.seconds },
  );
  poll(
    { event: 'chat_session_status', state: 'connected', ewt: '' },
    joined(SECOND_AGENT, 'Robin', 'Example'),
  );
  poll({ event: 'chat_session_status', state: 'connecting', ewt: '' });
  poll({ event: 'chat_session_mesage', msg: 'typo', party_id: SECOND_AGENT, timestamp: page.seconds });
  poll({
    event: 'chat_session_signaling',
    msg_id: '12',
    party_id: SECOND_AGENT,
    data: {
      type: 'OFFER_CALL',
      offerVideo: 'true',
      sdp: `v=0\r\n${'a=rtpmap:111 opus/48000/2\r\n'.repeat(40)}`,
    },
  });
  page.add({ kind: 'gap', from: 900, to: 903, count: 4, reason: 'ring' });
  page.add({
    kind: 'page-error',
    message: 'TypeError: events is not iterable',
    url: 'https://shop.example.com/chat.js',
    line: 120,
    column: 9,
    during: null,
  });
  poll({ event: 'chat_session_ended' });
  poll(message(SECOND_AGENT, '14', 'One more thing …'));
  return page;
}

function relay(): DocumentTrace {
  const page = new DocumentTrace('b2');
  page.wait(21_000);
  const of = page.add({
    kind: 'socket-open',
    of: Number.NaN,
    phase: 'connecting',
    url: 'wss://relay.example.com/rt',
    protocols: [],
  });
  page.add({ kind: 'socket-open', of, phase: 'open', url: 'wss://relay.example.com/rt', protocols: [''] });
  const frame = (direction: 'in' | 'out', value: unknown) =>
    page.add({ kind: 'frame', of, direction, payload: text(value) });
  frame('in', { event: 'chat_session_status', state: 'ivr', ewt: '12' });
  frame('in', {
    event: 'chat_session_party_joined',
    party_id: BOT,
    first_name: 'Order',
    last_name: 'Bot',
    display_name: 'Order Bot',
    type: 'external',
    timestamp: page.seconds,
  });
  for (let turn = 1; turn <= 6; turn++) {
    page.wait(1900);
    frame('out', { event: 'chat_session_message', msg: `Question ${turn}`, msg_id: String(turn * 2 - 1) });
    frame('in', {
      event: 'chat_session_message',
      msg: `Answer ${turn}`,
      msg_id: String(turn * 2),
      party_id: BOT,
      timestamp: page.seconds,
    });
  }
  page.add({
    kind: 'frame',
    of,
    direction: 'in',
    payload: {
      encoding: 'base64',
      data: btoa('\u0001\u0002binary \u00ff\u00fe chat frame, 0123456789'),
      size: 40,
      truncated: false,
    },
  });
  frame('in', '{"event":"chat_session_message","msg":"cut o');
  frame('in', {
    events: [{ event: 'chat_session_timeout_warning', msg: 'Are you still there?', timestamp: page.seconds }],
  });
  const stream = page.add({
    kind: 'request',
    transport: 'eventsource',
    method: 'GET',
    url: 'https://relay.example.com/stream',
    headers: [],
    body: null,
  });
  page.add({
    kind: 'response',
    of: stream,
    status: 200,
    statusText: 'OK',
    headers: [['content-type', 'text/event-stream']],
    url: 'https://relay.example.com/stream',
  });
  for (const state of ['queued', 'connected', 'failed']) {
    page.wait(800);
    page.add({
      kind: 'stream-event',
      of: stream,
      event: 'chat',
      id: state,
      payload: text({ event: 'chat_session_status', state, ewt: '4' }),
    });
  }
  page.add({ kind: 'socket-close', of, code: 1006, reason: '', clean: false });
  return page;
}
