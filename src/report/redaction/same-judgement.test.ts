/** Redaction changes no judgement: findings, sessions, states and parties are what they were. */
import { describe, expect, test } from 'vitest';
import { generatedTrace } from '../../../tests/equality/generated-trace.ts';
import { message, status, trace } from '../../analysis/testing/trace-builder.ts';
import { WRITERS } from '../../framing/testing/writers.ts';
import type { Observation } from '../../observation/observation.ts';
import { judgement } from '../testing/judgement.ts';
import { PROFILES, type Profile } from './profile.ts';
import { redactTrace } from './redaction.ts';

const redacted = (observations: readonly Observation[], profile: Profile = PROFILES.share): Observation[] => [
  ...redactTrace(observations, profile).observations,
];

const SEEDS = process.env.E2E_LONG ? 2_000 : 60;

describe('a generated trace', () => {
  test('is judged as before, and redacting twice changes nothing', () => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const before = generatedTrace(seed);
      for (const profile of [PROFILES.share, PROFILES.internal]) {
        const after = redacted(before, profile);
        expect(judgement(after), `seed ${seed}, ${profile.name}`).toEqual(judgement(before));
        expect(redacted(after, profile), `seed ${seed}, ${profile.name}, twice`).toEqual(after);
      }
    }
  });
});

describe('events under framings', () => {
  for (const [name, write] of Object.entries(WRITERS)) {
    test(`are read as before: ${name}`, () => {
      const events = [
        status('queued'),
        message({ msg: 'I am Maren Holt “ä”' }),
        { event: 'chat_session_odd', msg: 'Maren' },
      ];
      const built = trace();
      const socket = built.socket();
      built.add({
        kind: 'frame',
        of: socket,
        direction: 'in',
        payload: { encoding: 'text', data: write(events), size: 1, truncated: false },
      });
      built.add({
        kind: 'frame',
        of: socket,
        direction: 'out',
        payload: {
          encoding: 'text',
          data: write([message({ msg: 'Maren Holt' })]),
          size: 1,
          truncated: false,
        },
      });
      const stream = built.request('GET', 'https://relay.example/stream', { transport: 'fetch' });
      built.head(stream, 200, 'text/event-stream');
      const data = write(events)
        .split('\n')
        .map((line) => `data: ${line}\n`)
        .join('');
      for (const part of [`id: 7\n${data}\n`.slice(0, 40), `id: 7\n${data}\n`.slice(40)])
        built.add({
          kind: 'chunk',
          of: stream,
          payload: { encoding: 'text', data: part, size: 1, truncated: false },
        });
      built.add({ kind: 'end', of: stream });
      const poll = built.request(
        'GET',
        'https://relay.example/api/user-keys/d6c1adc2-385b-42e5-9e0a-1883c2bc5f81/poll',
      );
      built.answerText(poll, write(events));
      const after = redacted(built.observations);
      expect(judgement(after)).toEqual(judgement(built.observations));
      expect(JSON.stringify(after)).not.toContain('Maren');
      expect(redacted(after)).toEqual(after);
    });
  }
});
