import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGENT, BOT, CHAT, message, START, trace } from '../../analysis/testing/trace-builder.ts';
import { WRITERS } from '../../framing/testing/writers.ts';
import { type Comparison, compareSessions, LATER_FROM } from './compare-sessions.ts';

type Event = Readonly<Record<string, unknown>>;

interface Step {
  readonly event: Event;
  readonly out: boolean;
  /** Milliseconds since the step before. */
  readonly after: number;
}

const OTHER_CHAT = 'aaaaaaaa-385b-42e5-9e0a-1883c2bc5f81';
const OTHER_AGENT = 'BBBBBBBB-69D7-4DA2-8074-6139AA191D7E';
const OTHER_BOT = 'CCCCCCCC-272D-499C-9CF3-9F1A322F42CB';

function analysed(steps: readonly Step[], over: 'poll' | 'socket' = 'poll') {
  const builder = trace();
  if (over === 'poll') builder.requestChat('queued', CHAT);
  const socket = over === 'socket' ? builder.socket() : 0;
  for (const { event, out, after } of steps) {
    builder.wait(after);
    if (over === 'socket') out ? builder.frameOut(socket, event) : builder.frameIn(socket, event);
    else if (out) builder.post([event]);
    else builder.poll([event]);
  }
  const analysis = builder.analyse();
  const [session] = analysis.sessions();
  if (session === undefined) throw new Error('there is a session');
  return { analysis, session: session.id };
}

const compare = (a: readonly Step[], b: readonly Step[]): Comparison =>
  compareSessions(analysed(a), analysed(b));

/** Differences in a word each, with the events' positions. */
const said = ({ pairs }: Comparison): string[] =>
  pairs
    .filter(({ kind }) => kind !== 'same')
    .map(({ kind, a, b, paths }) =>
      [kind, a?.seq ?? '-', b?.seq ?? '-', ...paths.map((path) => path.join('.'))].join(' '),
    );

const arbitraryEvent: fc.Arbitrary<{ event: Event; out: boolean }> = fc.oneof(
  fc
    .record({ word: fc.constantFrom('yes', 'no', 'one moment', 'hello'), party: fc.constantFrom(AGENT, BOT) })
    .map(({ word, party }) => ({
      event: { event: 'chat_session_message', msg: word, party_id: party },
      out: false,
    })),
  fc
    .constantFrom('yes', 'no', 'thanks')
    .map((msg) => ({ event: { event: 'chat_session_message', msg }, out: true })),
  fc
    .constantFrom(AGENT, BOT)
    .map((party) => ({ event: { event: 'chat_session_typing', party_id: party }, out: false })),
  fc.constant({ event: { event: 'chat_session_typing' }, out: true }),
  fc
    .constantFrom('queued', 'connecting', 'connected')
    .map((state) => ({ event: { event: 'chat_session_status', ewt: '10', state }, out: false })),
  fc.constantFrom(AGENT, BOT).map((party) => ({
    event: {
      event: 'chat_session_party_joined',
      display_name: party.slice(0, 3),
      party_id: party,
      type: 'internal',
    },
    out: false,
  })),
);

const arbitrarySession: fc.Arbitrary<readonly Step[]> = fc
  // An event that moves takes its wait with it: two waits together stay below what counts as later.
  .array(fc.record({ what: arbitraryEvent, after: fc.integer({ min: 0, max: LATER_FROM / 2 - 20 }) }), {
    minLength: 4,
    maxLength: 40,
  })
  .map((list) => {
    let at = 0;
    // Who takes part is known: of two parties that nothing tells apart nobody could say which of them moved.
    const opening = [AGENT, BOT].map((party) => ({
      what: {
        event: {
          event: 'chat_session_party_joined',
          display_name: party.slice(0, 3),
          party_id: party,
          type: 'internal',
        },
        out: false,
      },
      after: 50,
    }));
    return [...opening, ...list].map(({ what, after }, index): Step => {
      at += after + 5;
      const numbered = String(what.event.event).endsWith('_message') ? { msg_id: String(index + 1) } : {};
      const timed = what.out ? {} : { timestamp: String(Math.round((START + at) / 1000)) };
      return { out: what.out, after, event: { ...what.event, ...numbered, ...timed } };
    });
  });

