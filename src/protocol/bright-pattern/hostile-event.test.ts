import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brightPattern } from './bright-pattern.ts';
import { serverEvent } from './event-fixture.ts';
import { faults, told } from './event-told.ts';
import { events } from './events.ts';

describe('hostile events', () => {
  const names = [...new Set(events.map(({ name }) => name)), 'chat_session_x', '__proto__', ''];

  test('any JSON object is judged without an exception, and told shortly', () => {
    const object = fc.dictionary(
      fc.oneof(fc.constantFrom('party_id', 'msg', 'timestamp', 'data', 'state', '__proto__'), fc.string()),
      fc.jsonValue(),
      { noNullPrototype: true },
    );
    const direction = fc.constantFrom('in' as const, 'out' as const);
    fc.assert(
      fc.property(fc.constantFrom(...names), object, direction, (event, fields, way) => {
        const parsed: Readonly<Record<string, unknown>> = JSON.parse(JSON.stringify({ ...fields, event }));
        for (const { params, path } of brightPattern.validateEvent(parsed, way)) {
          expect(path.length).toBeGreaterThan(0);
          for (const value of Object.values(params)) expect(String(value).length).toBeLessThanOrEqual(200);
        }
      }),
    );
  });

  test('a key __proto__ is an unknown field like any other', () => {
    const event: Readonly<Record<string, unknown>> = JSON.parse(
      '{"event":"chat_session_ended","__proto__":{"party_id":"x"}}',
    );
    expect(told(event)).toEqual(['note schema/unknown-field __proto__']);
  });

  test('depth and length cost nothing', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
    expect(faults(serverEvent('chat_session_form_show', { strange: deep }))).toEqual([
      'note schema/unknown-field strange',
    ]);
    const long = 'x'.repeat(20_000_000);
    expect(told({ event: long })).toEqual(['warning schema/unknown-event event']);
    expect(faults(serverEvent('chat_session_message', { timestamp: long }))).toEqual([
      'error schema/bad-value timestamp',
    ]);
  });

  test('an event without a name is not the business of these rules', () => {
    expect(told({ event: 5 })).toEqual([]);
  });
});
