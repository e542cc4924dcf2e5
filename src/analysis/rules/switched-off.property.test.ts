/**
 * A rule is a function of what was noticed to findings, and changes nothing: whichever is switched off, every state and
 * every finding of another rule stays as it is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedTrace } from '../../../tests/equality/generated-trace.ts';
import { recorded } from '../../../tests/equality/recorded.ts';
import type { Observation } from '../../observation/observation.ts';
import { type AnalysisOptions, createAnalysis } from '../create-analysis.ts';
import type { Session } from '../sessions/session.ts';
import type { Check, Moment } from '../state/moments.ts';
import { text, trace } from '../testing/trace-builder.ts';
import { checks } from './judge.ts';
import { rules } from './rules.ts';

const PORTION = 7;

interface Told {
  /** All but findings, and but for the worst severity of a row. */
  readonly states: string;
  /** Each with its rule. */
  readonly findings: readonly (readonly [rule: string, finding: string])[];
}

function told(observations: readonly Observation[], options: AnalysisOptions = {}): Told {
  const analysis = createAnalysis(options);
  for (let at = 0; at < observations.length; at += PORTION)
    analysis.add(observations.slice(at, at + PORTION));
  analysis.end();
  const rows = Array.from({ length: analysis.totals.rows }, (_, row) => ({
    ...analysis.row(row),
    severity: null,
  }));
  const sessions = analysis.sessions().map((session) => {
    const { id } = session;
    return [session, analysis.machine(id), analysis.conformance(id), analysis.conversation(id)];
  });
  const findings = analysis
    .findings()
    .map((finding) => [finding.rule, JSON.stringify({ ...finding, id: 0 })] as const);
  return { states: JSON.stringify([rows, sessions]), findings };
}

function sameButFor(rule: string, one: Told, other: Told): boolean {
  const others = ({ findings }: Told) => findings.filter((finding) => finding[0] !== rule).join('\n');
  return one.states === other.states && others(one) === others(other);
}

/** Those beside the first in which a rule has something to say that is seldom told. */
const TELLING = [15, 17, 27, 28, 31, 32, 37, 56, 70, 114, 118, 1340];
const first = process.env.E2E_LONG === '1' ? 1_000 : 8;
const seeds = new Set([...Array.from({ length: first }, (_, seed) => seed), ...TELLING]);

function seldomSeen(): readonly Observation[] {
  const built = trace().requestChat();
  built.poll([{ event: 'chat_session_info', service_name: 'x' }]);
  const of = built.socket();
  built.add({ kind: 'frame', of, direction: 'in', payload: text('<event name="chat_session_ended"/>') });
  const stream = built.request('GET', 'https://relay.example/stream', { transport: 'fetch' });
  built.answerText(stream, 'data: {"event":"chat_session_ended"}\n', 200, 'text/event-stream');
  return built.observations;
}

const traces = new Map<string, readonly Observation[]>([
  ...[...recorded()].map(
    ([name, observations]) => [name, observations.slice(0, name.startsWith('hostile') ? 100 : 400)] as const,
  ),
  ...[...seeds].map((seed) => [`generated from seed ${seed}`, generatedTrace(seed)] as const),
  ['what is seldom seen: events that are not read, not documented, not finished', seldomSeen()],
]);

describe('a rule that is switched off', () => {
  const saySomething = new Set<string>();

  test.each([...traces])('changes nothing else of what is said: %s', (_, observations) => {
    const all = told(observations);
    for (const [rule] of all.findings) saySomething.add(rule);
    for (const { id } of rules) {
      const without = told(observations, { without: new Set([id]) });
      expect(without.findings.filter(([rule]) => rule === id)).toEqual([]);
      expect(sameButFor(id, without, all), id).toBe(true);
    }
  });

  test('had something to say before', () => {
    expect(rules.map(({ id }) => id).filter((id) => !saySomething.has(id))).toEqual([]);
  });
});

describe('a rule that changes something', () => {
  const violations: Readonly<Record<string, (session: Session) => void>> = {
    'ends its session': (session) => {
      session.end = { state: 'completed', row: null };
    },
    'steps its session': (session) => {
      session.state = 'failed';
    },
    'forgets who typed': (session) => {
      session.typing = [];
    },
    'forgets parties': (session) => session.parties.clear(),
  };

  test.each(Object.entries(violations))('is found: one that %s', (_, violate) => {
    const judge = ({ session }: Moment) => {
      if (session !== undefined) violate(session as Session);
      return null;
    };
    const violating = checks.map((check) => ({ rule: 'violating', of: check.of, judge }) as Check);
    const differ = [...traces.values()].some(
      (observations) =>
        !sameButFor(
          'violating',
          told(observations, { checks: [...violating, ...checks] }),
          told(observations),
        ),
    );
    expect(differ).toBe(true);
  });
});

test('rules take nothing but types, tables and limits from what they judge', () => {
  const folder = import.meta.dirname;
  const imports = readdirSync(folder)
    .filter((name) => !name.endsWith('.test.ts'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/^import (?!type )[^;]*;/gm) ?? [])
    .filter((line) => /'\.\.\/(?:state|sessions|ingest|queries)\//.test(line))
    .filter((line) => !line.includes("'../sessions/pending-items.ts'"));
  expect(imports).toEqual([]);
});
