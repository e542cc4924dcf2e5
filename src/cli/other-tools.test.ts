/** What files of other tools say and do not say: the events are there, and nobody is accused of what a file cannot tell. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckOptions, check } from './check.ts';
import { palette } from './terminal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-inspector-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(content: unknown, options: Partial<CheckOptions> = {}) {
  const file = join(folder, 'case.har');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  let [out, err] = ['', ''];
  const status = await check(
    {
      files: [file],
      format: 'json',
      failOn: 'error',
      failOnEmpty: false,
      colours: palette({}, {}),
      version: '1',
      ...options,
    },
    {
      stdin: Readable.from([]),
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
    },
  );
  return { status, out, err };
}

/** Events, the states of the sessions and the findings that are no notes. */
async function judged(entries: readonly unknown[]) {
  const { status, out, err } = await run({ log: { entries } });
  const [file] = JSON.parse(out).files;
  const findings = file.findings.filter(({ severity }: { severity: string }) => severity !== 'note');
  return {
    status,
    err,
    events: file.events,
    states: file.sessions.map(({ state }: { state: string }) => state),
    rules: findings.map(({ rule }: { rule: string }) => rule),
    notes: file.notes.join(' '),
    unreadable: file.unreadable,
  };
}

const START = Date.UTC(2026, 10, 20, 9);
const iso = (after: number) => new Date(START + after).toISOString();
const CHAT = 'https://cc.example.test/clientweb/api/v2/chats';
const AUTHORIZATION = {
  name: 'Authorization',
  value: 'MOBILE-API-140-327-PLAIN appId="demo", clientId="WebChat"',
};
const status = (state: string) => ({
  event: 'chat_session_status',
  state,
  ewt: state === 'queued' ? '5' : '',
});
const ended = { event: 'chat_session_ended' };
const lacking = { event: 'chat_session_message', msg: 'x', msg_id: '5', timestamp: '1795165202' };
const joined = {
  event: 'chat_session_party_joined',
  party_id: 'P',
  type: 'internal',
  first_name: 'A',
  last_name: 'B',
  display_name: 'A',
  timestamp: '1795165201',
};

function answer(body: string, more: object = {}) {
  return {
    status: 200,
    headers: [],
    content: { mimeType: 'application/json', size: body.length, text: body },
    ...more,
  };
}

/** Request Chat and polls of it: what a file needs of a session. */
function conversation(...polls: readonly (readonly object[])[]) {
  const request = { headers: [AUTHORIZATION], bodySize: 0 };
  const begun = '{"state":"queued","ewt":"5","chat_id":"c1","is_new_chat":true,"phone_number":""}';
  const form = { mimeType: 'application/json', text: '{"phone_number":"","from":"","parameters":{}}' };
  return [
    {
      startedDateTime: iso(0) as unknown,
      time: 100,
      request: { ...request, method: 'POST', url: `${CHAT}?tenantUrl=t`, postData: form },
      response: answer(begun),
    },
    ...polls.map((events, at) => ({
      startedDateTime: iso(200 + 1100 * at) as unknown,
      time: 1000,
      request: { ...request, method: 'GET', url: `${CHAT}/c1/events?tenantUrl=t&timestamp=${at}` },
      response: answer(JSON.stringify({ events })),
    })),
  ];
}

const ordinary = () => conversation([status('queued')], [status('connected')], [ended]);
type Entry = ReturnType<typeof conversation>[number];
const withStarts = (start: (at: number, entry: Entry) => unknown) =>
  ordinary().map((entry, at) => ({ ...entry, startedDateTime: start(at, entry) }));
const seconds = (entry: Entry) => Math.floor(Date.parse(String(entry.startedDateTime)) / 1000);

