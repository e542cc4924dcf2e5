import { expect, test } from 'vitest';
import type { Analysis } from '../analysis/api/analysis.ts';
import { createAnalysis } from '../analysis/create-analysis.ts';
import { joined, message, status, trace } from '../analysis/testing/trace-builder.ts';
import type { Observation } from '../observation/observation.ts';
import { parseTrace, writeTrace } from '../trace/ndjson.ts';
import { convertTrace, WHOLE } from './convert.ts';
import { PROFILES } from './redaction/profile.ts';
import { withFlags } from './with-flags.ts';

const OTHER = 'e3e6056b-0000-4000-8000-000000000001';

function twoChats(): Analysis {
  const built = trace();
  built.requestChat().requestChat('queued', OTHER);
  built.poll([status('connected'), joined(), message({ msg: 'one' }), message({ msg: 'two' })]);
  built.poll([status('connected'), message({ msg: 'theirs' })], OTHER);
  return read(built.observations);
}

function read(observations: readonly Observation[]): Analysis {
  const analysis = createAnalysis();
  analysis.add(observations);
  return analysis;
}

const flagged = (analysis: Analysis) =>
  analysis.flags().map(({ row, text }) => `${analysis.row(row).summary}: ${text}`);

function mark(analysis: Analysis, msg: string, text: string | null): void {
  for (let row = 0; row < analysis.totals.rows; row += 1)
    if (analysis.row(row).summary === msg) analysis.flag(row, text);
}

test('a trace is written with the flags as they are, and read with them again', () => {
  const analysis = twoChats();
  mark(analysis, 'two', 'It hangs here');
  mark(analysis, 'theirs', '');
  const once = parseTrace([...writeTrace(withFlags(analysis))].join('')).observations;
  const again = read(once);
  expect(flagged(again)).toEqual(['two: It hangs here', 'theirs: ']);
  // What was changed since is written in place of what was read.
  mark(again, 'two', null);
  mark(again, 'one', 'earlier');
  const twice = [...withFlags(again)];
  expect(flagged(read(twice))).toEqual(['one: earlier', 'theirs: ']);
  expect(twice).toHaveLength(once.length);
  const seqs = twice.map(({ documentId, seq }) => `${documentId} ${seq}`);
  expect(new Set(seqs).size).toBe(seqs.length);
  expect([...withFlags(analysis, 3)]).toHaveLength(3);
});

test('of a part of a trace the flags on it go along, and what is written on them is redacted', () => {
  const analysis = twoChats();
  mark(analysis, 'two', 'Ask kim@mail.example');
  mark(analysis, 'theirs', 'not this');
  const source = {
    ...{ observations: [...withFlags(analysis)], created: null, dropped: 0 },
    ...{ redacted: null, wrappers: [] },
  };
  const options = { to: 'ndjson', profile: PROFILES.share, version: '1' } as const;
  const converted = (selection: typeof WHOLE) =>
    parseTrace([...convertTrace(source, { ...options, selection })].join('')).observations.flatMap((each) =>
      each.kind === 'annotation' ? [each.text] : [],
    );
  expect(converted(WHOLE)).toEqual(['Ask ‹email#1›', 'not this']);
  expect(converted({ ...WHOLE, sessions: ['A'] })).toEqual(['Ask ‹email#1›']);
  const markdown = [...convertTrace(source, { ...options, to: 'markdown', selection: WHOLE })].join('');
  expect(markdown).toContain('Ask ‹email#1›');
});
