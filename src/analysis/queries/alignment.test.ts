import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brightPattern } from '../../protocol/bright-pattern/bright-pattern.ts';
import { CHAT, ended, inactivity, status, trace } from '../testing/trace-builder.ts';
import { align, type ShownState, shownStates } from './alignment.ts';

const { model } = brightPattern;

/** States one after the other; `…` stands for a gap. */
function aligned(...told: readonly string[]) {
  const shown = told.flatMap((state, at): ShownState[] =>
    state === '…' ? [] : [{ state, afterGap: told[at - 1] === '…' }],
  );
  const { cost, moves } = align(shown, model);
  const words = moves.map(({ kind, state }) =>
    kind === 'synchronous' ? state : `${kind === 'missing' ? '+' : '-'}${state}`,
  );
  return { cost, moves: words.join(' ') };
}

describe('alignment', () => {
  test('costs nothing for a session that follows the model, running or ended', () => {
    expect(aligned('queued', 'connecting', 'connected').cost).toBe(0);
    expect(aligned('queued', 'connected', 'queued', 'connected', 'completed', 'ended').cost).toBe(0);
    expect(align([], model)).toEqual({ cost: 0, moves: [] });
  });

  test('tells a missing state rather than an unexpected one, and the likeliest of several', () => {
    expect(aligned('connected', 'connecting')).toEqual({ cost: 1, moves: 'connected +queued connecting' });
    expect(aligned('queued', 'connected', 'connecting', 'connected', 'ended')).toEqual({
      cost: 1,
      moves: 'queued connected +queued connecting connected ended',
    });
    expect(aligned('connected', 'establishing', 'connected').moves).toBe(
      'connected +queued establishing connected',
    );
  });

  test('blames what came later', () => {
    expect(aligned('connected', 'ended', 'connected')).toEqual({
      cost: 1,
      moves: 'connected ended -connected',
    });
    expect(aligned('failed', 'queued', 'ended')).toEqual({ cost: 1, moves: 'failed -queued ended' });
    expect(aligned('lunch', 'queued')).toEqual({ cost: 1, moves: '-lunch queued' });
  });

  test('blames the one that came too early where that explains more', () => {
    expect(aligned('connected', 'failed', 'queued', 'connecting', 'connected')).toEqual({
      cost: 1,
      moves: 'connected -failed queued connecting connected',
    });
  });

  test('asks nothing of what was lost', () => {
    expect(aligned('connected', '…', 'connecting', 'connected')).toEqual({
      cost: 0,
      moves: 'connected connecting connected',
    });
    expect(aligned('connected', '…', 'lunch', 'connecting')).toEqual({
      cost: 1,
      moves: 'connected -lunch connecting',
    });
    expect(aligned('connected', '…', 'connected', 'connecting').cost).toBe(1);
  });

  test('knows that nothing leads out of an end, seen or not', () => {
    expect(aligned('connected', 'ended', '…', 'connected').cost).toBe(1);
    expect(aligned('connected', 'failed', '…', 'ended').cost).toBe(0);
  });

  test('is linear in the length of the session', () => {
    const long = Array.from({ length: 20_000 }, (_, at) => (at % 2 === 0 ? 'connected' : 'connecting'));
    expect(aligned(...long).cost).toBe(10_000);
  });

  const names = model.states.map((state) => state.id);
  test('costs what the shortest path costs', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 5 }), (told) => {
        expect(aligned(...told).cost).toBe(cheapest(told, null));
      }),
    );
  });

  /** All ways, one after the other; a missing state never pays twice in a row. */
  function cheapest([state, ...rest]: readonly string[], at: string | null, missed = 0): number {
    if (state === undefined) return 0;
    const ways = [1 + cheapest(rest, at)];
    if (at === null || model.allows(at, state)) ways.push(cheapest(rest, state));
    if (at !== null && missed < 2) {
      for (const through of model.next(at)) ways.push(1 + cheapest([state, ...rest], through, missed + 1));
    }
    return Math.min(...ways);
  }

  const events = [
    ...['establishing', 'ivr', 'queued', 'connecting', 'connected', 'failed', 'completed'].map(status),
    ended,
    inactivity(),
  ];
  test('costs nothing exactly when live stepping finds every step allowed, with gaps and without', () => {
    const told = fc.array(fc.constantFrom(...events, 'gap' as const), { maxLength: 12 });
    fc.assert(
      fc.property(told, (all) => {
        const built = trace();
        for (const one of all) {
          if (one === 'gap') built.add({ kind: 'gap', from: 0, to: 1, count: 2, reason: 'ring' });
          else built.poll([one]);
        }
        const analysis = built.analyse();
        const steps = analysis.machine(CHAT)?.steps ?? [];
        const allowed = steps.every((step) => step.allowed);
        expect((analysis.conformance(CHAT)?.cost ?? 0) === 0).toBe(allowed);
        const found = analysis
          .findings('warning')
          .some(({ rule }) => rule === 'lifecycle/unexpected-status' || rule === 'lifecycle/after-end');
        if (!allowed) expect(found).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('takes each state once, with the gap before it', () => {
    const step = (to: string, afterGap: boolean) => ({ to, afterGap });
    expect(shownStates([step('queued', true), step('queued', false), step('connected', false)])).toEqual([
      { state: 'queued', afterGap: true },
      { state: 'connected', afterGap: false },
    ]);
  });
});
