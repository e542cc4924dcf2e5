/** The machine of a session, as it stands and as it stood, and its agreement with the model. */
import { describe, expect, test } from 'vitest';
import { CHAT, ended, joined, message, status, trace } from '../testing/trace-builder.ts';

describe('the machine', () => {
  test('starts in the first state that is told, whichever that is', () => {
    const machine = trace()
      .poll([status('connected')])
      .analyse()
      .machine(CHAT);
    expect(machine?.steps).toMatchObject([{ from: null, to: 'connected', allowed: true }]);
    expect(machine?.counts).toEqual({});
  });

  test('is unknown after a chat event without a status', () => {
    const analysis = trace()
      .poll([message()])
      .poll([status('queued')])
      .analyse();
    expect(analysis.machine(CHAT, 0)?.current).toBe('unknown');
    expect(analysis.machine(CHAT)?.counts).toEqual({ 'unknown→queued': 1 });
  });

  test('stays in its end, whatever is told after it', () => {
    const analysis = trace()
      .poll([status('connected'), ended, status('queued'), status('connected')])
      .analyse();
    expect(analysis.machine(CHAT)).toMatchObject({ current: 'ended', counts: { 'ended→queued': 1 } });
    expect(analysis.machine(CHAT)?.dwell).toEqual({ connected: expect.any(Number) });
    expect(analysis.session(CHAT)).toMatchObject({ state: 'ended', live: false });
  });

  test('of thousands of steps is the same for each row as if it had been summed from the first', () => {
    const built = trace();
    for (let at = 0; at < 700; at += 1) built.poll([status(at % 2 === 0 ? 'connected' : 'queued')]);
    const analysis = built.analyse();
    for (const row of [0, 1, 255, 256, 257, 511, 512, 513, 699]) {
      const machine = analysis.machine(CHAT, row);
      const steps = machine?.steps ?? [];
      const dwell = new Map<string, number>();
      steps.forEach((step, at) => {
        const next = steps[at + 1]?.wallTime ?? step.wallTime;
        dwell.set(step.to, (dwell.get(step.to) ?? 0) + next - step.wallTime);
      });
      expect(steps).toHaveLength(row + 1);
      expect(machine?.dwell).toEqual(Object.fromEntries(dwell));
      const forth = Math.ceil(row / 2);
      expect(machine?.counts['connected→queued'] ?? 0).toBe(forth);
    }
  });
});

describe('conformance', () => {
  test('costs nothing where the session follows the model', () => {
    expect(
      trace()
        .requestChat()
        .poll([status('connected'), ended])
        .analyse()
        .conformance(CHAT)?.cost,
    ).toBe(0);
  });

  test('names what came unexpectedly or was missing, and the row', () => {
    const analysis = trace()
      .poll([status('connected'), joined(), status('connecting'), status('connected'), ended])
      .analyse();
    const { cost, moves = [] } = analysis.conformance(CHAT) ?? {};
    expect(cost).toBe(1);
    expect(moves.filter((move) => move.kind !== 'synchronous')).toMatchObject([{ row: 2, seq: 2 }]);
  });

  test('is null for a session that is not there', () => {
    expect(trace().analyse().conformance('none')).toBeNull();
  });
});
