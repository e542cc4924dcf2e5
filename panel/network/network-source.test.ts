import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/observation/observation.ts';
import { type Content, type NetworkRequest, networkRequest } from './network-entry.ts';
import { HOLD, HOLD_ALONE, MOST_HOLD, NetworkSource } from './network-source.ts';

const POLL = 'https://chat.example/clientweb/api/v1/chats/1/events';
const EVENTS = '{"events":[{"event":"chat_session_message","msg":"Hello"}]}';
const T0 = Date.parse('2026-01-02T03:04:05.000Z');

interface Reported {
  readonly url?: string;
  readonly method?: string;
  /** Milliseconds after T0. */
  readonly at?: number;
  readonly took?: number;
  readonly type?: string;
  readonly status?: number;
  readonly sent?: string;
  readonly answer?: string | null;
  readonly encoding?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly redirectURL?: string;
  readonly byServiceWorker?: boolean;
  readonly error?: string;
}

/** An entry as Chrome gives it, or, without a `type`, as Firefox does. */
function entry(given: Reported) {
  const { url = POLL, method = 'GET', at = 0, took = 20, status = 200, sent, headers = {} } = given;
  return {
    startedDateTime: new Date(T0 + at).toISOString(),
    time: took,
    ...(given.type === undefined ? {} : { _resourceType: given.type }),
    request: {
      method,
      url,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      bodySize: sent?.length ?? 0,
      ...(sent === undefined ? {} : { postData: { mimeType: 'text/plain', text: sent } }),
    },
    response: {
      status,
      statusText: '',
      headers: [],
      redirectURL: given.redirectURL ?? '',
      content: { size: given.answer?.length ?? 0, mimeType: 'application/json' },
      ...(given.byServiceWorker ? { _fetchedViaServiceWorker: true } : {}),
      ...(given.error === undefined ? {} : { _error: given.error }),
    },
  };
}

function request(given: Reported): NetworkRequest {
  const content: Content = { text: given.answer ?? null, encoding: given.encoding ?? '' };
  const parsed = networkRequest(entry(given), content);
  if (!parsed) throw new Error('It is no request of a script.');
  return parsed;
}

/** What the hook says of an exchange. */
function hooked(
  given: Reported & { readonly seq?: number; readonly transport?: 'fetch' | 'xhr' | 'eventsource' },
) {
  const { seq = 1, at = 0, took = 20, method = 'GET', url = POLL, status = 200, sent, answer, error } = given;
  const common = { documentId: 'd', frame: 0, monotonicTime: 0, source: 'hook' as const };
  const begin = { ...common, seq, wallTime: T0 + at };
  const end = { ...common, of: seq, wallTime: T0 + at + took };
  const observations: Observation[] = [
    {
      ...begin,
      kind: 'request',
      transport: given.transport ?? 'fetch',
      method,
      url,
      headers: [],
      body: text(sent),
    },
  ];
  if (error !== undefined)
    return [...observations, { ...end, kind: 'abort' as const, seq: seq + 1, reason: error }];
  observations.push({ ...end, kind: 'response', seq: seq + 1, status, statusText: '', headers: [], url });
  const payload = text(answer ?? undefined);
  if (payload) observations.push({ ...end, kind: 'body', seq: seq + 2, role: 'answer', payload });
  return [...observations, { ...end, kind: 'end' as const, seq: seq + 3 }];
}

function text(data: string | undefined) {
  return data === undefined ? null : { encoding: 'text' as const, data, size: data.length, truncated: false };
}

function source() {
  let documents = 0;
  const newDocumentId = () => {
    documents += 1;
    return `network ${documents}`;
  };
  return new NetworkSource({ newDocumentId, url: () => 'https://shop.example/', start: T0 });
}

/** What enters the trace: URLs of requests, with their doubts. */
function shown(reported: readonly Reported[], seen: readonly Observation[] = []): string[] {
  const network = source();
  network.sawHook(seen, T0, 0);
  for (const each of reported) network.report(request(each), 0);
  return requestsIn(network.settle(HOLD));
}