const SOCKET = 'wss://relay.example.test/chat';
function socket(messages: readonly object[], more: object = {}) {
  return {
    startedDateTime: iso(0) as unknown,
    time: 10_000,
    _resourceType: 'websocket',
    request: { method: 'GET', url: SOCKET, headers: [] },
    response: { status: 101, headers: [], content: { size: 0, mimeType: '' } },
    _webSocketMessages: messages,
    ...more,
  };
}
const text = (event: object, at = 1000) => ({
  type: 'receive',
  time: (START + at) / 1000,
  opcode: 1,
  data: JSON.stringify(event),
});

describe('starts of a recording', () => {
  it.each<[string, readonly unknown[]]>([
    ['in milliseconds since 1970', withStarts((_, entry) => Date.parse(String(entry.startedDateTime)))],
    [
      'in seconds since 1970, with fractions',
      withStarts((_, entry) => Date.parse(String(entry.startedDateTime)) / 1000),
    ],
    ['in whole seconds since 1970', withStarts((_, entry) => seconds(entry))],
    ['in digits as text', withStarts((_, entry) => `${Date.parse(String(entry.startedDateTime))}`)],
    ['in microseconds', withStarts((_, entry) => String(entry.startedDateTime).replace('Z', '125+00:00'))],
    ['cut off to seconds', withStarts((_, entry) => `${String(entry.startedDateTime).slice(0, 19)}+00:00`)],
    ['cut off to minutes', withStarts((_, entry) => `${String(entry.startedDateTime).slice(0, 16)}Z`)],
    ['that are null', withStarts(() => null)],
    ['that are absent', withStarts(() => undefined)],
    ['that are no times', withStarts(() => 'yesterday')],
    ['that are all the same', withStarts(() => iso(0))],
    ['before 2000', withStarts((at) => new Date(at * 200).toISOString())],
    [
      'of which one is years away',
      withStarts((at, entry) => (at === 2 ? '2020-01-01T00:00:00.000Z' : entry.startedDateTime)),
    ],
    ['of which one is absent', withStarts((at, entry) => (at === 2 ? null : entry.startedDateTime))],
    ['of which the first is absent', withStarts((at, entry) => (at === 0 ? null : entry.startedDateTime))],
  ])('%s accuse nobody', async (_, entries) => {
    expect(await judged(entries)).toMatchObject({ status: 0, events: 3, states: ['ended'], rules: [] });
  });

  it('that cannot be used are said once, and those that can are not', async () => {
    expect((await judged(ordinary())).notes).toBe('');
    expect((await judged(withStarts(() => null))).notes).toMatch(
      /^No exchange has a start .* nothing is judged/,
    );
    const one = await judged(withStarts((at, entry) => (at === 2 ? null : entry.startedDateTime)));
    expect(one.notes).toMatch(/^1 of 4 exchanges have no start/);
    expect(one.err).toContain('1 of 4 exchanges');
    const coarse = await judged(withStarts((_, entry) => seconds(entry)));
    expect(coarse.notes).toContain('whole seconds');
  });

  it('that are exact still show overlaps, and one odd start hides none', async () => {
    const overlapping = ordinary().map((entry) => ({ ...entry, time: 2000 }));
    const overlaps = ['transport/overlapping-polls', 'transport/overlapping-polls'];
    expect((await judged(overlapping)).rules).toEqual(overlaps);
    const odd = { ...overlapping[0], startedDateTime: 'x' };
    expect((await judged([odd, ...overlapping.slice(1)])).rules).toEqual(overlaps);
  });

  it('in whole seconds do not put what the page says behind an end of the same second', async () => {
    const [begin, poll] = conversation([status('connected'), joined, ended]);
    const events = JSON.stringify({ events: [{ event: 'chat_session_message', msg: 'bye', msg_id: '1' }] });
    const post = {
      startedDateTime: iso(1000).slice(0, 19),
      time: 10,
      request: {
        method: 'POST',
        url: `${CHAT}/c1/events?tenantUrl=t`,
        headers: [AUTHORIZATION],
        postData: { text: events },
      },
      response: answer('{}'),
    };
    const entries = [begin, { ...poll, startedDateTime: iso(0).slice(0, 19), time: 1300 }, post].map(
      (entry) => ({
        ...entry,
        startedDateTime: `${String(entry?.startedDateTime).slice(0, 19)}Z`,
      }),
    );
    expect((await judged(entries)).rules).not.toContain('lifecycle/after-end');
  });
});

