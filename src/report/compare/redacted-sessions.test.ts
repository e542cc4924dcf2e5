/** Sessions compare alike whether they were redacted, both or one of them, by one export or by two. */
import { expect, test } from 'vitest';
import { generatedTrace } from '../../../tests/equality/generated-trace.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { Observation } from '../../observation/observation.ts';
import { PROFILES, type Profile } from '../redaction/profile.ts';
import { redactTrace } from '../redaction/redaction.ts';
import { compareSessions } from './compare-sessions.ts';

const SEEDS = process.env.E2E_LONG ? 600 : 40;

type Trace = readonly Observation[];

const redacted = (observations: Trace, profile: Profile = PROFILES.share): Trace => [
  ...redactTrace(observations, profile).observations,
];

function analysed(observations: Trace) {
  const analysis = createAnalysis();
  analysis.add(observations);
  analysis.end();
  return { analysis, sessions: analysis.sessions() };
}

/** Position of the session with most events: a redaction leaves it, and gives another id. */
function longest(observations: Trace): number {
  const { sessions } = analysed(observations);
  const events = sessions.map(({ eventCount }) => eventCount);
  return events.indexOf(Math.max(...events));
}

/** What is said of the sessions at that position: each pair that is not the same, by its rows. */
function differences(a: Trace, b: Trace, at: number): string[] {
  const [one, other] = [analysed(a), analysed(b)].map(({ analysis, sessions }) => ({
    ...{ analysis, session: sessions[at]?.id ?? '' },
  }));
  if (one === undefined || other === undefined) throw new Error('there are two sides');
  return compareSessions(one, other)
    .pairs.filter(({ kind }) => kind !== 'same')
    .map(({ kind, a: left, b: right }) => `${kind} ${left?.row} ${right?.row}`);
}

/** Without the event of a message of a socket, in the second half; null where there is none. */
function withoutEvent(observations: Trace): Trace | null {
  const at = observations.findIndex(
    (each, place) =>
      place > observations.length / 2 && each.kind === 'frame' && each.payload.data.includes('"event"'),
  );
  const dropped = observations[at];
  if (dropped?.kind !== 'frame') return null;
  return observations.with(at, { ...dropped, payload: { ...dropped.payload, data: '{"nothing":1}' } });
}

test('a session is the same as itself, redacted or not', () => {
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const plain = generatedTrace(seed);
    const at = longest(plain);
    if (at < 0) continue;
    for (const profile of [PROFILES.share, PROFILES.internal]) {
      const name = `seed ${seed}, ${profile.name}`;
      expect(differences(plain, redacted(plain, profile), at), name).toEqual([]);
      expect(differences(redacted(plain, profile), plain, at), `${name}, first`).toEqual([]);
      expect(differences(redacted(plain, profile), redacted(plain), at), `${name}, of two exports`).toEqual(
        [],
      );
    }
  }
});

test('an event that one of them lacks is found as before', () => {
  let tried = 0;
  for (let seed = 0; seed < 2 * SEEDS; seed += 1) {
    const plain = generatedTrace(seed);
    const less = withoutEvent(plain);
    if (less === null || longest(plain) < 0 || longest(plain) !== longest(less)) continue;
    const at = longest(plain);
    const found = differences(plain, less, at);
    expect(differences(redacted(plain), redacted(less), at), `seed ${seed}`).toEqual(found);
    expect(differences(plain, redacted(less), at), `seed ${seed}, one of them`).toEqual(found);
    expect(differences(redacted(plain), less, at), `seed ${seed}, the other`).toEqual(found);
    if (found.length > 0) tried += 1;
  }
  expect(tried).toBeGreaterThan(SEEDS / 8);
});