function requestsIn(observations: readonly Observation[]): string[] {
  return observations.flatMap((each) =>
    each.kind === 'request'
      ? [`${each.method} ${each.url.replace(POLL, 'poll')}${each.doubt ? ` (${each.doubt})` : ''}`]
      : [],
  );
}

describe('a request that only DevTools saw', () => {
  test('is an exchange of a document of its own', () => {
    const network = source();
    network.report(request({ answer: EVENTS }), 0);
    const observations = network.settle(HOLD);
    expect(observations.map(({ kind, seq }) => `${seq} ${kind}`)).toEqual([
      '0 document',
      '1 request',
      '2 response',
      '3 body',
      '4 end',
    ]);
    expect(new Set(observations.map((each) => each.source))).toEqual(new Set(['devtools.network']));
    expect(new Set(observations.map(({ documentId }) => documentId))).toEqual(new Set(['network 1']));
    expect(observations.slice(1).every((each) => !('of' in each) || each.of === 1)).toBe(true);
  });

  test('is of the origin that the browser’s headers say, each origin a document', () => {
    const network = source();
    const headers = [
      { Origin: 'https://shop.example', Referer: 'https://other.example/' },
      { referer: 'https://ads.example/worker.js?x=1' },
      { origin: 'https://shop.example' },
      { Referer: 'no address' },
      {},
    ];
    for (const [at, each] of headers.entries())
      network.report(request({ at: 100 * at, answer: EVENTS, headers: each }), 0);
    const observations = network.settle(HOLD);
    expect(
      observations.flatMap((each) =>
        each.kind === 'document' ? [`${each.documentId} ${each.seq} ${each.origin}`] : [],
      ),
    ).toEqual(['network 1 0 https://shop.example', 'network 2 0 https://ads.example', 'network 3 0 null']);
    expect(
      observations.flatMap((each) => (each.kind === 'request' ? [`${each.documentId} ${each.seq}`] : [])),
    ).toEqual(['network 1 1', 'network 2 1', 'network 1 5', 'network 3 1', 'network 3 5']);
  });

  test('says that a service worker answered it', () => {
    const network = source();
    network.report(request({ answer: EVENTS, byServiceWorker: true }), 0);
    network.report(request({ at: 100, answer: EVENTS }), 0);
    const heads = network.settle(HOLD).flatMap((each) => (each.kind === 'response' ? [each.via] : []));
    expect(heads).toEqual(['service-worker', undefined]);
  });

  test('comes in the order in which it ended, whatever the order of the reports', () => {
    expect(
      shown([
        { url: `${POLL}?2`, at: 40, took: 10 },
        { url: `${POLL}?1`, at: 0, took: 20 },
        { url: `${POLL}?3`, at: 10, took: 90 },
      ]),
    ).toEqual(['GET poll?1', 'GET poll?2', 'GET poll?3']);
  });

  test('waits until the hook’s word must have come', () => {
    const network = source();
    network.report(request({}), 0);
    expect(network.settle(HOLD - 1)).toEqual([]);
    expect(network.nextDue).toBe(HOLD);
    network.holdOn(500);
    expect(network.settle(HOLD)).toEqual([]);
    expect(requestsIn(network.settle(500 + HOLD))).toEqual(['GET poll']);
  });

  test('waits longer while the hook is still behind it, and not for ever', () => {
    const network = source();
    network.report(request({ at: 500 }), 0);
    // The hook speaks of what was before: its word on this one may still be on the way.
    network.sawHook(hooked({ seq: 1, url: `${POLL}?before`, at: 0 }), T0, 1_500);
    expect(network.settle(HOLD)).toEqual([]);
    network.sawHook(hooked({ seq: 4, url: `${POLL}?before`, at: 100 }), T0, MOST_HOLD - 1);
    expect(requestsIn(network.settle(MOST_HOLD))).toEqual(['GET poll']);
  });

  test('waits the longer, the longer the panel could not hear the hook', () => {
    const network = source();
    network.report(request({}), 0);
    network.holdOn(MOST_HOLD - HOLD, 2 * HOLD);
    expect(network.settle(MOST_HOLD - 1)).toEqual([]);
    network.holdOn(MOST_HOLD, HOLD);
    expect(network.settle(MOST_HOLD + HOLD - 1)).toEqual([]);
    expect(requestsIn(network.settle(MOST_HOLD + HOLD))).toEqual(['GET poll']);
  });

  test('does not wait for a hook that speaks of later times already', () => {
    const network = source();
    network.report(request({ at: 0 }), 0);
    network.sawHook(hooked({ seq: 1, url: `${POLL}?later`, at: 5_000 }), T0, 1_500);
    expect(requestsIn(network.settle(HOLD))).toEqual(['GET poll']);
  });

  test('waits longest where nothing is known that no hook sees', () => {
    const network = source();
    network.othersSpeak(false);
    network.report(request({}), 0);
    expect(network.settle(HOLD_ALONE - 1)).toEqual([]);
    expect(requestsIn(network.settle(HOLD_ALONE))).toEqual(['GET poll']);
  });

  test('keeps of its headers what the hook keeps, and no secret', () => {
    const headers = { Accept: '*/*', Cookie: 'id=1', Authorization: 'Bearer abc', 'X-Other': '1' };
    const [head] = request({ headers }).drafts;
    expect(head?.content).toMatchObject({
      headers: [
        ['Accept', '*/*'],
        ['Authorization', 'Bearer ***'],
      ],
    });
  });
});