describe('messages of a socket', () => {
  const three = [status('queued'), joined, lacking];
  const messages = (more: (at: number, event: object) => object) =>
    three.map((event, at) => ({ ...text(event, 1000 * (at + 1)), ...more(at, event) }));
  const bytes = (event: object) => Buffer.from(JSON.stringify(event)).toString('base64');

  it.each<[string, readonly object[]]>([
    ['in seconds', messages(() => ({}))],
    ['in milliseconds', messages((at) => ({ time: START + 1000 * at }))],
    ['in ISO text', messages((at) => ({ time: iso(1000 * at) }))],
    ['on a monotonic clock', messages((at) => ({ time: 12_345.5 + at }))],
    ['without times', messages(() => ({ time: undefined }))],
    ['of which one time is years away', messages((at) => (at === 0 ? { time: 1e9 } : {}))],
    ['with opcodes in words', messages(() => ({ opcode: 'Text' }))],
    ['with opcodes as text', messages(() => ({ opcode: '1' }))],
    ['with JSON in bytes', messages((_, event) => ({ opcode: 2, data: bytes(event) }))],
    [
      'with JSON in bytes, said in a word',
      messages((_, event) => ({ opcode: 'binary', data: bytes(event) })),
    ],
    ['with other words for directions', messages(() => ({ type: 'received' }))],
    ['with the direction in another member', messages(() => ({ type: undefined, direction: 'incoming' }))],
    ['with a null among them', [null, ...messages(() => ({}))] as object[]],
  ])('%s are read, each once', async (_, list) => {
    expect(await judged([socket(list)])).toMatchObject({
      status: 1,
      events: 3,
      rules: ['schema/missing-field'],
    });
  });

  it.each([2, 3, 7])('in %i fragments are whole, text and bytes', async (parts) => {
    const event = JSON.stringify({ ...lacking, party_id: 'P' });
    const size = Math.ceil(event.length / parts);
    const cut = Array.from({ length: parts }, (_, at) => event.slice(at * size, (at + 1) * size));
    for (const encode of [(part: string) => part, (part: string) => Buffer.from(part).toString('base64')]) {
      const opcode = encode('a') === 'a' ? 1 : 2;
      const fragments = cut.map((part, at) => ({
        ...text({}),
        opcode: at === 0 ? opcode : 0,
        data: encode(part),
      }));
      // A control message may stand between them.
      const ping = { type: 'receive', opcode: 9, data: '' };
      const list = [text(status('queued')), text(joined), fragments[0] ?? {}, ping, ...fragments.slice(1)];
      expect(await judged([socket(list)])).toMatchObject({ events: 3, rules: [] });
    }
  });

  it('that the page sent are client events, whatever the word', async () => {
    for (const type of ['send', 'sent', 'outgoing', 'CLIENT_TO_SERVER', 'request']) {
      const client = { event: 'chat_session_message', msg: 'x', msg_id: '1' };
      expect(await judged([socket([text(status('queued')), { ...text(client), type }])])).toMatchObject({
        events: 2,
        rules: [],
      });
    }
  });

  it('are expected of no request that has an empty list of them', async () => {
    const entries = conversation([status('queued'), lacking]).map((entry) => ({
      ...entry,
      _webSocketMessages: [],
    }));
    expect(await judged(entries)).toMatchObject({
      status: 1,
      events: 2,
      states: ['queued'],
      rules: ['schema/missing-field'],
    });
  });

  it('that ended by a close without a code ended well', async () => {
    const close = (code: number | undefined) => ({ _webSocketClose: { code, timestamp: START / 1000 + 9 } });
    expect((await judged([socket([text(status('connected'))], close(1005))])).rules).toEqual([]);
    expect((await judged([socket([text(status('connected'))], close(undefined))])).rules).toEqual([]);
    expect((await judged([socket([text(status('connected'))], close(1011))])).rules).toEqual([
      'transport/closed-abnormally',
    ]);
  });
});

