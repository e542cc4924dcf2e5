import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type ReadOptions, readMessage } from './read-message.ts';
import { WRITERS } from './testing/writers.ts';

const NAMES = ['chat_session_status', 'chat_session_message', 'chat_session_ended'];
const OPTIONS: ReadOptions = {
  names: { typeMember: 'event', knows: (name) => NAMES.includes(name) },
  mentions: (text) => text.includes('chat_session_'),
  encodings: true,
  framing: null,
  maxDepth: 200,
};

const status = { event: 'chat_session_status', state: 'queued', ewt: '5' };
const message = { event: 'chat_session_message', msg: 'Grüße "an" alle 😀', msg_id: '5' };
const json = JSON.stringify;

describe('the framings', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 });
  const event = fc.record({
    event: fc.constantFrom(...NAMES),
    msg: text,
    nested: fc.option(fc.jsonValue({ maxDepth: 2 })),
  });

  test.each(Object.keys(WRITERS))('%s: gives the events as they are, each at its place', (name) => {
    const write = WRITERS[name] ?? json;
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 4 }), (events) => {
        const written = write(events);
        const read = readMessage(written, OPTIONS);
        expect(read.events.map((each) => JSON.parse(each.text))).toEqual(JSON.parse(json(events)));
        expect(read.stopped).toBe(null);
        for (const each of read.events) {
          const there = written.slice(each.start, each.end);
          if (each.verbatim) expect(there).toBe(each.text);
          // What stands in a string of JSON, in strings of JSON: reads back by as many layers.
          else if (!/base64|gzip|zlib|form|string in a string/.test(name))
            expect(JSON.parse(`"${there}"`)).toBe(each.text);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('says by which path an event was found', () => {
    const paths = (writer: string) =>
      readMessage((WRITERS[writer] ?? json)([status, message]), OPTIONS).events.map(({ path }) => path);
    expect(paths('a member')).toEqual([
      ['payload', 'deep', 'er', 0],
      ['payload', 'deep', 'er', 1],
    ]);
    expect(paths('SignalR')).toEqual([
      [0, 'arguments', 0],
      [1, 'arguments', 0],
    ]);
    expect(paths('ActionCable from the client')).toEqual([
      ['data', 'events', 0],
      ['data', 'events', 1],
    ]);
    expect(paths('a poll of engine.io')).toEqual([[1], [1]]);
  });

  it('says what a framing tells', () => {
    const tells = (writer: string) => readMessage((WRITERS[writer] ?? json)([status]), OPTIONS).tells;
    expect(tells('socket.io in a namespace')).toEqual([
      { framing: 'socket.io', name: 'chat', namespace: '/support', id: '12' },
    ]);
    expect(tells('SignalR')).toEqual([{ framing: 'SignalR', name: 'ReceiveEvent' }]);
    expect(tells('Phoenix')).toEqual([{ framing: 'Phoenix', name: 'new_msg', topic: 'chat:1' }]);
    expect(tells('STOMP in SockJS')).toEqual([
      { framing: 'SockJS' },
      { framing: 'STOMP', name: 'MESSAGE', id: '7', topic: '/topic/chat' },
    ]);
  });

  test.each([
    ['2probe', null, ['heartbeat']],
    ['0{"sid":"x","pingInterval":25000}', null, ['handshake']],
    ['40', 'engine.io', ['handshake']],
    ['430[]', null, ['acknowledgement']],
    ['2', 'engine.io', ['heartbeat']],
    ['o', null, ['handshake']],
    ['h', 'SockJS', ['heartbeat']],
    ['c[3000,"Go away!"]', null, ['close']],
    ['{"protocol":"json","version":1}\u001e', null, ['handshake']],
    ['{"type":6}\u001e', null, ['heartbeat']],
    ['[null,"5","phoenix","heartbeat",{}]', null, ['heartbeat']],
    ['["1","1","chat:1","phx_reply",{"status":"ok","response":{}}]', null, ['acknowledgement']],
    ['{"type":"ping","message":1795165200}', null, ['heartbeat']],
    ['{"identifier":"{}","type":"confirm_subscription"}', null, ['acknowledgement']],
    ['CONNECTED\nversion:1.2\n\n\0', null, ['handshake']],
    ['\n', 'STOMP', ['heartbeat']],
    ['{"type":"connection_ack"}', null, ['handshake']],
  ] as const)('%j is a fact of the transport', (text, framing, facts) => {
    const read = readMessage(text, { ...OPTIONS, framing });
    expect(read.facts).toEqual(facts);
    expect(read.events).toEqual([]);
  });

  test.each(['2', 'h', '42', '40', '\n', '{"type":"data","id":"1"}', '{"event":"click"}', ''])(
    '%j alone is taken for no framing',
    (text) => {
      expect(readMessage(text, OPTIONS)).toMatchObject({ facts: [], framings: [], events: [] });
    },
  );
});

describe('what is no event of its own', () => {
  it('is what a person typed into an event', () => {
    const typed = {
      ...message,
      msg: json({ event: 'chat_session_ended' }),
      deep: { event: 'chat_session_ended' },
    };
    const read = readMessage(json({ payload: [typed] }), OPTIONS);
    expect(read.events.map(({ path }) => path)).toEqual([['payload', 0]]);
  });

  it('is another name outside of a list of events', () => {
    expect(readMessage(json({ event: 'chat', data: status }), OPTIONS).events).toHaveLength(1);
    const list = readMessage(
      json([{ event: 'chat_session_new' }, status, { event: 'x', inner: status }]),
      OPTIONS,
    );
    expect(list.events.map(({ path }) => path)).toEqual([[0], [1], [2]]);
  });
});

describe('bad input', () => {
  it('ends in what is whole where the text is cut off', () => {
    const text = `42${json(['chat', status, message])}`;
    expect(readMessage(json({ a: [status, message] }).slice(0, -9), OPTIONS).events).toHaveLength(1);
    expect(readMessage(text.slice(0, -20), OPTIONS).events).toHaveLength(1);
  });

  it('is read as far as depth and layers allow, and said', () => {
    const deep = `${'{"a":'.repeat(10_000)}${json(status)}${'}'.repeat(10_000)}`;
    expect(readMessage(deep, OPTIONS)).toMatchObject({ events: [], stopped: 'too deep' });
    let layered = json(status);
    for (let layer = 0; layer < 12; layer += 1) layered = json({ d: layered });
    expect(readMessage(layered, OPTIONS)).toMatchObject({ events: [], stopped: 'too many layers' });
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '42',
      '[',
      ']',
      '{',
      '}',
      '"',
      '\\',
      ',',
      ':',
      'a',
      'o',
      '\u001e',
      '\0',
      '\n',
      'MESSAGE\n',
      'b',
      '=',
      '&',
      '%',
      json(status),
      '"event":"chat_session_status"',
      '1',
      'H4sI',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (all) => {
        const text = all.join('');
        for (const each of readMessage(text, OPTIONS).events) {
          expect(JSON.parse(each.text)).toBeTypeOf('object');
          expect(each.start).toBeGreaterThanOrEqual(0);
          expect(each.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