describe('what the hook saw is not shown again', () => {
  test('the same poll', () => {
    expect(shown([{ answer: EVENTS }], hooked({ answer: EVENTS }))).toEqual([]);
  });

  test('when the report came before the hook’s word', () => {
    const network = source();
    network.report(request({ at: 10, answer: EVENTS }), 0);
    network.sawHook(hooked({ answer: EVENTS }), T0, 0);
    expect(network.settle(HOLD)).toEqual([]);
  });

  test('a start up to 50 ms apart, either way', () => {
    expect(shown([{ at: 50 }], hooked({}))).toEqual([]);
    expect(shown([{ at: 0 }], hooked({ at: 50 }))).toEqual([]);
  });

  test('a start further apart, where both bodies agree: a busy machine', () => {
    expect(shown([{ at: 300, answer: EVENTS }], hooked({ answer: EVENTS }))).toEqual([]);
    expect(shown([{ at: 20_000, answer: EVENTS }], hooked({ answer: EVENTS }))).toEqual([]);
  });

  test('a start further apart and no bytes to tell by, where nobody but the page is known to speak', () => {
    const network = source();
    network.othersSpeak(false);
    network.sawHook([...hooked({}), ...hooked({ at: 3_000, seq: 5 })], T0, 0);
    for (const at of [400, 3_900, 5_000]) network.report(request({ at }), 0);
    // One for each that the hook has, however far apart; the third is another's.
    expect(requestsIn(network.settle(HOLD_ALONE))).toEqual(['GET poll']);
  });

  test('a socket that was long in connecting, by its messages; another of the same URL is shown', () => {
    const url = 'wss://chat.example/rt';
    const said = (msg: string) => text(`{"event":"chat_session_message","msg":"${msg}"}`);
    const seen = ['a', 'b'].flatMap((msg, at): Observation[] => {
      const common = { documentId: 'd', frame: 0, monotonicTime: 0, source: 'hook' as const };
      const place = { ...common, seq: at * 2, wallTime: T0 + at };
      const payload = said(msg);
      if (!payload) return [];
      return [
        { ...place, kind: 'socket-open', of: at * 2, phase: 'connecting', url, protocols: [] },
        { ...place, seq: at * 2 + 1, kind: 'frame', of: at * 2, direction: 'out', payload },
      ];
    });
    const socket = (msg: string, at: number): NetworkRequest => {
      const payload = said(msg);
      const head = { kind: 'socket-open', phase: 'connecting', url, protocols: [] } as const;
      const frame = payload && ({ kind: 'frame', direction: 'out', payload } as const);
      const drafts = [head, ...(frame ? [frame] : [])].map((content) => ({ at: T0 + at, content }));
      const ways = { transport: 'socket', body: null, answer: null, status: 0, redirect: null } as const;
      const place = { method: 'GET', url, start: T0 + at, end: T0 + at, origin: null };
      return { ...place, ...ways, byServiceWorker: false, drafts: drafts as NetworkRequest['drafts'] };
    };
    const network = source();
    network.sawHook(seen, T0, 0);
    for (const each of [socket('c', 3), socket('b', 2_500), socket('a', 6_000)]) network.report(each, 0);
    const frames = network.settle(HOLD).flatMap((each) => (each.kind === 'frame' ? [each.payload.data] : []));
    expect(frames.map((data) => JSON.parse(data).msg)).toEqual(['c']);
  });

  test('a poll that is repeated faster than the clocks agree', () => {
    const seen = [0, 20, 40, 60].flatMap((at, index) =>
      hooked({ at, seq: 1 + index * 4, answer: '{"events":[]}' }),
    );
    const reports = [15, 35, 55, 75].map((at) => ({ at, answer: '{"events":[]}' }));
    expect(shown(reports, seen)).toEqual([]);
  });

  test('a retry: the one that failed and the one that was answered', () => {
    const seen = [
      ...hooked({ at: 0, error: 'network error' }),
      ...hooked({ at: 30, seq: 5, answer: EVENTS }),
    ];
    expect(
      shown(
        [
          { at: 2, status: 0, error: 'net::ERR_EMPTY_RESPONSE' },
          { at: 33, answer: EVENTS },
        ],
        seen,
      ),
    ).toEqual([]);
  });

  test('a request with a user name, which only DevTools write into its URL', () => {
    const url = POLL.replace('://', '://me:secret@');
    expect(shown([{ url, answer: EVENTS }], hooked({ answer: EVENTS }))).toEqual([]);
    expect(shown([{ url, answer: EVENTS }])).toEqual(['GET poll']);
  });

  test('a request that the page gave up', () => {
    const seen = hooked({ error: 'AbortError', took: 150 });
    expect(shown([{ status: 0, error: 'net::ERR_ABORTED' }], seen)).toEqual([]);
    expect(shown([{ status: 0, took: 0, at: 200 }], seen)).toEqual([]);
  });

  test('each leg of a redirection', () => {
    const seen = hooked({ url: `${POLL}?from`, answer: EVENTS });
    const legs = [
      { url: `${POLL}?from`, status: 302, redirectURL: '/clientweb/api/v1/chats/1/events?by', took: 5 },
      { url: `${POLL}?by`, at: 6, status: 307, redirectURL: '?to', took: 5 },
      { url: `${POLL}?to`, at: 12, answer: EVENTS },
    ];
    expect(shown(legs, seen)).toEqual([]);
  });

  test('a POST that a redirection turns into a GET', () => {
    const seen = hooked({ method: 'POST', sent: '{}', answer: EVENTS });
    const legs = [
      {
        method: 'POST',
        sent: '{}',
        status: 303,
        redirectURL: '/clientweb/api/v1/chats/1/events?to',
        took: 5,
      },
      { url: `${POLL}?to`, at: 6, answer: EVENTS },
    ];
    expect(shown(legs, seen)).toEqual([]);
  });

  test('what a service worker answered, and what it asked the server for it', () => {
    const inner = { type: 'fetch', at: 3, took: 10, answer: '' };
    const outer = { type: 'fetch', at: 0, took: 14, answer: EVENTS, byServiceWorker: true };
    expect(shown([inner, outer], hooked({ answer: EVENTS }))).toEqual([]);
    expect(shown([inner, outer])).toEqual(['GET poll']);
  });

  test('an answer from the cache', () => {
    const seen = [...hooked({ answer: EVENTS }), ...hooked({ at: 12, seq: 5, answer: EVENTS })];
    expect(shown([{ answer: EVENTS }, { at: 14, took: 0, answer: EVENTS }], seen)).toEqual([]);
    expect(shown([{ status: 304, answer: null }], hooked({ answer: EVENTS }))).toEqual([]);
  });

  test('every connection of an EventSource that connects again', () => {
    const [open] = hooked({ transport: 'eventsource' });
    const accept = { Accept: 'text/event-stream' };
    const reports = [{ headers: accept }, { at: 4_000, headers: accept }, { at: 9_000, headers: accept }];
    expect(shown(reports, open ? [open] : [])).toEqual([]);
  });

  test('a body in another form, where the answer is the same', () => {
    const seen = hooked({ method: 'POST', answer: EVENTS }).map((each) =>
      each.kind === 'request'
        ? {
            ...each,
            body: {
              encoding: 'text' as const,
              data: '[["a","b"]]',
              size: 1,
              truncated: false,
              note: 'form-data',
            },
          }
        : each,
    );
    expect(shown([{ method: 'POST', sent: '--boundary …', answer: EVENTS }], seen)).toEqual([]);
  });

  test('bytes that DevTools write as characters', () => {
    const seen = hooked({ method: 'POST' }).map((each) =>
      each.kind === 'request'
        ? { ...each, body: { encoding: 'base64' as const, data: 'AP8BAg==', size: 4, truncated: false } }
        : each,
    );
    expect(shown([{ method: 'POST', sent: '\u0000\u00ff\u0001\u0002' }], seen)).toEqual([]);
    expect(
      shown(
        [{ method: 'POST', sent: '{"msg":"\u00c3\u00a9"}' }],
        hooked({ method: 'POST', sent: '{"msg":"é"}' }),
      ),
    ).toEqual([]);
  });
});

