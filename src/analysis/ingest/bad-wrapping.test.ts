/** Messages made to break the reading: what can be read is, what cannot is said, and nothing beside it is lost. */
import { gzipSync, zlibSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import type { Analysis } from '../api/analysis.ts';
import { AGENT, ended, joined, message, ownMessage, status, text, trace } from '../testing/trace-builder.ts';

const ENDED = JSON.stringify(ended);
const packed = (data: string | Uint8Array, pack = gzipSync) =>
  pack(typeof data === 'string' ? new TextEncoder().encode(data) : data);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** A message on a socket between two ordinary ones. */
function between(data: string, encoding: 'text' | 'base64' = 'text'): Analysis {
  const built = trace();
  const of = built.socket();
  built.frameIn(of, status('connected')).frameIn(of, joined());
  built.add({ kind: 'frame', of, direction: 'in', payload: { ...text(data), encoding } });
  built.frameIn(of, message());
  return built.analyse();
}

const rowsOf = (analysis: Analysis) =>
  Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row));
const named = (analysis: Analysis) => rowsOf(analysis).map(({ event }) => event);
const rules = (analysis: Analysis) => analysis.findings().map(({ rule }) => rule);

/** Processor time, milliseconds: what a busy machine takes beside it does not count. */
function took(run: () => void): number {
  const before = process.cpuUsage();
  run();
  return process.cpuUsage(before).user / 1000;
}

describe('a message that cannot be read', () => {
  test.each<[string, string]>([
    ['under 10,000 objects', `${'{"a":'.repeat(10_000)}${ENDED}${'}'.repeat(10_000)}`],
    ['under 10,000 lists', `${'['.repeat(10_000)}${ENDED}${']'.repeat(10_000)}`],
    [
      'under twelve strings',
      Array.from({ length: 12 }).reduce<string>((inner) => JSON.stringify({ inner }), ENDED),
    ],
  ])('%s is said, and what is beside it is read', (_, data) => {
    const analysis = between(data);
    expect(named(analysis)).toEqual([
      ...['socket open', 'chat_session_status', 'chat_session_party_joined', 'JSON frame'],
      'chat_session_message',
    ]);
    expect(rules(analysis)).toContain('schema/unread-event');
  });

  it('is read under a hundred objects, and beside 20 MB of other things', () => {
    const wide = `{"pad":"${'x'.repeat(20 * 1024 * 1024)}","wrapped":${ENDED}}`;
    for (const data of [`${'{"a":'.repeat(100)}${ENDED}${'}'.repeat(100)}`, wide])
      expect(named(between(data))).toContain('chat_session_ended');
  });
});

describe('a message of hundreds of thousands of texts', () => {
  test.each<[string, string]>([
    ['empty objects', '{}'],
    ['numbers', '1 '],
    ['records', '{"type":6}\u001e'],
    ['packets', '2\u001e'],
  ])('%s takes no longer than other texts of its size, and its event is read', (_, each) => {
    const of = (count: number) => `${each.repeat(count)}${each === '2\u001e' ? '4' : ''}${ENDED}`;
    between(of(10_000));
    const tenth = took(() => between(of(30_000)));
    const whole = took(() => expect(named(between(of(300_000)))).toContain('chat_session_ended'));
    expect(whole).toBeLessThan(40 * Math.max(tenth, 20));
  });

  it('that are all events gives them all', () => {
    expect(between(ENDED.repeat(20_000)).totals.events).toBe(20_003);
  });
});

describe('bytes that are packed', () => {
  test.each<[string, Uint8Array]>([
    ['once', packed(ENDED)],
    ['twice', packed(packed(ENDED))],
    ['twice, in two ways', packed(packed(ENDED), zlibSync)],
    ['four times', packed(packed(packed(packed(ENDED))))],
  ])('%s are unpacked, as bytes and as base64 in JSON', (_, bytes) => {
    for (const analysis of [
      between(base64(bytes), 'base64'),
      between(JSON.stringify({ data: base64(bytes) })),
      between(base64(bytes)),
    ])
      expect(named(analysis)).toContain('chat_session_ended');
  });

  test.each<[string, Uint8Array]>([
    ['too often', Array.from({ length: 9 }).reduce<Uint8Array>((inner) => packed(inner), packed(ENDED))],
    ['to more than 16 MiB', packed(`{"pad":"${'x'.repeat(40_000_000)}","e":${ENDED}}`)],
    ['and damaged', packed(ENDED.repeat(9)).subarray(0, 40)],
    ['in another way', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 1, 2, 3)],
  ])('%s are named as such', (_, bytes) => {
    const analysis = between(base64(bytes), 'base64');
    expect(named(analysis).slice(3)).toEqual(['compressed frame', 'chat_session_message']);
  });

  it('take no longer than what comes out of them may', () => {
    const bomb = base64(packed(new Uint8Array(100 * 1024 * 1024).fill(0x20)));
    expect(took(() => between(bomb, 'base64'))).toBeLessThan(5_000);
  });
});

