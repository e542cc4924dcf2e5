import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis, Listening } from '../../src/analysis/api/analysis.ts';
import { CHAT, message, START, trace } from '../../src/analysis/testing/trace-builder.ts';
import { AGAIN_WITHIN, deafFor, ListeningSpans, type Span } from './listening-spans.ts';

const never = () => false;
const POLL = { kind: 'poll' } as const;

/** As much of an analysis as is asked. */
function analysisOf(exchanges: readonly (Listening | null)[]): Analysis {
  return {
    get exchangeCount() {
      return exchanges.length;
    },
    listening: (exchange: number) => exchanges[exchange] ?? null,
  } as unknown as Analysis;
}

/** The same in the plain way. */
function union(exchanges: readonly Listening[], session: string, now: number): Span[] {
  const spans: { from: number; to: number }[] = [];
  const own = exchanges.filter((each) => each.session === session);
  for (const { from, to } of own.toSorted((one, other) => one.from - other.from)) {
    const last = spans.at(-1);
    if (last !== undefined && from - last.to <= AGAIN_WITHIN) last.to = Math.max(last.to, to ?? now);
    else spans.push({ from, to: to ?? now });
  }
  return spans;
}

describe('when somebody listened', () => {
  test('is the union of polls, sockets and streams, in whatever order they end and are looked at', () => {
    const now = 100_000;
    const exchange = fc
      .record({
        session: fc.constantFrom('a', 'b'),
        from: fc.integer({ min: 0, max: now }),
        length: fc.integer({ min: 0, max: 20_000 }),
        open: fc.boolean(),
      })
      .map(({ session, from, length, open }) => ({
        ...POLL,
        session,
        from,
        to: open ? null : from + length,
      }));
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 60 }), fc.nat(60), (all, half) => {
        const shown: Listening[] = all.slice(0, half);
        const spans = new ListeningSpans(analysisOf(shown));
        spans.lookOn(never);
        shown.push(...all.slice(half));
        spans.lookOn(never);
        for (const session of ['a', 'b']) expect(spans.of(session, now)).toEqual(union(all, session, now));
      }),
    );
  });

  test('is known of an exchange whose session or end comes later', () => {
    const exchanges: (Listening | null)[] = [{ ...POLL, session: null, from: 0, to: null }, null];
    const spans = new ListeningSpans(analysisOf(exchanges));
    spans.lookOn(never);
    expect(spans.of('a', 9)).toEqual([]);
    exchanges[0] = { ...POLL, session: 'a', from: 0, to: null };
    spans.lookOn(never);
    expect(spans.of('a', 9)).toEqual([{ from: 0, to: 9 }]);
    exchanges[0] = { ...POLL, session: 'a', from: 0, to: 5 };
    spans.lookOn(never);
    expect(spans.of('a', 9)).toEqual([{ from: 0, to: 5 }]);
  });

  test('keeps few spans of very many polls, and the longest pause among them', () => {
    const polls = Array.from({ length: 20_000 }, (_, at) => {
      const from = at * 3_000 + (at >= 10_000 ? 10_000_000 : 0);
      return { ...POLL, session: 'a', from, to: from + 500 };
    });
    const spans = new ListeningSpans(analysisOf(polls));
    spans.lookOn(never);
    const list = spans.of('a', 0);
    expect(list.length).toBeLessThanOrEqual(4_096);
    expect(list[0]?.from).toBe(0);
    expect(list.some(({ to }, at) => (list[at + 1]?.from ?? to) - to > 9_000_000)).toBe(true);
  });

  test('a client that stopped polling for a while was deaf, one that asked again at once was not', () => {
    const built = trace().requestChat();
    built.poll([message({ msg: 'one' })]).poll([message({ msg: 'two' })]);
    const quick = built.analyse();
    const spansOf = (analysis: Analysis) => {
      const spans = new ListeningSpans(analysis);
      spans.lookOn(never);
      return spans.of(CHAT, START);
    };
    expect(spansOf(quick)).toHaveLength(1);
    expect(deafFor(spansOf(quick), 0)).toBe(0);
    built.wait(30_000).poll([message({ msg: 'three' })]);
    const slow = spansOf(built.analyse());
    expect(slow).toHaveLength(2);
    expect(deafFor(slow, slow.at(-1)?.to ?? 0)).toBeGreaterThan(29_000);
  });

  test('a socket is one span, and what only sends or asks once is none', () => {
    const built = trace();
    const socket = built.socket();
    built.frameIn(socket, message({ msg: 'one' }));
    built.wait(40_000).frameIn(socket, message({ msg: 'two' }));
    const analysis = built.analyse();
    const [session] = analysis.sessions();
    const spans = new ListeningSpans(analysis);
    spans.lookOn(never);
    const [span, ...more] = spans.of(session?.id ?? '', START + 60_000);
    expect(more).toEqual([]);
    expect((span?.to ?? 0) - (span?.from ?? 0)).toBeGreaterThan(39_000);
    const sent = trace()
      .requestChat()
      .post([message({ msg: 'out' })])
      .analyse();
    expect(Array.from({ length: sent.exchangeCount }, (_, at) => sent.listening(at))).toEqual([null, null]);
  });
});