describe('what is shown is taken back', () => {
  /** A report is shown; the hook's word comes at `heard`, on the panel's clock. */
  const late = (reported: Reported, word: readonly Observation[], heard = 2 * HOLD) => {
    const network = source();
    network.report(request(reported), 0);
    const before = network.settle(HOLD);
    network.sawHook(word, T0, heard);
    return { network, before };
  };

  test('when the hook’s word comes later still, with the document that holds nothing else', () => {
    const { network, before } = late({ answer: EVENTS }, hooked({ answer: EVENTS }));
    expect(requestsIn(before)).toEqual(['GET poll']);
    expect(network.nextDue).toBe(3 * HOLD);
    expect(network.takeBack(3 * HOLD - 1)).toEqual([]);
    expect(network.takeBack(3 * HOLD)).toEqual([
      { documentId: 'network 1', of: 1 },
      { documentId: 'network 1', of: 0 },
    ]);
    expect(network.nextDue).toBeNull();
    // What comes then has a document of its own.
    network.report(request({ url: `${POLL}?next`, answer: EVENTS }), 3 * HOLD);
    expect(network.settle(4 * HOLD)[0]).toMatchObject({ kind: 'document', documentId: 'network 2', seq: 0 });
  });

  test('and what else the document holds stays', () => {
    const network = source();
    network.report(request({ answer: EVENTS }), 0);
    network.report(request({ url: `${POLL}?worker`, answer: EVENTS }), 0);
    network.settle(HOLD);
    network.sawHook(hooked({ answer: EVENTS }), T0, HOLD);
    expect(network.takeBack(2 * HOLD)).toEqual([{ documentId: 'network 1', of: 1 }]);
  });

  test('a socket, with what it has said since, which is not wanted any more', () => {
    const url = 'wss://chat.example/rt';
    const place = { documentId: 'd', frame: 0, wallTime: T0, monotonicTime: 0, source: 'hook' as const };
    const payload = text('{"event":"chat_session_message","msg":"a"}');
    if (!payload) throw new Error('It has bytes.');
    const open = { kind: 'socket-open', phase: 'connecting', url, protocols: [] } as const;
    const frame = { kind: 'frame', direction: 'out', payload } as const;
    const reported = (drafts: readonly object[]): NetworkRequest => ({
      ...{ method: 'GET', url, start: T0 + 400, end: T0 + 400, origin: null, byServiceWorker: false },
      ...{ transport: 'socket', body: null, answer: null, status: 0, redirect: null },
      drafts: drafts.map((content) => ({ at: T0 + 400, content })) as NetworkRequest['drafts'],
    });
    const network = source();
    network.report(reported([open, frame]), 0);
    expect(network.settle(HOLD).map(({ kind }) => kind)).toEqual(['document', 'socket-open', 'frame']);
    network.sawHook(
      [
        { ...place, ...open, seq: 1, of: 1 },
        { ...place, ...frame, seq: 2, of: 1 },
      ],
      T0,
      HOLD,
    );
    expect(network.takeBack(2 * HOLD)).toHaveLength(2);
    expect(network.report(reported([open, frame, frame]), 2 * HOLD)).toBe(false);
  });

  test('when the bytes that were missing agree after all', () => {
    const { network, before } = late({ at: 300, answer: EVENTS }, hooked({ answer: EVENTS }), 2 * HOLD);
    expect(requestsIn(before)).toEqual(['GET poll']);
    expect(network.takeBack(3 * HOLD)).toHaveLength(2);

    const doubtful = source();
    const [begin, ...rest] = hooked({ answer: EVENTS });
    doubtful.sawHook(begin ? [begin] : [], T0, 0);
    doubtful.report(request({ at: 300, answer: EVENTS }), 0);
    expect(requestsIn(doubtful.settle(HOLD))).toEqual(['GET poll (start)']);
    doubtful.sawHook(rest, T0, HOLD);
    expect(doubtful.takeBack(2 * HOLD)).toHaveLength(2);
  });

  test.each<[string, Reported]>([
    ['another answer', { answer: '{"events":[]}' }],
    ['another URL', { url: `${POLL}?x=1`, answer: EVENTS }],
    ['another status', { status: 500, answer: EVENTS }],
    ['no bytes to tell by, and a start further apart', { at: 300 }],
  ])('but not for %s', (_what, reported) => {
    const { network } = late(reported, hooked({ answer: EVENTS }));
    expect(network.takeBack(3 * HOLD)).toEqual([]);
  });

  test('but not for a request whose own report is there, or may come still', () => {
    const { network } = late({ answer: EVENTS }, hooked({ at: 40, answer: EVENTS }));
    network.report(request({ at: 45, answer: EVENTS }), 2 * HOLD);
    expect(network.takeBack(3 * HOLD)).toEqual([]);
    expect(network.settle(3 * HOLD)).toEqual([]);
    expect(network.takeBack(4 * HOLD)).toEqual([]);
  });

  test('one for each that the hook has', () => {
    const network = source();
    for (const at of [0, 5, 10]) network.report(request({ at, answer: EVENTS }), 0);
    expect(requestsIn(network.settle(HOLD))).toHaveLength(3);
    network.sawHook([...hooked({ answer: EVENTS }), ...hooked({ at: 9, seq: 5, answer: EVENTS })], T0, HOLD);
    expect(network.takeBack(2 * HOLD).map(({ of }) => of)).toEqual([1, 5]);
  });

  test('and nothing is looked for once it was cleared, or is old', () => {
    const { network } = late({ answer: EVENTS }, hooked({ answer: EVENTS }));
    network.clear();
    expect(network.nextDue).toBeNull();
    expect(network.takeBack(3 * HOLD)).toEqual([]);
    const old = late({ answer: EVENTS }, hooked({ answer: EVENTS }), 100_000).network;
    expect(old.takeBack(100_000 + HOLD)).toEqual([]);
  });
});

