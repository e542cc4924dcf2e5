import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHAT_ID } from '../../tests/fixtures/har/conversation.ts';
import { dialectNames, dialects } from '../../tests/fixtures/har/dialects.ts';
import { readHar } from '../trace/har.ts';
import { writeTrace } from '../trace/ndjson.ts';
import { type CheckOptions, check } from './check.ts';
import { palette } from './terminal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-inspector-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(files: readonly string[], options: Partial<CheckOptions> = {}) {
  let [out, err] = ['', ''];
  const status = await check(
    {
      files,
      format: 'json',
      failOn: 'error',
      failOnEmpty: false,
      colours: palette({}, {}),
      version: '1.2.3',
      ...options,
    },
    {
      stdin: Readable.from([]),
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
    },
  );
  return { status, out, err };
}

const json = async (...files: readonly string[]) => JSON.parse((await run(files)).out).files;

/** Polls of one chat, a second apart, each with these events. */
function harOf(...answers: readonly string[]): unknown {
  const start = 1_795_430_700_000;
  const entries = answers.map((text, index) => ({
    startedDateTime: new Date(start + index * 1000).toISOString(),
    time: 500,
    request: {
      method: 'GET',
      url: `https://x.test/clientweb/api/v2/chats/${CHAT_ID}/events?tenantUrl=x.test`,
      headers: [],
    },
    response: {
      status: 200,
      headers: [],
      content: { mimeType: 'application/json', size: text.length, text },
    },
  }));
  return { log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } };
}
const envelope = (...events: readonly object[]) => JSON.stringify({ events });
const queued = { event: 'chat_session_status', state: 'queued', ewt: '10' };
const message = {
  event: 'chat_session_message',
  msg: '<b>\u001b[31m::error::x]]></b>',
  msg_id: '0',
  timestamp: '1795430701',
};

describe.each(dialectNames)('an ordinary conversation in a HAR of %s', (name) => {
  it('gives no error and no warning, and the session that it was', async () => {
    const [report] = await json(file(`${name}.har`, dialects[name]()));
    expect(report.findings.filter(({ severity }: { severity: string }) => severity !== 'note')).toEqual([]);
    expect(report.sessions).toContainEqual({ id: CHAT_ID, state: 'ended', events: 8 });
    // Firefox writes no messages of sockets; Playwright, and Chrome where it sanitises, nothing of event streams.
    const lacking: Readonly<Record<string, number>> = { firefox: 4, playwright: 2, chromeSanitized: 2 };
    expect(report.events).toBe(14 - (lacking[name] ?? 0));
  });
});

describe('the JSON document', () => {
  it('has one finding an event, with its place', async () => {
    const [report] = await json(file('missing.har', harOf(envelope(queued, message))));
    expect(report.findings).toContainEqual({
      rule: 'schema/missing-field',
      severity: 'error',
      seq: 1,
      event: 'chat_session_message',
      session: CHAT_ID,
      path: ['party_id'],
      message: expect.any(String),
      evidence: 'documented',
      count: 1,
    });
  });

  it('folds the notes of one rule in one session into the first', async () => {
    const joined = (second: number) => ({
      ...{ event: 'chat_session_typing', party_id: CHAT_ID },
      timestamp: String(second),
      odd: 1,
    });
    const [report] = await json(
      file('notes.har', harOf(envelope(queued, joined(1795430701)), envelope(joined(1795430702)))),
    );
    const folded = report.findings.filter(({ rule }: { rule: string }) => rule === 'schema/unknown-field');
    expect(folded).toEqual([expect.objectContaining({ seq: 1, path: ['odd'], count: 2, severity: 'note' })]);
  });

  it('names the entry of the HAR where there is no event', async () => {
    const other = {
      startedDateTime: '2026-11-23T10:00:00Z',
      request: { method: 'GET', url: 'https://x.test/a.js' },
    };
    const har = harOf(envelope(queued), '{"events":[') as { log: { entries: unknown[] } };
    har.log.entries.unshift(other);
    const [report] = await json(file('cut.har', har));
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'schema/invalid-json', severity: 'error', seq: null, exchange: 2 }),
    );
  });

  it('is the same for the trace of the same traffic, but for the numbers of exchanges', async () => {
    const har = harOf(envelope(queued, message), envelope(message));
    const trace = [...writeTrace(readHar(har).observations)].join('');
    const [fromHar, fromTrace] = await json(file('same.har', har), file('same.ndjson', trace));
    expect({ ...fromTrace, file: '' }).toEqual({ ...fromHar, file: '' });
  });

  it('has a file without chat traffic, which is no failure', async () => {
    const empty = file('empty.har', { log: { entries: [] } });
    const { status, out, err } = await run([empty]);
    expect(status).toBe(0);
    expect(JSON.parse(out).files).toEqual([
      {
        file: empty,
        events: 0,
        sessions: [],
        unread: 0,
        sent: {},
        unreadable: { count: 0, entries: [] },
        notes: [],
        findings: [],
      },
    ]);
    expect(err).toContain('no chat traffic in its 0 entries');
  });
});

