/** `convert` and the options of `check` as a person calls them. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENT, CHAT, message, trace } from '../analysis/testing/trace-builder.ts';
import { outputName } from '../report/file-name.ts';
import { PROFILES } from '../report/redaction/profile.ts';
import { parseTrace, writeTrace } from '../trace/ndjson.ts';
import { parseBaseline, writtenBaseline } from './baseline.ts';
import { type CheckOptions, check } from './check.ts';
import { type ConvertCall, runConvert } from './convert.ts';
import { palette } from './terminal.ts';

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-inspector-'));
  file = join(folder, 'a.ndjson');
  writeFileSync(file, text);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A message without a party, of a state that nobody knows, and one that is wrong in a value that a person wrote. */
const observations = trace()
  .requestChat()
  .poll([
    { event: 'chat_session_status', state: 'Maren Holt', ewt: 'kim@mail.example' },
    message({ party_id: AGENT, timestamp: 'tomorrow at Maren’s', msg: 'call +49 30 90151234' }),
  ]).observations;
const text = [...writeTrace(observations, { observations: observations.length })].join('');

function streams() {
  let [out, err] = ['', ''];
  return {
    streams: {
      stdin: Readable.from([]),
      stdout: { write: (piece: string) => (out += piece) },
      stderr: { write: (piece: string) => (err += piece) },
    },
    said: () => ({ out, err }),
  };
}

async function convert(call: Partial<ConvertCall>) {
  const { streams: to, said } = streams();
  const status = await runConvert({ file, to: 'ndjson', summary: false, version: '1', ...call }, to);
  return { status, ...said() };
}

async function judged(options: Partial<CheckOptions> = {}) {
  const { streams: to, said } = streams();
  const given = { files: [file], format: 'text' as const, failOn: 'error' as const, failOnEmpty: false };
  const status = await check({ ...given, colours: palette({}, {}), version: '1', ...options }, to);
  return { status, ...said() };
}

const PERSONAL = /Maren|Holt|kim@|9015|tomorrow/;

describe('convert', () => {
  it('writes to standard output, redacted unless it is told otherwise, and says how much', async () => {
    const { status, out, err } = await convert({ summary: true });
    expect(status).toBe(0);
    expect(out).not.toMatch(PERSONAL);
    expect(parseTrace(out).observations).toHaveLength(observations.length);
    const { profile, replaced, total } = JSON.parse(err);
    expect(profile).toBe('share');
    expect(total).toBe(Object.values<number>(replaced).reduce((sum, count) => sum + count, 0));
  });

  it('makes a test of one session, at the pace that is asked for', async () => {
    for (const to of ['msw', 'playwright']) {
      const { status, out } = await convert({ to, redact: 'none', pace: '2.5' });
      expect(status).toBe(0);
      expect(out.replaceAll('\n// ', ' ')).toContain('2.5 times as fast');
      expect(out).toContain("const STEPS: string[] = [\n  'Request Chat',\n];");
    }
    const fault = async (call: Partial<ConvertCall>) => (await convert(call)).status;
    expect(await fault({ pace: 'real' })).toEqual({ fault: '--pace is for --to msw and --to playwright' });
    for (const pace of ['0', '-1', 'fast', '1e9'])
      expect(await fault({ to: 'msw', pace })).toEqual({
        fault: '--pace is order, real, or a number above 0 and up to 1000',
      });
    const several = await convert({ to: 'msw', session: ['A', 'B'] });
    expect(several.status).toBe(2);
    expect(several.err).toContain('a test is made of one session');
  });

  it('compresses what is called .gz, and names what is not redacted', async () => {
    await convert({ output: join(folder, 'b.ndjson.gz') });
    expect(parseTrace(gunzipSync(readFileSync(join(folder, 'b.ndjson.gz'))).toString()).header.redacted).toBe(
      true,
    );
    const { err } = await convert({ redact: 'none', output: join(folder, 'c.ndjson') });
    expect(existsSync(join(folder, 'c.ndjson'))).toBe(false);
    expect(readFileSync(join(folder, 'c-sensitive.ndjson'), 'utf8')).toMatch(PERSONAL);
    expect(err).toContain('c-sensitive.ndjson');
    expect(outputName('x/d-sensitive.har.gz', PROFILES.none)).toBe('x/d-sensitive.har.gz');
    expect(outputName('x/d.har.gz', PROFILES.none)).toBe('x/d-sensitive.har.gz');
  });

  it.each([
    [{ to: 'xml' }, '--to is one of ndjson, har, html, csv, markdown, mermaid'],
    [{ redact: 'all' }, '--redact is one of share, internal, none'],
    [{ from: 'soon' }, '--from is a time'],
    [{ from: '+9', until: '+1' }, '--from is after --until'],
  ])('refuses %o', async (call, fault) => {
    expect((await convert(call)).status).toMatchObject({ fault: expect.stringContaining(fault) });
  });

  it('writes a damaged file as far as it goes, says so, and gives 2', async () => {
    const cut = join(folder, 'cut.ndjson');
    writeFileSync(cut, text.slice(0, -100));
    const { status, out, err } = await convert({ file: cut });
    expect(status).toBe(2);
    expect(err).toContain('written as far as it goes');
    expect(parseTrace(out).observations.at(-1)).toMatchObject({ kind: 'gap', reason: 'file' });
  });

  it('never writes over what it reads, and has 2 for what is not there', async () => {
    expect(await convert({ output: file })).toMatchObject({
      status: 2,
      err: expect.stringContaining('the file itself'),
    });
    expect(await convert({ session: ['Z'] })).toMatchObject({
      status: 2,
      err: expect.stringContaining('no session "Z"'),
    });
    expect((await convert({ file: join(folder, 'nowhere') })).status).toBe(2);
  });
});

