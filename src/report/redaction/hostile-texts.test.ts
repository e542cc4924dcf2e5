/** Texts made to take long: the time that redaction takes is by their bytes. */
import { expect, test } from 'vitest';
import { text, trace } from '../../analysis/testing/trace-builder.ts';
import { PROFILES } from './profile.ts';
import { redactTrace } from './redaction.ts';

/** Processor time of redacting a message, milliseconds: what a busy machine takes beside it does not count. */
function took(message: string): number {
  const built = trace();
  built.add({ kind: 'frame', of: built.socket(), direction: 'in', payload: text(message) });
  const before = process.cpuUsage();
  const { observations } = redactTrace(built.observations, PROFILES.share);
  expect([...observations]).toHaveLength(built.observations.length);
  return process.cpuUsage(before).user / 1000;
}

const MIB = 1024 * 1024;

test.each(['[', '{"a":', '[[],', '{"a":1},', '"x",', '{', '[{"event":"chat_session_ended"},'])(
  '4 MiB of %s take about four times as long as 1 MiB',
  { timeout: 120_000 },
  (part) => {
    const of = (size: number) => part.repeat(size / part.length);
    took(of(MIB / 16));
    const quarter = took(of(MIB));
    expect(took(of(4 * MIB))).toBeLessThan(10 * Math.max(quarter, 100));
  },
);
