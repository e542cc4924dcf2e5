/** Planted secrets: none is in any byte of what was redacted, and nothing else is judged than before. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgement } from '../testing/judgement.ts';
import { plantedSession, secretsIn } from '../testing/planted.ts';
import { PROFILES } from './profile.ts';
import { redactTrace } from './redaction.ts';

const RUNS = process.env.E2E_LONG ? 10_000 : 150;

test('no planted secret is in a redacted trace, which is judged as before', { timeout: 3_600_000 }, () => {
  fc.assert(
    fc.property(plantedSession, ({ observations, secrets }) => {
      const after = [...redactTrace(observations, PROFILES.share).observations];
      expect(secretsIn(JSON.stringify(after), secrets)).toEqual([]);
      expect(judgement(after)).toEqual(judgement(observations));
      expect([...redactTrace(after, PROFILES.share).observations]).toEqual(after);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});
