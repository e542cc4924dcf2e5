import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../api/analysis.ts';
import { type AnalysisOptions, createAnalysis } from '../create-analysis.ts';
import {
  AGENT,
  BOT,
  CHAT,
  formData,
  joined,
  left,
  message,
  type TraceBuilder,
  trace,
} from '../testing/trace-builder.ts';

const SHOP = 'https://shop.example';
const ADS = 'https://ads.example';

function document(built: TraceBuilder, documentId: string, origin: string | null): TraceBuilder {
  built.documentId = documentId;
  built.add({ kind: 'document', phase: 'start', url: 'https://page.example/', origin, top: false });
  return built;
}

function analysed(built: TraceBuilder, options: AnalysisOptions = {}): Analysis {
  const analysis = createAnalysis(options);
  analysis.add(built.observations);
  analysis.end();
  return analysis;
}

/** A chat in a shop's document, and events of the same chat id in another document. */
function shopAnd(origin: string | null): TraceBuilder {
  const built = document(trace(), 'shop', SHOP).requestChat().poll([message()]);
  return document(built, 'other', origin).poll([message(), message()]);
}

/** The same over a relay's sockets, which the events name. */
function shopAndOnRelay(origin: string): TraceBuilder {
  const built = document(trace(), 'shop', SHOP);
  built.frameIn(built.socket('wss://relay.example/rt?one'), message({ chat_id: CHAT }));
  document(built, 'other', origin);
  return built.frameIn(built.socket('wss://relay.example/rt?two'), message({ chat_id: CHAT }));
}

const counts = (analysis: Analysis) => analysis.sessions().map(({ eventCount }) => eventCount);

