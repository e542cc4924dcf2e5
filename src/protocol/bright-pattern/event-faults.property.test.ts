/** An event's judge is asked at every event, `validateEvent` when somebody looks: they must never disagree. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brightPattern } from './bright-pattern.ts';

const names = [...new Set(brightPattern.events.map((event) => event.name))];
const fields = [
  ...new Set(brightPattern.events.flatMap((event) => event.fields.map((field) => field.name))),
  'message_id',
  'partyId',
  'session_id',
  'nobody_knows',
  '__proto__',
];
const values = [
  ...new Set(
    brightPattern.events.flatMap((event) =>
      event.fields.flatMap((field) => (field.values ?? []).map(({ value }) => value)),
    ),
  ),
];

const value = fc.oneof(
  fc.constantFrom(...values),
  fc.constantFrom(
    '',
    '0',
    '12',
    '-1.5',
    '1790000000',
    '1790000000123',
    'yesterday',
    '1e3',
    ' 5',
    '9'.repeat(40),
  ),
  fc.constantFrom<unknown>(0, -1, 1790000000, 1790000000123, 1e300, true, null, [], {}, [{}], ['a'], {
    type: 'offer',
  }),
  fc.jsonValue(),
);
const event = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom('chat_session_mesage', 'chat_session_inactvity_timeout', '', '__proto__'),
    ),
    fc.array(fc.tuple(fc.constantFrom(...fields), value), { maxLength: 12 }),
    fc.nat(12),
  )
  .map(([name, pairs, place]) => {
    const keys: readonly (readonly [string, unknown])[] = [
      ...pairs.slice(0, place),
      ['event', name],
      ...pairs.slice(place),
    ];
    // As text and parsed: `__proto__` is then a key of the event's own.
    const text = `{${keys.map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(each)}`).join(',')}}`;
    const parsed: Readonly<Record<string, unknown>> = JSON.parse(text);
    return parsed;
  });

const judged = ({ rule, severity }: { readonly rule: string; readonly severity: string }) =>
  `${severity} ${rule}`;

function counted(event: Readonly<Record<string, unknown>>, direction: 'in' | 'out'): readonly string[] {
  return brightPattern.eventType(String(event.event)).judge[direction](event).map(judged);
}

test('the faults that are counted are those that are shown, in the same order', () => {
  fc.assert(
    fc.property(event, fc.constantFrom('in' as const, 'out' as const), (each, direction) => {
      expect(counted(each, direction)).toEqual(brightPattern.validateEvent(each, direction).map(judged));
    }),
    { numRuns: 2_000 },
  );
});

test('what one event had is not remembered for the next one with other keys', () => {
  const whole = { event: 'chat_session_typing', party_id: 'A', timestamp: '1790000000' };
  const variants: Readonly<Record<string, unknown>>[] = [
    whole,
    { party_id: 'A', event: 'chat_session_typing', timestamp: '1790000000' },
    { event: 'chat_session_typing', party_id: 'A' },
    { event: 'chat_session_typing', party_id: 'A', timestamp: '1790000000000' },
    { event: 'chat_session_typing', party_id: 7, timestamp: '1790000000' },
    { event: 'chat_session_typing', timestamp: '1790000000', more: 1, party_id: 'A' },
    { event: 'chat_session_status', state: 'connecting', ewt: '' },
    { event: 'chat_session_status', state: 'ivr', ewt: '' },
    { event: 'chat_session_status', ewt: ' ', state: 'queued' },
  ];
  for (const first of variants) {
    for (const second of variants) {
      counted(first, 'in');
      expect(counted(second, 'in')).toEqual(brightPattern.validateEvent(second, 'in').map(judged));
    }
  }
});
