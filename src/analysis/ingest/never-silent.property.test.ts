/** What names a chat event in a readable place is read, or it is said that it was not. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WRITERS } from '../../framing/testing/writers.ts';
import { namesEvent } from '../../protocol/marks.ts';
import { CHAT, message, status, type TraceBuilder, text, trace } from '../testing/trace-builder.ts';

const written = fc
  .tuple(
    fc.constantFrom(...Object.values(WRITERS)),
    fc.array(
      fc.constantFrom<() => object>(
        () => status('queued'),
        () => message(),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([write, events]) => write(events.map((make) => make())));

/** As networks, proxies and people damage and wrap texts. */
const damaged = fc
  .tuple(
    written,
    fc.array(
      fc.tuple(
        fc.constantFrom('cut', 'drop', 'insert', 'quote', 'prefix', 'suffix', 'member', 'twice'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(
          'x',
          '"',
          '{',
          '}',
          ']',
          '\\',
          '\0',
          '\u001e',
          '\n',
          '42',
          'data: ',
          '<p>',
          ',',
          ' ',
          '\ufeff',
        ),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([whole, changes]) =>
    changes.reduce((now, [how, where, what]) => changed(now, how, where, what), whole),
  );

function changed(now: string, how: string, where: number, what: string): string {
  const at = Math.floor(where * now.length);
  switch (how) {
    case 'cut':
      return now.slice(0, at);
    case 'drop':
      return now.slice(0, at) + now.slice(at + 1);
    case 'insert':
      return now.slice(0, at) + what + now.slice(at);
    case 'quote':
      return JSON.stringify(now);
    case 'prefix':
      return what + now;
    case 'suffix':
      return now + what;
    case 'member':
      return JSON.stringify({ a: 1, other: { x: now } });
    default:
      return now + now;
  }
}

const CARRIERS: Readonly<Record<string, (built: TraceBuilder, content: string) => void>> = {
  'a socket': (built, content) => {
    built.add({ kind: 'frame', of: built.socket(), direction: 'in', payload: text(content) });
  },
  'an event source': (built, content) => {
    const of = built.request('GET', 'https://relay.example/stream', { transport: 'eventsource' });
    built.add({ kind: 'stream-event', of, event: 'message', id: '', payload: text(content) });
  },
  "a relay's answer": (built, content) => {
    built.answerText(built.request('GET', 'https://relay.example/poll'), content, 200, 'text/html');
  },
  'a poll': (built, content) => {
    built.requestChat().answerText(built.request('GET', `chats/${CHAT}/events`), content);
  },
};

const SAYS = ['schema/unread-event', 'schema/invalid-json', 'schema/not-an-event', 'schema/bad-envelope'];

test.each(Object.keys(CARRIERS))('over %s', (carrier) => {
  fc.assert(
    fc.property(damaged, (content) => {
      fc.pre(namesEvent(content, 'server'));
      const built = trace();
      CARRIERS[carrier]?.(built, content);
      const analysis = built.analyse();
      const said = analysis
        .findings()
        .some(({ rule, severity }) => severity !== 'note' && SAYS.includes(rule));
      if (analysis.totals.events === 0) expect({ content, said }).toEqual({ content, said: true });
    }),
    // A message that has lost its beginning, the quote of its first key with it.
    { numRuns: 400, examples: [['event":"chat_session_status","ewt":"10","state":"queued"}"]']] },
  );
});