describe('what is nearly the same is shown', () => {
  test.each<[string, Reported]>([
    ['another method', { method: 'POST' }],
    ['another URL', { url: `${POLL}?x=1` }],
    ['another body', { method: 'POST', sent: '{"b":1}' }],
    ['another answer', { answer: EVENTS }],
    ['another status', { status: 404 }],
    ['a start more than half a minute apart', { at: 30_001, answer: '{}' }],
    ['another way', { type: 'xhr', answer: '{}' }],
  ])('%s', (_what, reported) => {
    const seen = hooked({
      method: reported.sent ? 'POST' : 'GET',
      answer: '{}',
      ...(reported.sent ? { sent: '{"a":1}' } : {}),
    });
    expect(shown([reported], seen)).toHaveLength(1);
    expect(shown([reported], seen).join()).not.toContain('(');
  });

  test('a start further apart and no bytes to tell by: doubtful', () => {
    expect(shown([{ at: 51 }], hooked({}))).toEqual(['GET poll (start)']);
    expect(shown([{ at: 1_001 }], hooked({}))).toEqual(['GET poll']);
  });

  test('a body that is missing, and no answer: doubtful', () => {
    const seen = hooked({ method: 'POST' }).map((each) =>
      each.kind === 'request'
        ? {
            ...each,
            body: { encoding: 'none' as const, data: '', size: 0, truncated: false, note: 'stream' },
          }
        : each,
    );
    expect(shown([{ method: 'POST', sent: 'abc' }], seen)).toEqual(['POST poll (body)']);
  });

  test('one more report than the hook has requests: doubtful', () => {
    expect(shown([{ answer: EVENTS }, { at: 8, answer: EVENTS }], hooked({ answer: EVENTS }))).toEqual([
      'GET poll (several)',
    ]);
  });

  test('a worker’s own poll beside the page’s', () => {
    const other = '{"events":[{"event":"chat_session_message","msg":"Other"}]}';
    expect(shown([{ answer: other }, { answer: EVENTS }], hooked({ answer: EVENTS }))).toEqual(['GET poll']);
  });
});

