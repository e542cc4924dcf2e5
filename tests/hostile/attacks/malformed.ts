/**
 * Batches that no hook says, as an owner of the private channel would: each begins with a good observation, so that it is
 * let in, and goes on with one that has lost or changed a part. `@ID` stands for a document of its own.
 */
import type { Random } from './random.ts';

export function malformedBatches(random: Random, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => (at % 5 === 0 ? brokenHead(random) : brokenBody(random)));
}

const payload = {
  encoding: 'text',
  data: '{"event":"chat_session_message","msg":"FORGED"}',
  size: 47,
  truncated: false,
};
const url = 'https://chat.example/clientweb/api/v1/chats/1/events?who=forged';

/** One of every kind, as a hook would say it. */
const GOOD: readonly Readonly<Record<string, unknown>>[] = [
  { kind: 'document', phase: 'start', url, top: true },
  { kind: 'document', phase: 'hidden', url, top: true },
  { kind: 'document', phase: 'gone', url, top: true },
  { kind: 'request', transport: 'fetch', method: 'POST', url, headers: [['accept', '*/*']], body: payload },
  { kind: 'response', of: 0, status: 200, statusText: 'OK', headers: [], url },
  { kind: 'body', of: 0, role: 'answer', payload },
  { kind: 'chunk', of: 0, payload },
  { kind: 'end', of: 0 },
  { kind: 'abort', of: 0, reason: 'x' },
  { kind: 'error', of: 0, message: 'x', retrying: true },
  { kind: 'socket-open', of: 1, phase: 'connecting', url, protocols: ['graphql-ws'] },
  { kind: 'frame', of: 0, direction: 'in', payload },
  { kind: 'socket-close', of: 0, code: 1000, reason: '', clean: true },
  { kind: 'stream-event', of: 0, event: 'chat', id: '1', payload },
  { kind: 'gap', from: 1, to: 1, count: 1, reason: 'ring' },
  { kind: 'page-error', message: 'x', url, line: 1, column: 1, during: 0 },
  { kind: 'annotation', of: 0, text: 'x' },
  { kind: 'played', of: 0 },
  { kind: 'served', of: 0, by: 'service-worker' },
];

/** JSON texts of what does not belong there. */
const JUNK = [
  ...[
    'null',
    '-1',
    '0.5',
    '1e999',
    '-1e999',
    '9007199254740993',
    '1e300',
    '""',
    '"x"',
    '[]',
    '{}',
    'true',
    '[[]]',
  ],
  ...[
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"length":1e9}',
    '[null,null]',
  ],
  ...[
    '"\\u0000\\ud800"',
    '{"toString":1,"valueOf":1,"toJSON":1}',
    `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
  ],
] as [string, ...string[]];

function brokenBody(random: Random): string {
  const good = random.of(GOOD as [Record<string, unknown>, ...Record<string, unknown>[]]);
  const fields = { ...good, seq: 1, wallTime: Date.now(), monotonicTime: 1 };
  const texts = Object.entries(fields).map(
    ([name, value]) => [name, JSON.stringify(value)] as [string, string],
  );
  for (let changes = 1 + random.below(2); changes > 0; changes--) change(random, texts);
  return batch(2, 0, 2, `[${START},${objectOf(texts)}]`);
}

function change(random: Random, texts: [string, string][]): void {
  const at = random.below(texts.length);
  const [name = '', text = ''] = texts[at] ?? [];
  switch (random.below(4)) {
    case 0:
      texts.splice(at, 1);
      return;
    case 1:
      texts[at] = [name, random.of(JUNK)];
      return;
    case 2:
      // Somewhere inside of a part that has parts.
      texts[at] = [name, text.replace(/:("[^"]*"|[\w.]+)/, `:${random.of(JUNK).replaceAll('$', '$$$$')}`)];
      return;
    default:
      texts.push([
        random.of(['__proto__', 'constructor', 'toString', 'length', 'documentId', 'frame', 'source', name]),
        random.of(JUNK),
      ]);
  }
}

/** Numbers that lie, texts that are no list. */
function brokenHead(random: Random): string {
  const number = (): string => random.of(['0', '1', '2', '5', '1000', '999999999999999', '9007199254740991']);
  const text = random.of([
    ...[
      `[${START}]`,
      `[${START},${START}]`,
      '[]',
      '',
      'null',
      '{',
      '[',
      '{"length":5}',
      '"text"',
      '[null]',
      '[[]]',
      '[1,2]',
    ],
    ...[
      `[${START}`,
      `${START}]`,
      '[{"seq":0}]',
      '[{"kind":"frame"}]',
      `[${START},{"kind":"gap","seq":900000000000000,"from":1,"to":900000000000000,"count":1e300,"reason":"ring","wallTime":1,"monotonicTime":1}]`,
    ],
  ] as [string, ...string[]]);
  return `${random.of(['more', 'last', 'more', 'MORE', ''])} @ID ${number()} ${number()} ${number()}\n${text}`;
}

const START = JSON.stringify({
  kind: 'document',
  phase: 'start',
  url,
  top: true,
  seq: 0,
  wallTime: Date.now(),
  monotonicTime: 1,
});

function objectOf(texts: readonly (readonly [string, string])[]): string {
  return `{${texts.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

function batch(total: number, from: number, next: number, text: string): string {
  return `more @ID ${total} ${from} ${next}\n${text}`;
}
