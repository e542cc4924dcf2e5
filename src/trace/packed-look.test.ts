/** Packed events of a file are chat where what came before them on their address is. */
import { gzipSync, strToU8, zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createAnalysis } from '../analysis/create-analysis.ts';
import { readHar } from './har.ts';

const AT = 1_614_718_790;
const SAID = JSON.stringify({ event: 'chat_session_message', msg: 'Hello', msg_id: '1', timestamp: `${AT}` });
const STATUS = JSON.stringify({ event: 'chat_session_status', state: 'connected', ewt: '0' });
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

interface Message {
  readonly opcode: 1 | 2;
  readonly data: string;
}

const PACKED: Readonly<Record<string, (event: string) => Message>> = {
  'gzip in a binary message': (event) => ({ opcode: 2, data: base64(gzipSync(strToU8(event))) }),
  'zlib in a binary message': (event) => ({ opcode: 2, data: base64(zlibSync(strToU8(event))) }),
  base64: (event) => ({ opcode: 1, data: base64(strToU8(event)) }),
  'base64 in a binary message': (event) => ({ opcode: 2, data: btoa(base64(strToU8(event))) }),
  'base64 in a member': (event) => ({ opcode: 1, data: JSON.stringify({ d: base64(strToU8(event)) }) }),
  'gzip in a member': (event) => ({
    ...{ opcode: 1, data: JSON.stringify({ d: base64(gzipSync(strToU8(event))) }) },
  }),
};

function read(...entries: readonly object[]) {
  const har = { log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } };
  const { observations } = readHar(JSON.parse(JSON.stringify(har)));
  const analysis = createAnalysis();
  analysis.add(observations);
  analysis.end();
  return { observations, events: analysis.totals.events };
}

const common = { startedDateTime: new Date(AT * 1000).toISOString(), time: 10 };
const socket = (...messages: readonly Message[]) => ({
  ...common,
  request: { method: 'GET', url: 'wss://relay.test/rt?chat=1', headers: [] },
  response: { status: 101, statusText: '', headers: [], content: { size: 0 } },
  _webSocketMessages: messages.map((message) => ({ type: 'receive', time: AT, ...message })),
});
const poll = (text: string, path = '/poll') => ({
  ...common,
  request: { method: 'GET', url: `https://relay.test${path}?at=${text.length}`, headers: [] },
  response: { status: 200, statusText: 'OK', headers: [], content: { size: text.length, text } },
});

describe.each(Object.entries(PACKED))('%s', (_, pack) => {
  const plain = { opcode: 1, data: STATUS } as const;

  it('is an event on a socket that has shown one', () => {
    expect(read(socket(plain, pack(SAID))).events).toBe(2);
  });

  it('is nothing on a socket that has not', () => {
    expect(read(socket(pack(SAID)))).toEqual({ observations: [], events: 0 });
  });

  it('is not kept where it holds no event', () => {
    const kept = JSON.stringify(
      read(socket(plain, pack(`{"password":"${'secret '.repeat(9)}"}`))).observations,
    );
    expect(kept).not.toContain(pack(`{"password":"${'secret '.repeat(9)}"}`).data.slice(0, 40));
  });
});

it('an answer in base64 is chat where an earlier one of its address was', () => {
  const packed = btoa(`{"events":[${SAID}]}`);
  expect(read(poll(`{"events":[${STATUS}]}`), poll(packed)).events).toBe(2);
  expect(read(poll(`{"events":[${STATUS}]}`), poll(packed, '/account')).events).toBe(1);
});