describe('no request of a script is', () => {
  test.each<[string, unknown]>([
    ['a question for leave to cross origins', entry({ method: 'OPTIONS', type: 'preflight' })],
    [
      'the same in Firefox',
      entry({ method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'POST' } }),
    ],
    ['an image', entry({ type: 'image' })],
    ['an image in Firefox', entry({ headers: { Accept: 'image/avif,*/*' } })],
    ['a page', entry({ headers: { 'Sec-Fetch-Dest': 'iframe' } })],
    ['nothing', null],
    ['an entry without a request', { startedDateTime: 'x' }],
    ['an entry without a time', { ...entry({}), startedDateTime: 'yesterday' }],
  ])('%s', (_what, given) => {
    expect(networkRequest(given, { text: null, encoding: '' })).toBeNull();
  });
});

describe('the content of a request', () => {
  /** As DevTools report it before its content is known. */
  const bare = (given: Reported, askContent: () => void = () => {}) => ({
    ...request({ ...given, answer: null }),
    askContent,
  });

  test('need not be asked for where the hook has a request like it', () => {
    const network = source();
    network.sawHook(hooked({ answer: EVENTS }), T0, 0);
    expect(network.hasLike(bare({}))).toBe(true);
    network.report(bare({}, unwanted), 0);
    expect(requestsIn(network.settle(HOLD_ALONE))).toEqual([]);
  });

  test('is asked for where the hook has none like it', () => {
    const network = source();
    expect(network.hasLike(bare({}))).toBe(false);
    network.sawHook(hooked({ answer: EVENTS, sent: 'a', method: 'POST' }), T0, 0);
    expect(network.hasLike(bare({ sent: 'b', method: 'POST' }))).toBe(false);
    expect(network.hasLike(bare({ sent: 'a', method: 'POST', at: 60 }))).toBe(false);
    expect(network.hasLike(bare({ sent: 'a', method: 'POST', status: 500 }))).toBe(false);
    expect(network.hasLike(bare({ sent: 'a', method: 'POST' }))).toBe(true);
  });

  test('is asked for where more are reported than the hook has: it tells which is whose', () => {
    const network = source();
    network.sawHook(hooked({ answer: EVENTS }), T0, 0);
    network.report(bare({}), 0);
    expect(network.hasLike(bare({ at: 10 }))).toBe(false);
    network.sawHook(hooked({ answer: EVENTS, at: 10, seq: 5 }), T0, 0);
    expect(network.hasLike(bare({ at: 10 }))).toBe(true);
  });

  test('is asked for after all where another report took what the hook has, and then it is shown whole', () => {
    const network = source();
    const asked: string[] = [];
    network.sawHook(hooked({ answer: EVENTS }), T0, 0);
    network.report(request({ at: 5, took: 1, answer: EVENTS }), 0);
    const late = bare({ at: 8 }, () => {
      asked.push('late');
      network.report(request({ at: 8, answer: '{"events":[]}' }), HOLD_ALONE);
    });
    network.report(late, 0);
    network.report(request({ at: 20, answer: EVENTS, url: `${POLL}?after` }), 0);
    // What ended later waits for it.
    expect(requestsIn(network.settle(HOLD_ALONE))).toEqual([]);
    expect(asked).toEqual(['late']);
    const shown = network.settle(HOLD_ALONE);
    expect(requestsIn(shown)).toEqual(['GET poll', 'GET poll?after']);
    expect(shown.flatMap((each) => (each.kind === 'body' ? each.payload.data : []))).toEqual([
      '{"events":[]}',
      EVENTS,
    ]);
  });

  test('that never comes does not keep its request back for ever', () => {
    const network = source();
    let asked = 0;
    network.report(
      bare({}, () => {
        asked += 1;
      }),
      0,
    );
    expect(network.settle(HOLD_ALONE)).toEqual([]);
    expect(network.settle(HOLD_ALONE + HOLD - 1)).toEqual([]);
    expect(requestsIn(network.settle(HOLD_ALONE + HOLD))).toEqual(['GET poll']);
    expect(asked).toBe(1);
    // Nor does it show it twice when it comes after all.
    network.report(request({ answer: EVENTS }), HOLD_ALONE + HOLD);
    expect(network.settle(HOLD_ALONE + MOST_HOLD)).toEqual([]);
  });

  function unwanted(): never {
    throw new Error('It was asked for.');
  }
});

