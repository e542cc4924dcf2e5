import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUTHORIZATION, CHAT_ID, conversation, STARTED } from '../../tests/fixtures/har/conversation.ts';
import { dialectNames, dialects } from '../../tests/fixtures/har/dialects.ts';
import type { Observation, ObservationKind } from '../observation/observation.ts';
import { HarError, readHar } from './har.ts';
import { parseTrace, writeTrace } from './ndjson.ts';

const START = STARTED * 1000;

function only<K extends ObservationKind>(
  observations: readonly Observation[],
  kind: K,
): Extract<Observation, { kind: K }>[] {
  return observations.filter((one): one is Extract<Observation, { kind: K }> => one.kind === kind);
}

/** A HAR of these entries; each has a request of a chat path and a whole answer unless it says otherwise. */
function harOf(...entries: readonly Record<string, unknown>[]): unknown {
  const filled = entries.map((entry, index) => ({
    startedDateTime: new Date(START + index * 1000).toISOString(),
    time: 10,
    request: { method: 'GET', url: 'https://x.test/clientweb/api/v1/chats/c/events', headers: [] },
    response: { status: 200, statusText: 'OK', headers: [], content: { size: 13, text: '{"events":[]}' } },
    ...entry,
  }));
  return { log: { version: '1.2', creator: { name: 'test', version: '1' }, entries: filled } };
}

/** Whose files lack the bytes of event streams. */
const STREAMLESS: readonly string[] = ['chromeSanitized', 'playwright'];

const relay = (url: string) => ({ request: { method: 'GET', url, headers: [] } });

describe.each(dialectNames)('a HAR of %s', (name) => {
  const imported = readHar(JSON.parse(JSON.stringify(dialects[name]())));
  const { observations } = imported;

  it('gives the chat and passes over the rest', () => {
    const urls = only(observations, 'request').map((request) => request.url);
    expect(urls.filter((url) => url.includes(CHAT_ID))).toHaveLength(5);
    expect(urls).not.toContain('https://chat.example.com/widget.js');
    expect(imported.entries).toBe(conversation.length);
    const script = 1;
    const stream = name === 'firefox' || STREAMLESS.includes(name) ? 1 : 0;
    const preflight = 1;
    expect(imported.otherTraffic).toBe(script + stream + preflight);
  });

  it('names the entry of every exchange', () => {
    const exchanges = observations.filter(
      (one) => one.kind === 'request' || (one.kind === 'socket-open' && one.phase === 'connecting'),
    );
    expect(exchanges).toHaveLength(imported.entryOfExchange.length);
    for (const [index, exchange] of exchanges.entries()) {
      expect('url' in exchange && exchange.url).toBe(
        conversation[imported.entryOfExchange[index] ?? -1]?.url,
      );
    }
  });

  it('has bodies as text, whatever they were wrapped in', () => {
    const texts = only(observations, 'body').map(({ payload }) => payload.data);
    for (const { kind, answer, status } of conversation) {
      if (answer && status === 200 && kind === 'xhr') expect(texts).toContain(answer);
    }
  });

  it('keeps no cookie and no credential', () => {
    const text = [...writeTrace(observations)].join('');
    expect(text).not.toContain('secret');
    if (name === 'chromeSanitized') expect(text).not.toContain('Authorization');
    else expect(text).toContain(JSON.stringify(AUTHORIZATION.replace('3f9a', '***')).slice(1, -1));
  });

  it('tells the poll that was given up from the answered ones', () => {
    const aborts = only(observations, 'abort');
    expect(aborts).toHaveLength(1);
    expect(only(observations, 'error')).toHaveLength(0);
    expect(aborts[0]?.wallTime).toBeCloseTo(START + 16_600, 0);
  });

  it('puts a request at its start and an answer at its end, in order of time', () => {
    const times = observations.map((one) => one.wallTime);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(observations.map((one) => one.seq)).toEqual(observations.map((_, index) => index));
    const [hello] = only(observations, 'request').filter((one) => one.body?.data.includes('Hello'));
    const [bye] = only(observations, 'body').filter((one) => one.payload.data.includes('Bye'));
    expect(hello?.wallTime).toBeCloseTo(START + 5000, 0);
    expect(bye?.wallTime).toBeCloseTo(START + 19_700, 0);
  });

  it('has no overlap of polls that a cut-off millisecond would make', () => {
    const first = only(observations, 'end').find((end) => Math.abs(end.wallTime - START - 1523.4) < 1);
    const second = only(observations, 'request').find((one) => one.url.endsWith('timestamp=1795430701523'));
    expect(first?.seq).toBeLessThan(second?.seq ?? -1);
  });

  it('has the frames of the socket, text and binary, at their times, where the program writes them', () => {
    const frames = only(observations, 'frame').map(({ direction, payload, wallTime }) => [
      direction,
      payload.encoding,
      Math.round(wallTime - START),
    ]);
    const written = [
      ['in', 'text', 30_100],
      ['out', 'text', 30_200],
      // No chat, and so only that it came.
      ['in', 'none', 30_300],
      ['in', 'text', 30_400],
    ];
    expect(frames).toEqual(name === 'firefox' ? [] : written);
  });

  it('has the event stream, as its bytes or event by event', () => {
    const [stream] = only(observations, 'request').filter((request) => request.url.endsWith('/stream'));
    const told = observations.filter((one) => 'of' in one && one.of === stream?.seq).map((one) => one.kind);
    const whole = ['response', 'chunk', 'end'];
    const each = ['response', 'stream-event', 'stream-event', 'end'];
    const written = name === 'eventSourceMessages' || name === 'chrome' ? each : whole;
    expect(told).toEqual(STREAMLESS.includes(name) ? [] : written);
  });

  it('is a trace like any other', () => {
    expect(parseTrace([...writeTrace(observations)]).observations).toEqual(observations);
  });
});

