import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brightPattern } from '../protocol/bright-pattern/bright-pattern.ts';
import { align, statesOf } from './alignment.ts';
import { CHAT, ended, inactivity, status, trace } from './testing/trace-builder.ts';

const { model } = brightPattern;

describe('alignment', () => {
  test('costs nothing for a session that follows the model, running or ended', () => {
    expect(align(['queued', 'connecting', 'connected'], model).cost).toBe(0);
    expect(align(['queued', 'connected', 'queued', 'connected', 'completed', 'ended'], model).cost).toBe(0);
    expect(align([], model)).toEqual({ cost: 0, moves: [] });
  });

  test('names the state that is missing', () => {
    const { cost, moves } = align(['connected', 'connecting', 'connected'], model);
    expect(cost).toBe(1);
    expect(moves.filter((move) => move.kind !== 'synchronous')).toHaveLength(1);
    expect(moves.find((move) => move.kind === 'missing')?.state ?? 'connecting').toMatch(
      /queued|ivr|connecting/,
    );
  });

  test('names the state that is unexpected after an end', () => {
    const { cost, moves } = align(['connected', 'ended', 'connected'], model);
    expect(cost).toBe(1);
    expect(moves.filter((move) => move.kind === 'unexpected')).toHaveLength(1);
  });

  test('is linear in the length of the session', () => {
    const long = Array.from({ length: 20_000 }, (_, at) => (at % 2 === 0 ? 'connected' : 'connecting'));
    expect(align(long, model).cost).toBeGreaterThan(0);
  });

  const events = [
    ...['establishing', 'ivr', 'queued', 'connecting', 'connected', 'failed', 'completed'].map(status),
    ended,
    inactivity(),
  ];
  test('costs nothing exactly when live stepping finds every step allowed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), (told) => {
        const machine = trace().poll(told).analyse().machine(CHAT);
        const steps = machine?.steps ?? [];
        expect(align(statesOf(steps), model).cost === 0).toBe(steps.every((step) => step.allowed));
      }),
    );
  });
});