describe('sessions of one chat id', () => {
  test('are two where documents of two origins carry them, and the second one says so', () => {
    const analysis = analysed(shopAnd(ADS));
    const [first, second] = analysis.sessions();
    expect(first).toMatchObject({ id: CHAT, chatId: CHAT, eventCount: 1, origins: [SHOP], second: false });
    expect(second).toMatchObject({ chatId: CHAT, eventCount: 2, origins: [ADS], second: true });
    expect(second?.id).toBe(`${CHAT} @ ${ADS}`);
    expect(second?.sameChat).toEqual([CHAT]);
    expect(first?.sameChat).toEqual([second?.id]);
    expect(analysis.session(second?.id ?? '')).toEqual(second);
    expect(analysis.conversation(CHAT)?.entries).toHaveLength(1);
    expect(analysis.originCount).toBe(2);
  });

  test('are one within an origin, however many documents there are', () => {
    expect(counts(analysed(shopAnd(SHOP)))).toEqual([3]);
  });

  test('are one in a file that names no origins', () => {
    const built = document(trace(), 'one', null).requestChat().poll([message()]);
    expect(counts(analysed(document(built, 'two', null).poll([message()])))).toEqual([2]);
  });

  test('are two where one origin is known and the other is not', () => {
    const analysis = analysed(shopAnd(null));
    expect(counts(analysis)).toEqual([1, 2]);
    expect(analysis.sessions().at(1)?.id).toBe(`${CHAT} @ an unknown origin`);
  });

  test('are as many as there are documents of opaque origin', () => {
    const built = document(shopAnd('null'), 'third', 'null').poll([message()]);
    const analysis = analysed(built);
    expect(counts(analysis)).toEqual([1, 2, 1]);
    expect(new Set(analysis.sessions().map(({ id }) => id)).size).toBe(3);
  });

  test('are two also where a relay’s own ids, tokens of URLs and parties name the chat', () => {
    expect(counts(analysed(shopAndOnRelay(ADS)))).toEqual([1, 1]);
    const built = document(trace(), 'shop', SHOP);
    built.frameIn(built.socket(`wss://relay.example/chat/${CHAT}`), message());
    document(built, 'ads', ADS);
    built.frameIn(built.socket(`wss://relay.example/chat/${CHAT}`), message());
    expect(counts(analysed(built))).toEqual([1, 1]);
  });

  test('are one where a relay pattern of the user fits what both ask', () => {
    const patterns = ['wss://relay.example/*'];
    const analysis = analysed(shopAndOnRelay(ADS), { patterns });
    expect(counts(analysis)).toEqual([2]);
    expect(analysis.sessions().at(0)).toMatchObject({ origins: [SHOP, ADS], second: false });
    expect(counts(analysed(shopAndOnRelay(ADS), { patterns: ['rt?one', 'rt?two'] }))).toEqual([1, 1]);
  });

  test('are one where each is one with a third by a pattern of its own', () => {
    const built = shopAndOnRelay(ADS);
    built.frameIn(built.socket('wss://relay.example/rt?three'), message({ chat_id: CHAT }));
    expect(counts(analysed(built, { patterns: ['?one*', '?three*'] }))).toEqual([1, 2]);
    expect(counts(analysed(built, { patterns: ['?one', 'e*?t*e', 'rt?*e'] }))).toEqual([3]);
  });

  test('are one where the user joins them, which is kept as data and taken back by leaving it out', () => {
    const built = shopAnd(ADS);
    const before = analysed(built);
    const ids = before.sessions().map(({ id }) => id);
    const join = before.joinSessions(ids[0] ?? '', ids[1] ?? '');
    if (join === null) throw new Error('they could not be joined');
    const kept: unknown = JSON.parse(JSON.stringify(join));
    expect(kept).toEqual(join);
    const after = analysed(built, { joins: [join] });
    expect(counts(after)).toEqual([3]);
    expect(after.joins).toEqual([join]);
    expect(after.sessions()[0]?.sameChat).toEqual([]);
    expect(analysed(built).sessions()).toEqual(before.sessions());
    expect(before.joinSessions(ids[0] ?? '', ids[0] ?? '')).toBeNull();
    expect(before.joinSessions(ids[0] ?? '', 'no such session')).toBeNull();
  });

  test('have ids of their own, whatever the chat ids are', () => {
    const id = fc.constantFrom('a', 'A', `a @ ${ADS}`, `a @ ${ADS} #1`, 'a @ an unknown origin');
    const origin = fc.constantFrom(SHOP, ADS, 'null', null);
    fc.assert(
      fc.property(fc.array(fc.tuple(id, origin), { maxLength: 8 }), (chats) => {
        const built = trace();
        for (const [at, [chat, of]] of chats.entries()) {
          document(built, `document ${at}`, of).poll([message()], encodeURIComponent(chat));
        }
        const analysis = analysed(built);
        const sessions = analysis.sessions();
        expect(new Set(sessions.map((session) => session.id)).size).toBe(sessions.length);
        for (const session of sessions) expect(analysis.session(session.id)).toEqual(session);
        // A session is of one origin only, and each row is in a session of its origin.
        for (let row = 0; row < analysis.totals.rows; row += 1) {
          const view = analysis.row(row);
          if (view.session !== null) expect(analysis.session(view.session)?.origins).toEqual([view.origin]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('what the second session lacks', () => {
  test('of its beginning is no finding: a join, a form', () => {
    const events = [message({ party_id: BOT }), joined(), left(BOT), left(AGENT), left('someone')];
    const problems = (origin: string) => {
      const built = document(trace(), 'shop', SHOP).requestChat('connected').poll([joined()]);
      return document(built, 'other', origin).poll(events).post([formData()]).problems();
    };
    expect(problems(SHOP)).toContain('lifecycle/form-unrequested');
    expect(problems(SHOP)).toContain('lifecycle/unknown-party');
    expect(problems(ADS)).toEqual([]);
  });

  test('is no finding either where it was found before the chat was known', () => {
    const built = document(trace(), 'shop', SHOP).requestChat().poll([message()]);
    document(built, 'ads', ADS);
    const socket = built.socket();
    built.frameIn(socket, joined()).frameIn(socket, left('someone'));
    expect(built.problems()).toEqual(['lifecycle/unknown-party']);
    built.frameIn(socket, message({ chat_id: CHAT }));
    expect(built.problems()).toEqual([]);
  });

  test('does not take what is wrong with the first one away', () => {
    const built = document(trace(), 'shop', SHOP)
      .requestChat('connected')
      .poll([joined(), left('someone')]);
    document(built, 'ads', ADS).poll([message()]);
    expect(built.problems()).toEqual(['lifecycle/unknown-party']);
  });
});

describe('a row', () => {
  test('says the origin of its document, as far as it was said', () => {
    const analysis = analysed(shopAnd(ADS));
    const origins = Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row).origin);
    expect([origins[0], origins.at(-1)]).toEqual([SHOP, ADS]);
    expect(analysis.exchangeOfRow(analysis.totals.rows - 1)?.origin).toBe(ADS);
    expect(trace().poll([message()]).analyse().row(0).origin).toBeNull();
  });

  test('says that a service worker answered, told at once or later', () => {
    const built = trace();
    const [one, other] = [CHAT, AGENT].map((chat) => built.request('GET', `chats/${chat}/events`));
    const head = { kind: 'response', status: 200, statusText: '', headers: [], url: '' } as const;
    built.add({ ...head, of: one ?? 0, via: 'service-worker' });
    built.add({ ...head, of: other ?? 0 });
    const payload = { encoding: 'text', data: '{"events":[]}', size: 13, truncated: false } as const;
    for (const of of [one ?? 0, other ?? 0]) built.add({ kind: 'body', of, role: 'answer', payload });
    const analysis = analysed(built);
    expect([0, 1].map((row) => analysis.row(row).served)).toEqual([true, false]);
    built.add({ kind: 'served', of: other ?? 0, by: 'service-worker' });
    const change = analysis.add(built.observations.slice(-1));
    expect(change.touched).toEqual([1]);
    expect(analysis.row(1).served).toBe(true);
    expect(analysis.exchangeOfRow(1)?.served).toBe(true);
  });
});
