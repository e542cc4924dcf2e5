import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../src/analysis/api/analysis.ts';
import { createAnalysis } from '../../../src/analysis/create-analysis.ts';
import { sampleTrace } from '../../../src/analysis/testing/sample-trace.ts';
import { CHAT, joined, left, message, status, trace } from '../../../src/analysis/testing/trace-builder.ts';
import { SessionTrack } from './session-track.ts';

const never = () => false;

function tracked(analysis: Analysis, session = analysis.sessions()[0]?.id ?? ''): SessionTrack {
  const track = new SessionTrack(analysis, session);
  expect(track.update(never)).toBe(true);
  return track;
}

describe('a session along its time', () => {
  const built = trace();
  built
    .requestChat()
    .poll([status('queued')])
    .wait(10_000);
  built
    .poll([status('connected'), joined()])
    .wait(5_000)
    .poll([message({ msg: 'one' })]);
  built.wait(5_000).poll([left()]);
  const analysis = built.analyse();
  const track = tracked(analysis, CHAT);

  test('has its events by place, by row and by share', () => {
    const { events } = track;
    expect(events.map((row) => analysis.facts.topic(row))).toEqual([
      'status',
      'status',
      'party',
      'message',
      'party',
    ]);
    expect(events.map((row) => track.placeOf(row))).toEqual([0, 1, 2, 3, 4]);
    expect(track.placeOf(0)).toBe(0);
    expect(track.placeOf(1e9)).toBe(4);
    expect([track.shareOf(0), track.shareOf(4)]).toEqual([0, 1]);
    expect([track.placeAt(0), track.placeAt(0.49), track.placeAt(0.76), track.placeAt(1)]).toEqual([
      0, 1, 3, 4,
    ]);
  });

  test('goes from one step of the state to the next', () => {
    expect(track.stepFrom(0, 1)).toBe(1);
    expect(track.stepFrom(1, 1)).toBe(4);
    expect(track.stepFrom(4, -1)).toBe(1);
    expect(track.stepFrom(0, -1)).toBe(0);
  });

  test('has lanes of states and of who was there', () => {
    const [states, agent] = track.lanes();
    expect(states?.name).toBe('State');
    expect(states?.stretches.map(({ word }) => word)).toContain('connected');
    expect(agent?.stretches).toMatchObject([{ tone: 'party', to: 1 }]);
    for (const { stretches } of track.lanes())
      for (const { from, to } of stretches)
        expect([from >= 0, to <= 1, to >= from]).toEqual([true, true, true]);
  });

  test('grows with the trace, in slices', () => {
    const growing = createAnalysis();
    const slow = new SessionTrack(growing, CHAT);
    growing.add(built.observations.slice(0, 6));
    slow.update(never);
    growing.add(built.observations.slice(6));
    slow.update(never);
    expect(slow.events).toEqual(track.events);
  });
});

test('every session of a trace with forms, transfers and defects has lanes', () => {
  const analysis = createAnalysis();
  analysis.add(sampleTrace());
  for (const { id } of analysis.sessions()) {
    const track = tracked(analysis, id);
    const lanes = track.lanes();
    expect(lanes[0]?.stretches.length).toBeGreaterThan(0);
    expect(track.columns().length).toBeLessThanOrEqual(1_000);
  }
});