describe('a framing', () => {
  // A heartbeat has no content: with an event in it, it is either no heartbeat, or the event is read from it.
  test.each<[string, string]>([
    ['engine.io', `2${ENDED}`],
    ['engine.io, answered', `3${ENDED}`],
    ['SignalR', `{"type":6,"with":${ENDED}}\u001e`],
    ['Phoenix', `[null,"7","phoenix","heartbeat",${ENDED}]`],
    ['ActionCable', `{"type":"ping","message":${ENDED}}`],
    ['graphql-ws', `{"type":"ping","payload":${ENDED}}`],
    ['STOMP', `RECEIPT\nreceipt-id:1\n\n${ENDED}\0`],
    ['SockJS', `h${ENDED}`],
  ])('whose heartbeat names an event hides none: %s', (_, data) => {
    const analysis = between(data);
    const read = named(analysis).includes('chat_session_ended');
    expect(read || rules(analysis).includes('schema/unread-event')).toBe(true);
    expect(named(analysis).at(-1)).toBe('chat_session_message');
  });

  test.each<[string, readonly string[], string]>([
    [
      'SignalR and ActionCable',
      ['SignalR'],
      `{"type":1,"target":"t","arguments":[${ENDED}],"identifier":"{}","message":1}`,
    ],
    [
      'graphql-ws and ActionCable',
      ['ActionCable'],
      `{"type":"next","id":"1","payload":${ENDED},"identifier":"{}","message":1}`,
    ],
    ['a list that Phoenix alone explains', ['Phoenix'], `["1","2","room:1","event",${ENDED}]`],
    ['a list of strings and SockJS', [], JSON.stringify([ENDED])],
    ['a list behind a number and socket.io', ['socket.io'], `42["event",${ENDED}]`],
    ['a form and engine.io', ['form-encoded'], `4a=${encodeURIComponent(ENDED)}`],
    ['STOMP in SockJS', ['SockJS', 'STOMP'], `a[${JSON.stringify(`MESSAGE\n\n${ENDED}\0`)}]`],
  ])('that fits beside another reads the event once, and is said: %s', (_, framings, data) => {
    const analysis = between(data);
    expect(named(analysis).filter((event) => event === 'chat_session_ended')).toHaveLength(1);
    const row = named(analysis).indexOf('chat_session_ended');
    expect(analysis.exchangeOfRow(row)?.layers?.framings ?? []).toEqual(framings);
    expect(rules(analysis)).not.toContain('schema/unread-event');
  });
});

describe('a list that begins with words or numbers', () => {
  it.each([
    ['a broadcast of Phoenix', `[null,null,"room:1","event",${ENDED}]`],
    ['arguments of socket.io', `["chat",${ENDED}]`],
    ['an event of WAMP', `[36,5512315355,4429313566,${ENDED}]`],
    ['an id beyond 2^53', `[null,12345678901234567890,${ENDED}]`],
  ])('is read as what it frames, and accused of nothing: %s', (_, data) => {
    const analysis = between(data);
    expect(named(analysis).filter((event) => event === 'chat_session_ended')).toHaveLength(1);
    expect(rules(analysis)).not.toContain('schema/not-an-event');
  });

  it('is a list of events all the same where only null stands before them', () => {
    expect(rules(between(`[null,${ENDED}]`))).toContain('schema/not-an-event');
  });
});

describe('ids that differ only in the 18th digit', () => {
  const [ONE, OTHER] = ['123456789012345678', '123456789012345679'];
  const raw = (event: object, id: string) =>
    JSON.stringify({ ...event, msg_id: 0 }).replace('"msg_id":0', `"msg_id":${id}`);

  it('are two messages, and twice the same one is one', () => {
    const told = (...ids: readonly string[]) => {
      const built = trace();
      const of = built.socket();
      built.frameIn(of, status('connected')).frameIn(of, joined());
      for (const [at, id] of ids.entries())
        built.add({
          kind: 'frame',
          of,
          direction: 'in',
          payload: text(raw(message({ party_id: AGENT, msg: `${at}` }), id)),
        });
      return built.problems().filter((rule) => rule.includes('id'));
    };
    expect(told(ONE, OTHER)).toEqual([]);
    expect(told(ONE, ONE)).toHaveLength(1);
  });

  it('are two messages that the page sent, of which one was delivered', () => {
    const built = trace();
    const of = built.socket();
    built.frameIn(of, status('connected')).frameIn(of, joined());
    for (const id of [ONE, OTHER]) {
      const data = raw(ownMessage({ msg: `number ${id}` }), id);
      built.add({ kind: 'frame', of, direction: 'out', payload: text(data) });
    }
    const receipt = `{"event":"chat_session_message_delivered","ref_msg_id":${OTHER},"party_id":"${AGENT}","timestamp":"1614718750"}`;
    built.add({ kind: 'frame', of, direction: 'in', payload: text(receipt) });
    const sent = rowsOf(built.analyse()).filter(({ direction }) => direction === 'out');
    expect(sent.map(({ fate }) => fate?.kind)).toEqual(['sent', 'delivered']);
  });
});