describe('the import of a HAR', () => {
  it('knows chat by the path, and by the bytes of either side on any other path', () => {
    const mark = { size: 9, mimeType: 'text/plain', text: '{"event":"chat_session_ended"}' };
    const said = { mimeType: 'text/plain', text: '{"event":"chat_session_end"}' };
    const { observations, otherTraffic } = readHar(
      harOf(
        {},
        { ...relay('https://x.test/relay/poll'), response: { status: 200, content: mark } },
        {
          request: { method: 'POST', url: 'https://x.test/send', headers: [], postData: said },
          response: { status: 200, content: { size: 0 } },
        },
        {
          ...relay('https://x.test/app.html'),
          response: { status: 200, content: { ...mark, mimeType: 'text/html' } },
        },
        {
          ...relay('https://x.test/page.html'),
          response: {
            status: 200,
            content: { mimeType: 'text/html', text: `<script>${mark.text}</script>` },
          },
        },
        relay('https://x.test/other?next=/clientweb/api/v1/'),
        // What the server says is only quoted in a request: a log.
        {
          ...relay('https://x.test/log'),
          request: { method: 'POST', url: 'https://x.test/log', headers: [], postData: mark },
        },
        {
          ...relay('https://x.test/late'),
          response: { status: 200, content: { text: ' '.repeat(65_536) + mark.text } },
        },
      ),
    );
    expect(only(observations, 'request')).toHaveLength(4);
    expect(otherTraffic).toBe(4);
  });

  it('says that a body is not in the file, and knows an empty one', () => {
    const bodyOf = (response: object) => only(readHar(harOf({ response })).observations, 'body')[0]?.payload;
    expect(bodyOf({ status: 200, content: { size: 120, mimeType: 'application/json' } })).toEqual({
      encoding: 'none',
      data: '',
      size: 120,
      truncated: false,
      note: 'not in the file',
    });
    expect(bodyOf({ status: 200 })?.encoding).toBe('none');
    expect(bodyOf({ status: 200, content: { size: 0 } })).toMatchObject({ encoding: 'text', data: '' });
    expect(bodyOf({ status: 204, content: { size: 0 } })).toBeUndefined();
  });

  it('does not take bytes that lie in another file for an empty body', () => {
    const url = 'https://x.test/clientweb/api/v1/chats';
    const postData = { mimeType: 'application/json', text: '', _file: 'a.json' };
    const content = { mimeType: 'application/json', size: 71, _file: 'b.json' };
    const { observations } = readHar(
      harOf({ request: { method: 'POST', url, headers: [], postData }, response: { status: 200, content } }),
    );
    expect(only(observations, 'request')[0]?.body?.encoding).toBe('none');
    expect(only(observations, 'body')[0]?.payload.encoding).toBe('none');
  });

  it('reads the body of a request that HTTP Toolkit writes as bytes', () => {
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
    const _content = { text: bytes.toString('base64'), size: bytes.length, encoding: 'base64' };
    const url = 'https://x.test/clientweb/api/v1/files';
    const request = { method: 'POST', url, headers: [], bodySize: bytes.length, _content };
    const { observations } = readHar(harOf({ request, response: { status: 200 } }));
    const { body } = only(observations, 'request')[0] ?? {};
    expect(body).toMatchObject({ encoding: 'base64', data: _content.text, size: 4 });
  });

  it('takes an empty text with a size for a body that was left out, and no byte order mark for a part of a body', () => {
    const bodies = [
      { size: 120, text: '' },
      { size: 16, text: '\uFEFF{"events":[]}' },
      { size: 16, text: Buffer.from('\uFEFF{"events":[]}').toString('base64'), encoding: 'base64' },
    ];
    const { observations } = readHar(
      harOf(
        ...bodies.map((content) => ({ response: { status: 200, statusText: '', headers: [], content } })),
      ),
    );
    expect(only(observations, 'body').map(({ payload }) => payload.data || payload.note)).toEqual([
      'not in the file',
      '{"events":[]}',
      '{"events":[]}',
    ]);
  });

  it('reads the raw body of a stream where its messages lack their data, as Chrome writes them sanitised', () => {
    const content = {
      size: 9,
      mimeType: 'text/event-stream',
      text: 'data: {"event":"chat_session_ended"}\n\n',
    };
    const { observations } = readHar(
      harOf({
        ...relay('https://relay.test/s'),
        _resourceType: 'fetch',
        response: { status: 200, statusText: 'OK', headers: [], content },
        _eventSourceMessages: [{ time: STARTED, eventName: 'message', eventId: '' }],
      }),
    );
    expect(only(observations, 'chunk').map(({ payload }) => payload.data)).toEqual([content.text]);
    expect(only(observations, 'request').map(({ transport }) => transport)).toEqual(['fetch']);
  });

  it('leaves open what was under way when the recording was stopped', () => {
    const response = { status: -1, statusText: '', headers: [], content: { size: -1 } };
    const { observations } = readHar(
      harOf(
        { response, time: -1 },
        { response: { ...response, _failureText: 'net::ERR_FAILED' }, time: -1 },
        { response, time: 20 },
      ),
    );
    const ends = observations.filter(({ kind }) => kind !== 'document' && kind !== 'request');
    expect(ends.map(({ kind }) => kind)).toEqual(['error', 'abort']);
  });

  it('says what the file left out of a socket or stream', () => {
    const message = { time: STARTED, data: '{"event":"chat_session_ended"}' };
    const { observations } = readHar(
      harOf(
        {
          ...relay('wss://relay.test/rt'),
          _framesDropped: 3,
          _webSocketMessages: [{ ...message, opcode: 1 }],
        },
        { ...relay('https://relay.test/s'), _framesDropped: 2, _eventSourceMessages: [message] },
        {
          ...relay('wss://relay.test/rt'),
          _framesDropped: -1,
          _webSocketMessages: [{ ...message, opcode: 1 }],
        },
      ),
    );
    expect(only(observations, 'gap').map(({ count, reason }) => [count, reason])).toEqual([
      [3, 'file'],
      [2, 'file'],
    ]);
    for (const gap of only(observations, 'gap')) expect([gap.from, gap.to]).toEqual([gap.seq, gap.seq]);
    expect(parseTrace([...writeTrace(observations)]).observations).toEqual(observations);
  });

  it('knows the socket that broke off, the one closed with a code and the one that the file leaves open', () => {
    const closeOf = (close: object) => {
      const socket = { ...relay('wss://x.test/clientweb/api/v1/rt'), _webSocketMessages: [] };
      const har = harOf({ ...socket, response: { status: 101 }, ...close });
      return only(readHar(har).observations, 'socket-close')[0];
    };
    expect(closeOf({})).toBeUndefined();
    expect(closeOf({ _webSocketClose: 'aborted' })).toMatchObject({ code: 1006, clean: false });
    const seconds = { code: 4000, reason: 'x', timestamp: STARTED + 9 };
    expect(closeOf({ _webSocketClose: seconds })).toMatchObject({
      code: 4000,
      reason: 'x',
      clean: true,
      wallTime: START + 9000,
    });
    const milliseconds = { ...seconds, timestamp: START + 9000 };
    expect(closeOf({ _webSocketClose: milliseconds })?.wallTime).toBe(START + 9000);
  });

  it('keeps the order of a socket’s messages where they have no time, and leaves control frames out', () => {
    const messages = [
      { type: 'receive', time: -1, opcode: 1, data: 'a' },
      { type: 'receive', time: -1, opcode: 9, data: '' },
      { type: 'send', time: STARTED + 2, opcode: 1, data: 'b' },
      { type: 'receive', time: STARTED + 1, opcode: 1, data: 'c' },
      { type: 'error', time: STARTED + 3, data: 'broke' },
    ];
    const imported = readHar(
      harOf({
        ...relay('wss://x.test/clientweb/api/v1/rt'),
        response: { status: 101 },
        _webSocketMessages: messages,
      }),
    );
    expect(only(imported.observations, 'frame').map((frame) => frame.payload.data)).toEqual(['a', 'b', 'c']);
    expect(only(imported.observations, 'error')[0]?.message).toBe('broke');
    expect(imported.messageOfFrame.get(0)).toEqual([0, 2, 3]);
  });

  it('tells a failure from a request that was given up', () => {
    const { observations } = readHar(
      harOf(
        { response: { status: 0, _error: 'net::ERR_CONNECTION_RESET' } },
        { response: { status: 0 } },
        { response: undefined },
      ),
    );
    expect(only(observations, 'error').map((error) => error.message)).toEqual(['net::ERR_CONNECTION_RESET']);
    expect(only(observations, 'abort')).toHaveLength(2);
  });

  it('keeps what came of an answer that broke off as a part of it', () => {
    const content = { size: 9, mimeType: 'application/json', text: '{"events"' };
    const response = { status: 200, content, _error: 'net::ERR_ABORTED' };
    const kinds = readHar(harOf({ response })).observations.map((one) => one.kind);
    expect(kinds).toEqual(['document', 'request', 'response', 'chunk', 'abort']);
  });

  it('takes the type of the content where the headers are left out', () => {
    const content = { size: 13, mimeType: 'application/json', text: '{"events":[]}' };
    const { observations } = readHar(harOf({ response: { status: 200, content } }));
    expect(only(observations, 'response')[0]?.headers).toEqual([['content-type', 'application/json']]);
  });

  it('gives nothing for a file without chat, and says how much it passed over', () => {
    const imported = readHar(harOf(relay('https://x.test/a'), relay('https://x.test/b')));
    expect(imported).toMatchObject({ observations: [], entryOfExchange: [], entries: 2, otherTraffic: 2 });
  });

  it('reads what it can of a file with odd entries', () => {
    const imported = readHar(
      harOf({}, { request: null }, { startedDateTime: 7, time: 'x', response: 'none' }),
    );
    expect(imported.unreadable).toBe(1);
    expect(only(imported.observations, 'request')).toHaveLength(2);
  });

  it('says that a file is no HAR', () => {
    for (const value of [null, 1, [], {}, { log: {} }, { log: { entries: {} } }]) {
      expect(() => readHar(value)).toThrow(HarError);
    }
  });

  it('takes any JSON as entries', () => {
    const url = 'https://x/clientweb/api/v1/chats';
    const before1970 = { startedDateTime: '1969-12-31T23:59:59.999Z', request: { url, postData: null } };
    const negativeZero = {
      request: { url, postData: [] },
      _webSocketMessages: [{ time: -0, opcode: 0 }],
      _webSocketClose: { code: -0, timestamp: -0 },
    };
    const odd = fc.record(
      {
        startedDateTime: fc.oneof(
          fc.jsonValue(),
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        ),
        time: fc.oneof(fc.jsonValue(), fc.double()),
        request: fc.oneof(
          fc.jsonValue(),
          fc.record({ url: fc.constant('https://x/clientweb/api/v1/chats'), postData: fc.jsonValue() }),
        ),
        response: fc.oneof(fc.jsonValue(), fc.record({ status: fc.double(), content: fc.jsonValue() })),
        _webSocketMessages: fc.oneof(
          fc.jsonValue(),
          fc.array(fc.record({ time: fc.double(), opcode: fc.integer() })),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(odd), (entries) => {
        const { observations } = readHar({ log: { entries } });
        expect(parseTrace([...writeTrace(observations)]).observations).toEqual(observations);
      }),
      { examples: [[[before1970, negativeZero]]] },
    );
  });
});

it('keeps of URLs and subprotocols no secret, and of messages that are no chat no byte', () => {
  const event = '{"event":"chat_session_message","msg":"hello"}';
  const socket = {
    startedDateTime: '2026-01-01T00:00:00.000Z',
    _resourceType: 'websocket',
    request: {
      method: 'GET',
      url: 'wss://me:secret@x.test/rt#secret',
      headers: [{ name: 'Sec-WebSocket-Protocol', value: 'graphql-ws, bearer.secret' }],
    },
    response: { status: 101, headers: [] },
    _webSocketMessages: [
      { type: 'receive', time: 1, opcode: 1, data: event },
      { type: 'receive', time: 2, opcode: 1, data: '{"password":"secret"}' },
      { type: 'send', time: 3, opcode: 1, data: '2' },
    ],
  };
  const moved = {
    startedDateTime: '2026-01-01T00:00:00.000Z',
    request: {
      method: 'POST',
      url: 'https://x.test/clientweb/api/v1/chats?a=1#secret',
      headers: [{ name: 'Referer', value: 'https://me:secret@x.test/#secret' }],
    },
    response: { status: 302, headers: [{ name: 'Location', value: '//me:secret@x.test/b#secret' }] },
  };
  const { observations } = readHar({ log: { entries: [socket, moved] } });
  expect(JSON.stringify(observations)).not.toContain('secret');
  const frames = observations.flatMap((each) => (each.kind === 'frame' ? [each.payload] : []));
  expect(frames.map(({ note, size }) => [note, size])).toEqual([
    [undefined, event.length],
    ['not chat', 21],
    ['heartbeat', 1],
  ]);
  const opened = observations.find((each) => each.kind === 'socket-open');
  expect(opened).toMatchObject({ protocols: ['graphql-ws', '***(13)'] });
});
