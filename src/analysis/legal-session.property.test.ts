import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { legalSession } from './testing/legal-session.ts';
import { AGENT, ended, message, seconds, status, trace } from './testing/trace-builder.ts';

type Event = Readonly<Record<string, unknown>>;

/** In answers of one to three events. */
function polled(events: readonly Event[]) {
  const built = trace().requestChat(String(events[0]?.state ?? 'queued'));
  for (let at = 0; at < events.length; at += 1 + (at % 3)) built.poll(events.slice(at, at + 1 + (at % 3)));
  return built;
}

function onSocket(events: readonly Event[]) {
  const built = trace();
  const socket = built.socket();
  for (const event of events) built.frameIn(socket, event);
  return built;
}

const live = legalSession.filter((events) => !['ended', 'failed', 'completed'].includes(endOf(events)));

function endOf(events: readonly Event[]): string {
  const last = events.findLast((event) => event.event === 'chat_session_status' || event === ended);
  return events.some((event) => event.event === 'chat_session_ended') ? 'ended' : String(last?.state ?? '');
}

describe('a legal session', () => {
  test('gives no error and no warning, over polls and over a socket', () => {
    fc.assert(
      fc.property(legalSession, (events) => {
        expect(polled(events).problems()).toEqual([]);
        expect(onSocket(events).problems()).toEqual([]);
      }),
    );
  });
});

describe('a mutation gives the finding that fits', () => {
  const mutations: readonly (readonly [string, string, (events: readonly Event[]) => readonly Event[]])[] = [
    ['a message after the end', 'lifecycle/after-end', (events) => [...events, ended, message()]],
    [
      'a step back to connecting',
      'lifecycle/unexpected-status',
      (events) => [...events, status('connected'), status('connecting')],
    ],
    [
      'a time before all others',
      'order/time-backwards',
      (events) => [...events, message({ timestamp: seconds(1000) }), message({ timestamp: seconds(999) })],
    ],
    ['a type changed', 'schema/wrong-type', (events) => [...events, message({ msg: { text: 'x' } })]],
    [
      'a field dropped',
      'schema/missing-field',
      (events) => [
        ...events,
        { event: 'chat_session_message', msg_id: '9999', party_id: AGENT, timestamp: seconds(900) },
      ],
    ],
  ];

  test.each(mutations)('%s: %s', (_name, rule, mutate) => {
    fc.assert(
      fc.property(live, (events) => {
        expect(polled(mutate(events)).problems()).toContain(rule);
      }),
      { numRuns: 50 },
    );
  });

  test('repeated messages: order/redelivered', () => {
    fc.assert(
      fc.property(live, (events) => {
        const same = message({ timestamp: seconds(1000) });
        expect(polled(events).poll([same]).poll([same]).problems()).toEqual(['order/redelivered']);
      }),
      { numRuns: 50 },
    );
  });
});
