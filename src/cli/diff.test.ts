import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { message, status, type TraceBuilder, trace } from '../analysis/testing/trace-builder.ts';
import { writeTrace } from '../trace/ndjson.ts';
import { type DiffFormat, diff } from './diff.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-inspector-diff-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const OTHER = 'aaaaaaaa-385b-42e5-9e0a-1883c2bc5f81';

function file(name: string, { observations }: TraceBuilder): string {
  const path = join(folder, name);
  writeFileSync(path, [...writeTrace(observations)].join(''));
  return path;
}

const talk = (texts: readonly string[], builder = trace(), chat?: string): TraceBuilder => {
  builder.requestChat('queued', chat).poll([status('connected')], chat);
  for (const msg of texts) builder.wait(200).poll([message({ msg })], chat);
  return builder;
};

async function run(
  a: string,
  b: string,
  more: { sessionA?: string; sessionB?: string; format?: DiffFormat; showValues?: boolean } = {},
) {
  let [out, err] = ['', ''];
  const exit = await diff(
    {
      a: { file: a, session: more.sessionA ?? null },
      b: { file: b, session: more.sessionB ?? null },
      format: more.format ?? 'json',
      showValues: more.showValues ?? false,
    },
    {
      stdin: Readable.from([]),
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
    },
  );
  return { exit, out, err };
}

describe('diff', () => {
  it('says that a file is the same as itself, and as a slower one', async () => {
    const a = file('a.ndjson', talk(['one', 'two']));
    const slow = trace();
    slow
      .requestChat()
      .poll([status('connected')])
      .poll([message({ msg: 'one' })]);
    const b = file('b.ndjson', slow.wait(9_000).poll([message({ msg: 'two' })]));
    const { exit, out } = await run(a, b);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      same: true,
      first: null,
      counts: { same: 2, moved: 0, missing: 0, extra: 0, changed: 0, later: 1 },
      differences: [{ kind: 'later', a: 2, b: 2, event: 'chat_session_message', path: [] }],
    });
    expect((await run(a, a)).exit).toBe(0);
  });

  it('names what differs by its positions and paths', async () => {
    const { exit, out } = await run(
      file('a.ndjson', talk(['one', 'two', 'three'])),
      file('b.ndjson', talk(['one', 'TWO', 'three', 'four'])),
    );
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      same: false,
      first: { a: 2, b: 2 },
      counts: { same: 3, moved: 0, missing: 0, extra: 1, changed: 1, later: 0 },
      differences: [
        { kind: 'changed', a: 2, b: 2, event: 'chat_session_message', path: ['msg'] },
        { kind: 'extra', a: null, b: 4, event: 'chat_session_message', path: [] },
      ],
    });
  });

  it('takes the session with most events, or the one that is named by id, digits or letter', async () => {
    const both = file('both.ndjson', talk(['one', 'two', 'three'], talk(['one']), OTHER));
    const one = file('one.ndjson', talk(['one']));
    expect((await run(both, one)).exit).toBe(1);
    for (const sessionA of ['A', 'a', 'd6c1adc2', 'd6c1adc2-385b-42e5-9e0a-1883c2bc5f81'])
      expect((await run(both, one, { sessionA })).exit).toBe(0);
    expect((await run(both, both, { sessionA: 'A', sessionB: 'B' })).exit).toBe(1);
    const { exit, err } = await run(both, one, { sessionA: 'C' });
    expect(exit).toBe(2);
    expect(err).toContain('has no session "C"; it has A d6c1adc2-385b');
  });

  it('gives 2 for a file that cannot be read or holds no chat', async () => {
    const a = file('a.ndjson', talk(['one']));
    expect(await run(a, join(folder, 'none'))).toMatchObject({ exit: 2, out: '' });
    expect(await run(a, file('empty.ndjson', trace()))).toMatchObject({ exit: 2, out: '' });
  });

  it('shows in text and Markdown where the sessions part, and what people wrote only when asked', async () => {
    const a = file('a.ndjson', talk(['my card is 4111']));
    const b = file('b.ndjson', talk(['my card | is `5500`']));
    for (const format of ['text', 'markdown'] as const) {
      const { out } = await run(a, b, { format });
      expect(out).toContain('msg');
      expect(out).not.toContain('4111');
      expect(out).toMatch(/The sessions part at 0\.\d s: msg of chat.{1,2}session.{1,2}message has changed/);
      expect((await run(a, b, { format, showValues: true })).out).toContain('4111');
    }
    expect((await run(a, b, { format: 'markdown', showValues: true })).out).toContain(
      'card \\| is \\`5500\\`',
    );
  });
});
