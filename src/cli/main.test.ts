/** The program as a person calls it, in a process of its own. */
import { spawnSync } from 'node:child_process';
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
    [['check', '--json', '--format', 'sarif', 'a'], '--json and --format contradict each other'],
    [['check', '--colour', 'a'], "Unknown option '--colour'"],
    [['guess'], 'there is no command "guess"'],
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

  it('explains a rule and an event, and lists them', () => {
    const rule = call(['explain', 'order/redelivered']).out;
    for (const part of ['order/redelivered', 'Meaning', 'Evidence', 'Cure']) expect(rule).toContain(part);
    expect(call(['explain']).out).toContain('lifecycle/after-end');
    expect(call(['events', 'chat_session_message']).out).toContain('party_id');
    expect(call(['events']).out).toContain('chat_session_ended');
  });

  it('refuses a HAR and a trace that do not fit into memory, and goes on with the next file', () => {
    const large = (name: string, head: string, line: string): string => {
      const path = join(folder, name);
      const descriptor = openSync(path, 'w');
      writeSync(descriptor, head);
      for (let written = 0; written < 80e6; written += line.length) writeSync(descriptor, line);
      return path;
    };
    const common = '"documentId":"d","frame":0,"wallTime":1,"monotonicTime":1,"source":"hook"';
    const payload = `{"encoding":"text","data":"${'x'.repeat(1e6)}","size":1000000,"truncated":false}`;
    const files = [
      large('large.har', '{"log":{"entries":[', `"${'x'.repeat(1e6)}",`),
      large(
        'large.ndjson',
        '{"format":"chat-inspector-trace","version":1,"created":"","producer":""}\n',
        `{"kind":"chunk",${common},"seq":1,"of":0,"payload":${payload}}\n`,
      ),
      join(folder, 'small.har'),
    ];
    writeFileSync(join(folder, 'small.har'), har);
    const { status, out, err } = call(['check', '--json', ...files], {
      nodeOptions: ['--max-old-space-size=96'],
    });
    expect(status).toBe(2);
    expect(err).toMatch(/large\.har: has \d+ MB or more, and of a HAR file \d+ MB fit into memory here/);
    expect(err).toMatch(/large\.ndjson: has \d+ MB or more, and of a trace \d+ MB fit into memory here/);
    expect(JSON.parse(out).files).toHaveLength(1);
  });
});