describe('one odd member', () => {
  it.each<[string, object]>([
    ['a number', { name: 'Content-Length', value: 12 }],
    ['a null', { name: 'X', value: null }],
    ['no object', 7 as unknown as object],
    ['nothing', null as unknown as object],
  ])('among the headers, %s, costs only itself', async (_, odd) => {
    const entries = ordinary().map((entry, at) => {
      const bad = { name: 'Authorization', value: 'MOBILE-API-140-327-PLAIN appId=""' };
      return at === 0 ? { ...entry, request: { ...entry.request, headers: [odd, bad, odd] } } : entry;
    });
    expect((await judged(entries)).rules).toEqual(['client/bad-authorization', 'client/bad-authorization']);
  });

  it.each(['200', ' 200 ', 200])('a status that is written %j is 200', async (status) => {
    const entries = ordinary().map((entry) => ({ ...entry, response: { ...entry.response, status } }));
    expect(await judged(entries)).toMatchObject({ events: 3, states: ['ended'], rules: [] });
  });

  it('a duration as text is a duration', async () => {
    const entries = ordinary().map((entry) => ({ ...entry, time: '2000' }));
    expect((await judged(entries)).rules).toContain('transport/overlapping-polls');
  });

  it('a count of lost messages that cannot be true is none', async () => {
    for (const dropped of [1e300, -5, Number.MAX_VALUE, '1e9'])
      expect(
        (await run({ log: { entries: [socket([text(ended)], { _framesDropped: dropped })] } })).status,
      ).toBe(0);
  });
});

describe('bodies', () => {
  it.each(['text/html', 'text/javascript', 'application/x-javascript', '', 'text/css; charset=utf-8'])(
    'are read whatever the media type says: %j',
    async (mimeType) => {
      const polls = [[status('queued')], [lacking]].map((events, at) => {
        const body = JSON.stringify(events);
        return {
          startedDateTime: iso(at * 1000),
          time: 100,
          request: { method: 'GET', url: `https://relay.example.test/poll?n=${at}`, headers: [] },
          response: answer(body, { content: { mimeType, size: body.length, text: body } }),
        };
      });
      expect(await judged(polls)).toMatchObject({ events: 2, rules: ['schema/missing-field'] });
    },
  );

  it('that were written as they came over the wire are unpacked', async () => {
    const packed = (entry: Entry, body: string) => {
      const bytes = gzipSync(body);
      const content = {
        mimeType: 'application/json',
        size: bytes.length,
        text: bytes.toString('base64'),
        encoding: 'base64',
      };
      return { ...entry, response: { ...entry.response, content } };
    };
    const entries = ordinary().map((entry) => packed(entry, String(entry.response.content.text)));
    expect(await judged(entries)).toMatchObject({ events: 3, states: ['ended'], rules: [] });
  });

  it.each([204, 304])('%i has none, and nothing is said of it', async (code) => {
    for (const content of [
      undefined,
      { size: 0, mimeType: 'x-unknown' },
      { size: 0, mimeType: 'text/plain', text: '' },
      { size: 12 },
    ]) {
      const entries = ordinary();
      entries.splice(2, 0, {
        ...(entries[1] as Entry),
        startedDateTime: iso(1250),
        time: 10,
        response: { status: code, headers: [], content } as never,
      });
      const { out } = await run({ log: { entries } });
      expect(out).not.toContain('invalid-json');
      expect(out).not.toContain('empty-answer');
    }
  });
});

