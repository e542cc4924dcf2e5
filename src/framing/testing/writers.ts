/** Messages as the framings and wrappers write them, for tests. */
import { gzipSync, strToU8, zlibSync } from 'fflate';

const json = JSON.stringify;
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** Each framing as a writer of so many events in one message, or in none where it carries one only. */
export const WRITERS: Readonly<Record<string, (events: readonly object[]) => string>> = {
  'a list': (events) => json(events),
  'a member': (events) => json({ type: 'chat', payload: { deep: { er: events } } }),
  'a string member': (events) => json({ type: 'chat', data: json(events) }),
  'a string in a string': (events) => json({ data: json({ data: json(events) }) }),
  lines: (events) => events.map((event) => json(event)).join('\n'),
  'texts in a row': (events) => events.map((event) => json(event)).join(''),
  'socket.io': (events) => `42${json(['chat', ...events])}`,
  'socket.io in a namespace': (events) => `42/support,12${json(['chat', events])}`,
  'an acknowledgement of socket.io': (events) => `4312${json(events)}`,
  'engine.io': (events) => `4${json(events)}`,
  'a poll of engine.io': (events) => events.map((event) => `42${json(['chat', event])}`).join('\u001e'),
  'a poll of engine.io 3': (events) =>
    events
      .map((event) => `42${json(['chat', event])}`)
      .map((text) => `${text.length}:${text}`)
      .join(''),
  'engine.io in base64': (events) => `b${base64(strToU8(json(events)))}`,
  SockJS: (events) => `a${json(events.map((event) => json(event)))}`,
  'SockJS from the client': (events) => json(events.map((event) => json(event))),
  'STOMP in SockJS': (events) =>
    `a${json(events.map((event) => `MESSAGE\ndestination:/topic/chat\nmessage-id:7\n\n${json(event)}\0`))}`,
  SignalR: (events) =>
    events.map((event) => `${json({ type: 1, target: 'ReceiveEvent', arguments: [event] })}\u001e`).join(''),
  Phoenix: (events) => json(['1', null, 'chat:1', 'new_msg', { events }]),
  'Phoenix 1': (events) => json({ topic: 'chat:1', event: 'new_msg', payload: { events }, ref: null }),
  ActionCable: (events) => json({ identifier: '{"channel":"ChatChannel"}', message: { events } }),
  'ActionCable from the client': (events) =>
    json({ command: 'message', identifier: '{"channel":"ChatChannel"}', data: json({ events }) }),
  STOMP: (events) => events.map((event) => `MESSAGE\ndestination:/topic/chat\n\n${json(event)}\0`).join('\n'),
  'STOMP with lengths': (events) =>
    events
      .map((event) => `SEND\r\ncontent-length:${strToU8(json(event)).length}\r\n\r\n${json(event)}\0`)
      .join(''),
  'graphql-ws': (events) => json({ id: '1', type: 'next', payload: { data: { chatEvents: events } } }),
  'a form': (events) => `token=1&payload=${encodeURIComponent(json(events))}`,
  'a form with plus signs': (events) => new URLSearchParams({ a: 'b c', payload: json(events) }).toString(),
  'base64 in a member': (events) => json({ d: base64(strToU8(json(events))) }),
  'gzip in a member': (events) => json({ d: base64(gzipSync(strToU8(json(events)))) }),
  'zlib in a member': (events) => json({ d: base64(zlibSync(strToU8(json(events)))) }),
};