describe('the exit status', () => {
  it('follows the worst finding and --fail-on', async () => {
    const good = file('good.har', harOf(envelope(queued)));
    const bad = file('bad.har', harOf(envelope(queued, message)));
    const odd = file('odd.har', harOf(envelope(queued, { event: 'chat_session_massage' })));
    const noted = file('noted.har', harOf(envelope({ ...queued, ewt: 10 })));
    expect((await run([good])).status).toBe(0);
    expect((await run([good, bad])).status).toBe(1);
    expect((await run([odd])).status).toBe(0);
    expect((await run([odd], { failOn: 'warning' })).status).toBe(1);
    expect((await run([noted], { failOn: 'warning' })).status).toBe(0);
    expect((await run([noted], { failOn: 'note' })).status).toBe(1);
  });

  it('is 2 for a file that cannot be read, and the others are judged all the same', async () => {
    const { status, out, err } = await run([
      folder,
      join(folder, 'none'),
      file('ok.har', harOf(envelope(queued))),
    ]);
    expect(status).toBe(2);
    expect(JSON.parse(out).files).toHaveLength(1);
    expect(err.trim().split('\n')).toEqual([
      `chat-inspector: ${folder}: is a directory; name the files in it`,
      `chat-inspector: ${join(folder, 'none')}: there is no such file`,
    ]);
  });
});

describe('the other formats', () => {
  const bad = () => file('hostile.har', harOf(envelope(queued, message), '{"events":['));

  it('text has a frame at the place, and nothing that a terminal obeys', async () => {
    const { out } = await run([bad()], { format: 'text' });
    expect(out).toContain('hostile.har  2 events, 1 session');
    expect(out).toContain('schema/missing-field');
    expect(out).toContain('  + │ "party_id": is missing');
    expect(out).toContain('^ ends here');
    expect(out).toMatch(/2 errors, \d+ warnings?, \d+ notes? in 1 file/);
    expect(out).not.toContain('\u001b');
  });

  it('text points into the body where there is no event', async () => {
    const { out } = await run([file('odd.har', harOf(JSON.stringify({ events: [queued, 7] })))], {
      format: 'text',
    });
    expect(out).toContain('    in $.events');
    expect(out).toContain('  > │ [1] 7');
  });

  it('text is in colour on a terminal', async () => {
    const { out } = await run([bad()], { format: 'text', colours: palette({ isTTY: true }, {}) });
    expect(out).toContain('\u001b[31merror');
    expect(palette({ isTTY: true }, { NO_COLOR: '1' }).error('x')).toBe('x');
  });

  it('junit has a suite a file and a failure for what reaches the threshold', async () => {
    const { out } = await run([bad(), file('fine.har', harOf(envelope(queued))), folder], {
      format: 'junit',
    });
    expect(out).toMatch(/<testsuite name=".*hostile.har" tests="\d+" failures="2"/);
    expect(out).toContain('<failure type="schema/missing-field"');
    expect(out).toContain('name="no findings"');
    expect(out).toContain('<error type="unreadable" message="is a directory; name the files in it"/>');
  });

  it('sarif has the rules and a result a finding', async () => {
    const path = bad();
    const document = JSON.parse((await run([path], { format: 'sarif' })).out);
    const [{ tool, results, invocations }] = document.runs;
    expect(document.version).toBe('2.1.0');
    expect(tool.driver.version).toBe('1.2.3');
    const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
    for (const { ruleId, locations } of results) {
      expect(ids).toContain(ruleId);
      expect(locations[0].physicalLocation.artifactLocation.uri).toBe(path);
    }
    expect(results.map(({ level }: { level: string }) => level)).toContain('error');
    expect(invocations[0].executionSuccessful).toBe(true);
  });

  it('sarif and github have the line of the body in a HAR', async () => {
    const text = JSON.stringify(harOf(envelope(queued), envelope(queued, message)), null, 2);
    const line = text.split('\n').findLastIndex((each) => each.includes('"text":')) + 1;
    const path = file('placed.har', text);
    const { results } = JSON.parse((await run([path], { format: 'sarif' })).out).runs[0];
    const [missing] = results.filter(({ ruleId }: { ruleId: string }) => ruleId === 'schema/missing-field');
    const column = (text.split('\n')[line - 1] ?? '').indexOf('"{') + 1;
    expect(missing.locations[0].physicalLocation.region).toEqual({ startLine: line, startColumn: column });
    expect((await run([path], { format: 'github' })).out).toContain(
      `placed.har,line=${line},col=${column},title=schema/missing-field::`,
    );
  });

  it('github has an annotation a finding, at the line of a trace, and no room for a command', async () => {
    const har = harOf(envelope(queued, message));
    const trace = file('lines.ndjson', [...writeTrace(readHar(har).observations)].join(''));
    const { out } = await run([trace], { format: 'github' });
    expect(out).toMatch(/^::error file=.*lines\.ndjson,line=5,col=1,title=schema\/missing-field::/m);
    for (const line of out.trim().split('\n').slice(1))
      expect(line).toMatch(/^::(error|warning|notice) file=/);
  });
});