/** The same conversation as another recording has it: other ids, later in the year. */
function recordedAgain(steps: readonly Step[]): readonly Step[] {
  const text = JSON.stringify(steps)
    .replaceAll(CHAT, OTHER_CHAT)
    .replaceAll(AGENT, OTHER_AGENT)
    .replaceAll(BOT, OTHER_BOT)
    .replace(/"msg_id":"(\d+)"/g, (_, id) => `"msg_id":"${Number(id) + 500}"`)
    .replace(/"timestamp":"(\d+)"/g, (_, at) => `"timestamp":"${Number(at) + 86_400}"`);
  return JSON.parse(text);
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);
const signature = ({ event, out }: Step) => JSON.stringify([out, { ...event, timestamp: 0, msg_id: 0 }]);

describe('a session', () => {
  it('is the same as itself, and as the same conversation recorded another time', () => {
    fc.assert(
      fc.property(arbitrarySession, (steps) => {
        for (const other of [steps, recordedAgain(steps)]) {
          const comparison = compare(steps, other);
          expect(said(comparison)).toEqual([]);
          expect(comparison.same).toBe(true);
          expect(comparison.first).toBe(null);
          expect(comparison.counts.same).toBe(steps.length);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is the same as itself as it is written; in another recording exactly what names an id or a time differs', () => {
    fc.assert(
      fc.property(arbitrarySession, (steps) => {
        const asWritten = (a: readonly Step[], b: readonly Step[]) =>
          compareSessions(analysed(a), analysed(b), { ignoreIdsAndTimes: false });
        expect(said(asWritten(steps, steps))).toEqual([]);
        const again = asWritten(steps, recordedAgain(steps));
        const events = again.pairs.filter(({ a }) => a?.seq != null);
        expect(events.map(({ kind, paths }) => `${kind} ${paths.map(String).sort()}`)).toEqual(
          steps.map(({ event }) => {
            const named = ['msg_id', 'party_id', 'timestamp'].filter((name) => event[name] !== undefined);
            return named.length > 0 ? `changed ${named}` : 'same ';
          }),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('is the same over another transport', () => {
    fc.assert(
      fc.property(arbitrarySession, (steps) => {
        expect(said(compareSessions(analysed(steps), analysed(steps, 'socket')))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a session in frames of another kind is the same:', () => {
  const socketOf = (
    steps: readonly Step[],
    write: (event: Event) => { encoding: 'text' | 'base64'; data: string },
  ) => {
    const builder = trace();
    const socket = builder.socket();
    for (const { event, out, after } of steps) {
      builder.wait(after);
      const payload = { ...write(event), size: 1, truncated: false };
      builder.add({ kind: 'frame', of: socket, direction: out ? 'out' : 'in', payload });
    }
    const analysis = builder.analyse();
    const [session] = analysis.sessions();
    if (session === undefined) throw new Error('there is a session');
    return { analysis, session: session.id };
  };
  const writers = { ...WRITERS, bytes: (events: readonly object[]) => JSON.stringify(events[0]) };
  it.each(Object.keys(writers))('%s', (name) => {
    const write = writers[name as keyof typeof writers];
    fc.assert(
      fc.property(arbitrarySession, (steps) => {
        const framed = socketOf(steps, (event) => {
          const text = write?.([event]) ?? '';
          return name === 'bytes'
            ? { encoding: 'base64', data: Buffer.from(text).toString('base64') }
            : { encoding: 'text', data: text };
        });
        fc.pre(framed.analysis.totals.events === steps.length);
        expect(said(compareSessions(analysed(steps, 'socket'), framed))).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});

describe('a single mutation is found as what it is and nothing else:', () => {
  const mutation = (
    name: string,
    make: (
      steps: readonly Step[],
      at: number,
      pick: number,
    ) => { steps: readonly Step[]; says: RegExp } | null,
  ) =>
    it(name, () => {
      fc.assert(
        fc.property(
          arbitrarySession,
          fc.nat(1000),
          fc.nat(1000),
          fc.boolean(),
          (steps, where, pick, again) => {
            const made = make(steps, where % steps.length, pick);
            fc.pre(made !== null);
            if (made === null) return;
            const comparison = compare(steps, again ? recordedAgain(made.steps) : made.steps);
            expect(said(comparison)).toEqual([expect.stringMatching(made.says)]);
            expect(comparison.same).toBe(made.says.source.startsWith('^later'));
          },
        ),
        { numRuns: 80 },
      );
    });

  mutation('an event dropped', (steps, at) => ({ steps: without(steps, at), says: /^missing \d+ -$/ }));

  mutation('an event repeated', (steps, at) => {
    const step = steps[at] as Step;
    // Among its likes in a row nobody sees by the events alone which of them came twice.
    const like = (other: Step | undefined) => other !== undefined && signature(other) === signature(step);
    if (like(steps[at - 1]) || like(steps[at + 1])) return null;
    return { steps: steps.toSpliced(at + 1, 0, { ...step, after: 1 }), says: /^extra - \d+$/ };
  });

  mutation('an event moved', (steps, at, pick) => {
    const rest = without(steps, at);
    const to = pick % steps.length;
    const moved = rest.toSpliced(to, 0, steps[at] as Step);
    const order = (list: readonly Step[]) => list.map(signature).join();
    // To move an event among its likes is to move nothing.
    return order(moved) === order(steps) ? null : { steps: moved, says: /^moved \d+ \d+$/ };
  });

  mutation('a field changed', (steps, at) => {
    const step = steps[at] as Step;
    if (typeof step.event.msg !== 'string') return null;
    const changed = { ...step, event: { ...step.event, msg: `${step.event.msg}, dear` } };
    return { steps: steps.with(at, changed), says: /^changed \d+ \d+ msg$/ };
  });

  mutation('a field left out', (steps, at) => {
    const { event, ...step } = steps[at] as Step;
    if (event.ewt === undefined) return null;
    const { ewt: _, ...rest } = event;
    return { steps: steps.with(at, { ...step, event: rest }), says: /^changed \d+ \d+ ewt$/ };
  });

  mutation('an event delayed', (steps, at, pick) => {
    if (at === 0) return null;
    const step = steps[at] as Step;
    return {
      steps: steps.with(at, { ...step, after: step.after + 1_500 + pick * 10 }),
      says: /^later \d+ \d+$/,
    };
  });
});

describe('two sessions', () => {
  const say = (msg: string, party = AGENT): Step => ({
    event: message({ msg, party_id: party }),
    out: false,
    after: 100,
  });

  it('name the first place where they part', () => {
    const { first, pairs } = compare(
      [say('a'), say('b'), say('c')],
      [say('a'), say('x'), say('c'), say('d')],
    );
    expect(first).toBe(2);
    expect(pairs[first ?? 0]).toMatchObject({ kind: 'changed', paths: [['msg']] });
  });

  it('name what the one has more, though it is equal to its neighbour but for its number', () => {
    const numbered = (msg: string, id: number): Step => ({
      ...say(msg),
      event: message({ msg, party_id: AGENT, msg_id: String(id) }),
    });
    const one = [numbered('hello', 1), numbered('thanks', 2), numbered('bye', 3)];
    expect(said(compare(one, one.toSpliced(1, 0, numbered('hello', 9))))).toEqual(['extra - 1']);
    expect(said(compare(one.toSpliced(1, 0, numbered('hello', 9)), one))).toEqual(['missing 1 -']);
    expect(said(compare(one, one.toSpliced(0, 0, numbered('hello', 9))))).toEqual(['extra - 0']);
    expect(said(compare(one, [...one, numbered('bye', 9)]))).toEqual(['extra - 3']);
  });

  it('are the same where events name messages by a field that is another event’s', () => {
    const conversation = (...ids: number[]) =>
      ids.flatMap((id): Step[] => [
        { ...say('hello'), event: message({ msg: 'hello', party_id: AGENT, msg_id: String(id) }) },
        { event: { event: 'chat_session_message_delivered', msg_id: String(id) }, out: true, after: 50 },
      ]);
    expect(compare(conversation(1, 2, 3), conversation(101, 102, 103)).same).toBe(true);
    expect(said(compare(conversation(1, 2, 3), conversation(101, 109, 102, 103)))).toEqual([
      expect.stringMatching(/^extra - [0246]$/),
      expect.stringMatching(/^extra - [1357]$/),
    ]);
  });

  it('are told apart by who says it, not by what the parties are called', () => {
    const conversation = (...parties: string[]) => parties.map((party, at) => say(`line ${at}`, party));
    const expected = conversation(AGENT, BOT, AGENT, BOT);
    expect(compare(expected, conversation(BOT, AGENT, BOT, AGENT)).same).toBe(true);
    expect(said(compare(expected, conversation(BOT, AGENT, BOT, BOT)))).toEqual(['changed 3 3 party_id']);
  });
});
