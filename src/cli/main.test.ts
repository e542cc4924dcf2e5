/** The program as a person calls it, in a process of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialects } from '../../tests/fixtures/har/dialects.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const har = JSON.stringify(dialects.chrome());

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-inspector-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Call {
  readonly input?: string | Uint8Array;
  readonly nodeOptions?: readonly string[];
}

function call(args: readonly string[], { input = '', nodeOptions = [] }: Call = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...nodeOptions, '--import', 'tsx', MAIN, ...args],
    {
      input,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  return { status, out: stdout, err: stderr };
}

// A process of its own takes its time on a busy machine.
describe('chat-inspector', { timeout: 60_000 }, () => {
  it('judges what comes on standard input, gzip or not', () => {
    for (const input of [har, gzipSync(har)]) {
      const { status, out, err } = call(['check', '-', '--json'], { input });
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(JSON.parse(out).files[0]).toMatchObject({ file: '<stdin>', events: 14 });
    }
  });

  it('helps, says its version and shows how it is used', () => {
    expect(call(['--help'])).toMatchObject({ status: 0, err: '' });
    expect(call(['--version']).out).toBe('development\n');
    expect(call([])).toMatchObject({ status: 2, out: '' });
  });

  it.each([
    [['check'], 'check needs a file, or - for standard input'],
    [['check', '--format', 'xml', 'a'], '--format is one of text, json, junit, sarif, github'],
    [['check', '--fail-on', 'never', 'a'], '--fail-on is one of error, warning, note'],
    [['check', '--wrapper', 'a b', 'a'], '--wrapper is a path such as payload or data[0], not "a b"'],
    [['check', '--pattern', ' ', 'a'], '--pattern is a part of a URL'],
    [['check', '--json', '--format', 'sarif', 'a'], '--json and --format contradict each other'],
    [['check', '--colour', 'a'], 'there is no option --colour; did you mean --color?'],
    [['check', '--fail-on'], "Option '--fail-on <value>' argument missing"],
    [['guess'], 'there is no command "guess"'],
    [['chek', 'a'], 'there is no command "chek"; did you mean check?'],
    [['explain', 'a', 'b'], 'explain takes one name, not 2'],
    [
      ['events', 'chat_session_msg'],
      'there is no event chat_session_msg; did you mean chat_session_message?',
    ],
    [['explain', 'schema/missing'], 'there is no rule schema/missing; did you mean schema/missing-field?'],
    [
      ['events', 'chat_session_massage'],
      'there is no event chat_session_massage; did you mean chat_session_message?',
    ],
  ])('refuses %j in a sentence', (args, sentence) => {
    const { status, out, err } = call(args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(`chat-inspector: ${sentence}`);
  });

  it('is in colour when it is told so, whatever the environment says', () => {
    expect(call(['check', '-', '--color'], { input: har }).out).toContain('\u001b[');
    expect(call(['check', '-', '--no-color'], { input: har }).out).not.toContain('\u001b[');
  });

  it('keeps its exit status when nobody reads its output or its errors', async () => {
    for (const closed of ['stdout', 'stderr'] as const) {
      const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'check', '/nowhere', '-']);
      child[closed].destroy();
      child.stdin.end('{"log":{"entries":[]}}');
      const [status] = await once(child, 'exit');
      expect(status).toBe(2);
    }
  });

  it('explains a rule and an event, and lists them', () => {
    const rule = call(['explain', 'order/redelivered']).out;
    for (const part of ['order/redelivered', 'Meaning', 'Evidence', 'Cure']) expect(rule).toContain(part);
    expect(call(['explain']).out).toContain('lifecycle/after-end');
    expect(call(['events', 'chat_session_message']).out).toContain('party_id');
    expect(call(['events']).out).toContain('chat_session_ended');
  });

  it('reads what does not fit into memory, refuses a HAR with too much chat, and goes on with the next file', () => {
    const large = (name: string, head: string, line: string, tail: string): string => {
      const path = join(folder, name);
      const descriptor = openSync(path, 'w');
      writeSync(descriptor, head);
      for (let written = 0; written < 120e6; written += line.length) writeSync(descriptor, line);
      writeSync(descriptor, tail);
      return path;
    };
    const x = (length: number) => 'x'.repeat(length);
    const common = '"documentId":"d","frame":0,"wallTime":1,"monotonicTime":1,"source":"hook"';
    const message = `{"event":"chat_session_message","msg_id":"1","msg":"${x(1e6)}","party_id":"p","timestamp":"1"}`;
    const payload = JSON.stringify({ encoding: 'text', data: message, size: 1e6, truncated: false });
    const frame = `{"kind":"frame",${common},"seq":1,"of":0,"direction":"in","payload":${payload}}\n`;
    const open = `{"kind":"socket-open",${common},"seq":0,"of":0,"phase":"connecting","url":"wss://x","protocols":[]}\n`;
    const chat = { method: 'POST', url: 'https://x.test/clientweb/api/v2/chats', postData: { text: x(1e6) } };
    const [trace, other, refused, small] = [
      large(
        'large.ndjson',
        `{"format":"chat-inspector-trace","version":1,"created":"","producer":""}\n${open}`,
        frame,
        '',
      ),
      large('other.har', '{"log":{"entries":[', `"${x(1e6)}",`, '1]}}'),
      large('chat.har', '{"log":{"entries":[', `${JSON.stringify({ request: chat })},`, '1]}}'),
      join(folder, 'small.har'),
    ];
    writeFileSync(small, har);
    const { status, out, err } = call(['check', '--json', trace, other, refused, small], {
      nodeOptions: ['--max-old-space-size=96'],
    });
    expect(status).toBe(2);
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/other\.har: none of its 1\d\d entries could be read/),
      expect.stringMatching(/chat\.har: holds more than \d+ MB of chat traffic/),
    ]);
    const files = JSON.parse(out).files;
    expect(files.map(({ file }: { file: string }) => file)).toEqual([trace, other, small]);
    expect(files[0].events).toBeGreaterThan(100);
  }, 240_000);
});