test('what finds no room while the way is cut is counted as a gap', () => {
  const network = source();
  const one = request({});
  for (let at = 0; at < 5_003; at += 1) network.report({ ...one, end: one.end + at }, 0);
  const observations = network.settle(HOLD);
  expect(observations.find(({ kind }) => kind === 'gap')).toMatchObject({ count: 3, reason: 'panel' });
  let next = 0;
  for (const each of observations) {
    expect(each.kind === 'gap' ? each.from : each.seq).toBe(next);
    next = each.seq + 1;
  }
});

test('base64 of bytes that are text becomes the text, in either browser’s words', () => {
  const base64 = btoa(EVENTS);
  expect(request({ answer: base64, encoding: 'base64' }).answer?.data).toBe(EVENTS);
  const firefox = entry({ answer: base64 });
  const content = { ...firefox.response.content, encoding: 'base64' };
  const given = { ...firefox, response: { ...firefox.response, content } };
  expect(networkRequest(given, { text: base64, encoding: 'application/json' })?.answer?.data).toBe(EVENTS);
});

describe('a socket of a worker', () => {
  const URL_OF_SOCKET = 'wss://chat.example/clientweb/api/v1/rt';
  const message = (at: number, data: string) => ({
    type: 'receive',
    time: (T0 + at) / 1000,
    opcode: 1,
    data,
  });
  const snapshot = (...messages: readonly object[]): NetworkRequest => {
    const given = {
      ...entry({ url: URL_OF_SOCKET, type: 'websocket', status: 101 }),
      _webSocketMessages: messages,
    };
    const parsed = networkRequest(given, { text: null, encoding: '' });
    if (!parsed) throw new Error('It is no socket.');
    return parsed;
  };
  const frames = (observations: readonly Observation[]) =>
    observations.flatMap((each) => (each.kind === 'frame' ? [`${each.of} ${each.payload.data}`] : []));

  test('is shown while it is open, each message once', () => {
    const network = source();
    expect(network.report(snapshot(message(1, 'a')), 0)).toBe(true);
    network.report(snapshot(message(1, 'a'), message(2, 'b')), 500);
    expect(frames(network.settle(HOLD))).toEqual(['1 a', '1 b']);
    network.report(snapshot(message(1, 'a'), message(2, 'b'), message(3, 'c')), 2_000);
    expect(network.nextDue).toBe(0);
    expect(frames(network.settle(2_000))).toEqual(['1 c']);
    network.report(snapshot(message(1, 'a'), message(2, 'b'), message(3, 'c')), 3_000);
    expect(network.settle(9_000)).toEqual([]);
  });

  test('is not shown where the hook has it, and not wanted again', () => {
    const network = source();
    const seen = {
      documentId: 'd',
      frame: 0,
      seq: 1,
      wallTime: T0,
      monotonicTime: 0,
      source: 'hook' as const,
    };
    network.sawHook(
      [{ ...seen, kind: 'socket-open', of: 1, phase: 'connecting', url: URL_OF_SOCKET, protocols: [] }],
      T0,
      0,
    );
    network.report(snapshot(message(1, 'a')), 0);
    expect(network.settle(HOLD)).toEqual([]);
    expect(network.report(snapshot(message(1, 'a'), message(2, 'b')), 2_000)).toBe(false);
  });
});