describe('check', () => {
  it('keeps what people wrote out of its output, and the places in it', async () => {
    for (const format of ['text', 'json', 'sarif', 'junit', 'github'] as const) {
      const { out } = await judged({ format });
      expect(out, format).not.toMatch(PERSONAL);
      expect(out, format).toContain('chat_session_status');
    }
    expect((await judged({ format: 'json' })).out).toContain(CHAT);
    expect((await judged({ showValues: true })).out).toMatch(PERSONAL);
  });

  it('leaves out rules, other sessions and what is known', async () => {
    const { out } = await judged({ format: 'json' });
    const rules: string[] = JSON.parse(out).files[0].findings.map(({ rule }: { rule: string }) => rule);
    const ignored = await judged({ format: 'json', ignore: [rules[0] ?? ''] });
    expect(ignored.out).not.toContain(`"rule": "${rules[0]}"`);
    expect(await judged({ sessions: ['a'] })).toMatchObject({ status: 1 });
    expect(await judged({ sessions: ['Q'] })).toMatchObject({
      status: 2,
      err: expect.stringContaining('no session Q'),
    });
    const known = new Set<string>();
    expect((await judged({ newBaseline: known })).status).toBe(0);
    const { status, out: rest } = await judged({
      format: 'json',
      baseline: parseBaseline(writtenBaseline(known)),
    });
    expect(status).toBe(0);
    expect(JSON.parse(rest).files[0].findings).toEqual([]);
  });

  it('judges a damaged file as far as it goes, and gives 2', async () => {
    const cut = join(folder, 'cut-off.ndjson');
    writeFileSync(cut, text.slice(0, -100));
    const { status, out } = await judged({ files: [cut], format: 'json' });
    expect(status).toBe(2);
    expect(JSON.parse(out).files[0].findings.length).toBeGreaterThan(0);
  });

  it('reads the trace in a ZIP', async () => {
    const zip = join(folder, 'bug.zip');
    writeFileSync(zip, zipSync({ 'summary.md': strToU8('#'), 'trace.ndjson': strToU8(text) }));
    expect((await judged({ files: [zip] })).status).toBe(1);
    writeFileSync(zip, zipSync({ 'summary.md': strToU8('#') }));
    expect(await judged({ files: [zip] })).toMatchObject({
      status: 2,
      err: expect.stringContaining('packed (ZIP)'),
    });
  });
});
