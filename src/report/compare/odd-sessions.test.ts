/** Sessions that nobody would lay beside each other: the answer is still clear, and nothing is invented. */
import { expect, it } from 'vitest';
import { AGENT, message, trace } from '../../analysis/testing/trace-builder.ts';
import { compareSessions } from './compare-sessions.ts';

type Said = Readonly<Record<string, unknown>>;

const MANY = 600;
const many = (count: number, say: (at: number) => Said) => Array.from({ length: count }, (_, at) => say(at));
const said = (msg: string, id: number): Said => message({ msg, party_id: AGENT, msg_id: String(id) });
const typing = (): Said => ({ event: 'chat_session_typing', party_id: AGENT });

function analysed(events: readonly Said[], direction: 'in' | 'out' = 'in') {
  const builder = trace();
  const socket = builder.socket();
  for (const event of events) {
    builder.wait(10);
    if (direction === 'in') builder.frameIn(socket, event);
    else builder.frameOut(socket, event);
  }
  const analysis = builder.analyse();
  const [session] = analysis.sessions();
  if (session === undefined) throw new Error('there is a session');
  return { analysis, session: session.id };
}

const counts = (a: readonly Said[], b: readonly Said[]) => {
  const { counts: all, first } = compareSessions(analysed(a), analysed(b));
  const found = Object.entries(all).filter(([, count]) => count > 0);
  return { ...Object.fromEntries(found), first };
};

it('two sessions with nothing in common lack all of each other', () => {
  const { counts: all } = compareSessions(
    analysed(many(MANY, (at) => said(`said ${at}`, at))),
    analysed(
      many(MANY, (at) => ({ event: 'chat_session_message', msg: `sent ${at}`, msg_id: String(at) })),
      'out',
    ),
  );
  expect(all).toEqual({ same: 0, moved: 0, missing: MANY, extra: MANY, changed: 0, later: 0 });
});

it('the same events with other texts are changed, each', () => {
  const other = many(MANY, (at) => said(`other ${at}`, at));
  expect(
    counts(
      many(MANY, (at) => said(`said ${at}`, at)),
      other,
    ),
  ).toEqual({ changed: MANY, first: 0 });
});

it('one event against many is found among them, or has changed into one', () => {
  const long = many(MANY, (at) => said(`said ${at}`, at));
  expect(counts([said('said 300', 1)], long)).toEqual({ same: 1, extra: MANY - 1, first: 0 });
  expect(counts([said('never said', 1)], long)).toEqual({ changed: 1, extra: MANY - 1, first: 0 });
});

it('of equal events in a row the last are missing', () => {
  expect(counts(many(MANY, typing), many(MANY - 40, typing))).toEqual({
    ...{ same: MANY - 40, missing: 40 },
    first: MANY - 40,
  });
});

it('a session cut off at either end lacks exactly what was cut off', () => {
  const whole = many(MANY, (at) => said(`said ${at}`, at));
  expect(counts(whole, whole.slice(200, -100))).toEqual({ same: MANY - 300, missing: 300, first: 0 });
  expect(counts(whole.slice(200, -100), whole)).toEqual({ same: MANY - 300, extra: 300, first: 0 });
});

it('the same in the other direction of time is the same in other places', () => {
  const whole = many(MANY, (at) => said(`said ${at}`, at));
  expect(counts(whole, whole.toReversed())).toEqual({ same: 1, moved: MANY - 1, first: 0 });
});