describe('calls that a service worker passed on', () => {
  const twice = (entries: readonly Entry[], skew: number) =>
    entries.flatMap((entry, at) => {
      if (at === 0) return [entry];
      const page = { ...entry, response: { ...entry.response, _fetchedViaServiceWorker: true } };
      const worker = {
        ...entry,
        startedDateTime: new Date(Date.parse(String(entry.startedDateTime)) + skew).toISOString(),
        time: 990,
        _resourceType: 'fetch',
      };
      return [page, worker];
    });

  it.each([3, 0, -2])('stand once, as the page saw them (the worker’s leg %i ms later)', async (skew) => {
    const result = await judged(twice(ordinary(), skew));
    expect(result).toMatchObject({ events: 3, states: ['ended'], rules: [] });
    expect(result.notes).toMatch(/^3 calls stand in the file twice/);
  });

  it('stand once where there are no times either', async () => {
    const entries = twice(ordinary(), 3).map((entry) => ({ ...entry, startedDateTime: null }));
    expect(await judged(entries)).toMatchObject({ events: 3, rules: [] });
  });

  it('are two where the page itself asked twice', async () => {
    const [begin, first] = conversation([status('queued')]);
    expect((await judged([begin, first, first])).events).toBe(2);
  });
});

describe('what cannot be read', () => {
  const unreadable = [
    7,
    null,
    {},
    { request: null },
    { request: { method: 'GET' } },
    { request: { url: 5 } },
  ];

  it('is counted, each with its reason', async () => {
    const { status, unreadable: said, err } = await judged([...unreadable, ...ordinary()]);
    expect(status).toBe(0);
    expect(said.count).toBe(6);
    expect(
      said.entries.map(
        ({ exchange, reason }: { exchange: number; reason: string }) => `${exchange} ${reason}`,
      ),
    ).toEqual([
      ...['0 is no object', '1 is no object', '2 has no request', '3 has no request'],
      ...['4 has a request without a URL', '5 has a request without a URL'],
    ]);
    expect(err).toContain('6 entries could not be read; entry 0 is no object');
  });

  it('is named a hundred times at most', async () => {
    const { unreadable: said } = await judged([...Array(250).fill(null), ...ordinary()]);
    expect([said.count, said.entries.length]).toEqual([250, 100]);
  });

  it.each(['json', 'text', 'github', 'sarif', 'junit'] as const)(
    'and is everything, is exit status 2, in %s',
    async (format) => {
      const { status, err } = await run({ log: { entries: unreadable } }, { format });
      expect(status).toBe(2);
      expect(err).toMatch(/none of its 6 entries could be read; entry 0 is no object/);
    },
  );

  it('is also a trace whose parts belong to nothing', async () => {
    const common = { documentId: 'd', frame: 0, wallTime: START, monotonicTime: 1, source: 'hook' };
    const payload = { encoding: 'text', data: JSON.stringify(ended), size: 30, truncated: false };
    const frames = Array.from({ length: 1000 }, (_, at) => ({
      kind: 'frame',
      ...common,
      seq: at + 1,
      of: 99_999,
      direction: 'in',
      payload,
    }));
    const header = { format: 'chat-inspector-trace', version: 2, created: '', producer: '' };
    const { status, err } = await run([header, ...frames].map((line) => JSON.stringify(line)).join('\n'));
    expect(status).toBe(2);
    expect(err).toContain('1,000 observations belong to requests or connections that are not in the file');
  });

  it('a file without chat events is a failure where it is asked for', async () => {
    const other = { log: { entries: [{ request: { url: 'https://x.test/' } }] } };
    expect((await run(other)).status).toBe(0);
    expect((await run(other, { failOnEmpty: true })).status).toBe(1);
    expect((await run({ log: { entries: [] } }, { failOnEmpty: true })).status).toBe(1);
    expect((await run({ log: { entries: ordinary() } }, { failOnEmpty: true })).status).toBe(0);
  });
});
