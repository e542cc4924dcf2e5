/** Captured text and file names cannot make a line of ours a command, whoever reads the line. */
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnalysis } from '../analysis/create-analysis.ts';
import { readHar } from '../trace/har.ts';
import { check } from './check.ts';
import { fileUri } from './formats/file-uri.ts';
import { type FormatName, formats } from './formats/formats.ts';
import { reportFile } from './report.ts';
import { palette } from './terminal.ts';

const FORMATS = Object.keys(formats) as FormatName[];
const NO_COLOURS = palette({}, {}, 'never');
const COLOURS = palette({}, {}, 'always');

/** Pieces of what build hosts, terminals and readers of markup obey. */
const pieces = fc.constantFrom(
  ...['::error::x', '::set-output name=a::b', '::stop-commands::t', '::', ':', '##[error]x', '##[', '#', '['],
  ...['##vso[task.setvariable variable=a]b', '##teamcity[x]', ']', '\n', '\r', '\r\n', ' ', '\t', '\u00a0'],
  ...[
    '\u0085',
    '\u2028',
    '\u200b',
    '\u200d',
    '\u00ad',
    '\ufeff',
    '\u001b[2J',
    '\u001b[22m',
    '\u009b2J',
    '\b',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u0000',
    '\u007f',
    '\ufffe',
    '\ud800',
    '\udc00',
    '😀',
    '%0A',
    '%',
    '](http://x.test)',
  ],
  ...['<![CDATA[', ']]>', '&amp;', '<', '"', "'", ',', 'a', 'ö', '}', '{', '\\'],
);
const hostile = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

/** Hostile text in every place of a HAR that a report shows. */
const hars = fc
  .record({
    chat: hostile,
    message: hostile,
    name: hostile,
    key: hostile,
    state: hostile,
    broken: hostile,
    header: hostile,
    error: hostile,
  })
  .map((text) => {
    const url = `https://x.test/clientweb/api/v2/chats/${encodeURIComponent(text.chat.replaceAll(/\p{Surrogate}/gu, ''))}/events?tenantUrl=x`;
    const answers = [
      JSON.stringify({
        events: [
          { event: 'chat_session_status', state: text.state, [text.key]: 1 },
          { event: 'chat_session_message', msg: text.message, msg_id: 7.5, [text.key]: [text.key] },
          { event: text.name },
          { event: 'chat_session_party_left', party_id: text.name, timestamp: text.name },
          text.message,
        ],
      }),
      JSON.stringify({ error_code: 5509, error_message: text.error }),
      text.broken,
      `{"events":[{"event":"chat_session_message","msg":"${text.broken}`,
    ];
    const entries = answers.map((body, index) => ({
      startedDateTime: new Date(1_795_430_700_000 + index * 1000).toISOString(),
      time: 500,
      request: { method: 'GET', url, headers: [{ name: 'Authorization', value: text.header }] },
      response: {
        status: index === 1 ? 400 : 200,
        statusText: text.error,
        headers: [],
        content: { mimeType: 'application/json', size: body.length, text: body },
      },
    }));
    return { log: { entries } };
  });

function print(format: FormatName, name: string, har: unknown, colours = NO_COLOURS): string {
  const read = readHar(har);
  const analysis = createAnalysis();
  analysis.add(read.observations);
  analysis.end();
  const written = formats[format]({ colours, failOn: 'warning', version: '1' });
  const report = reportFile(name, analysis, { kind: 'har', har: read });
  expect(report.findings.length).toBeGreaterThan(3);
  return written.file(report, analysis) + written.end([{ file: name, reason: `there is no ${name}` }]);
}

/** As GitHub's runner reads a line (`ActionCommand.cs`), for any name of a command; and as Azure's and TeamCity's do. */
function commandIn(line: string): { name: string; form: '::' | '##' } | null {
  const trimmed = line.trimStart();
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1;
  if (end !== -1) return { name: trimmed.slice(2, end).split(' ')[0] ?? '', form: '::' };
  const bracket = /##(?:\w+)?\[([^\]]*)\]/.exec(line);
  return bracket === null ? null : { name: bracket[1]?.split(' ')[0] ?? '', form: '##' };
}

const OURS = /^::(?:error|warning|notice) file=[^,:]*(?:,line=\d+,col=\d+)?,title=[\w/%-]+::/;

/** What .NET's comparisons by culture do not see. */
const IGNORED = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

function expectNoCommand(output: string, annotations: 'annotations' | 'none'): void {
  for (const line of output.split(/\r\n|[\r\n\u0085\u2028\u2029]/)) {
    for (const seen of [line, line.replace(IGNORED, '')]) {
      const command = commandIn(seen);
      if (command === null) continue;
      expect([annotations, line]).toEqual(['annotations', expect.stringMatching(OURS)]);
    }
  }
}

/** Our own isolates stand around text from right to left, and around nothing else. */
const ISOLATED =
  /\u2068([\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}][^\u2068\u2069\n:·]*)\u2069/gu;
const HIDDEN =
  /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Surrogate}\p{Noncharacter_Code_Point}\u200b\u00ad\ufeff]/u;

describe.each(FORMATS)('the format %s', (format) => {
  it('has no line that is a command, and nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(hars, hostile, (har, name) => {
        const output = print(format, name, har);
        expect(output.replace(ISOLATED, '$1').replaceAll('\n', '')).not.toMatch(HIDDEN);
        expectNoCommand(output, format === 'github' ? 'annotations' : 'none');
      }),
      { numRuns: 30 },
    );
  });

  it('says how much of a long text it does not show', () => {
    const long = 'x'.repeat(3_000_000);
    const events = [{ event: long }, { event: 'chat_session_status', state: long, [long]: 1 }];
    const body = JSON.stringify({ error_code: 1, error_message: long, events });
    const entry = (status: number, text: string) => ({
      request: { url: `https://x.test/clientweb/api/v2/chats/${long.slice(0, 1500)}/events` },
      response: { status, content: { mimeType: 'application/json', text } },
    });
    const har = { log: { entries: [entry(200, body), entry(400, body), entry(200, `${body}}`)] } };
    const output = print(format, 'long.har', har);
    expect(output).toContain('more characters');
    expect(output.length).toBeLessThan(200_000);
  });
});

it.each(['text', 'github'] as const)('text from right to left cannot reorder a line, in %s', (format) => {
  const events = [{ event: 'chat_session_status', state: 'שלום, 12 עולם' }, { event: 'chat_session_اهلا' }];
  const body = JSON.stringify({ events });
  const entry = {
    request: { url: 'https://x.test/clientweb/api/v2/chats/c1/events' },
    response: { status: 200, content: { mimeType: 'application/json', text: body } },
  };
  const output = print(format, 'קובץ.har', { log: { entries: [entry] } });
  expect(output).toContain('\u2068שלום, 12 עולם\u2069');
  expect(output).toContain('\u2068קובץ\u2069.har');
  const outside = output.replaceAll(/file=[^,:]*/g, '').replaceAll(/\u2068[^\u2069]*\u2069/g, '');
  expect(outside).not.toMatch(/[\p{Script=Hebrew}\p{Script=Arabic}\u2068\u2069]/u);
});

it('in colours nothing but our colours is sent to the terminal', () => {
  fc.assert(
    fc.property(hars, hostile, (har, name) => {
      const output = print('text', name, har, COLOURS);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours
      const plain = output.replaceAll(/\u001b\[(?:1|2|22|3\d)m/g, '');
      expect(plain.replace(ISOLATED, '$1').replaceAll('\n', '')).not.toMatch(HIDDEN);
      expectNoCommand(output, 'none');
      expectNoCommand(plain, 'none');
    }),
    { numRuns: 30 },
  );
});

it('standard error has no line that is a command either', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (name, begin) => {
      let err = '';
      const stderr = { isTTY: true, write: (text: string) => (err += text) };
      for (const [files, text] of [
        [[`./nowhere/${name}`, `${name}/nowhere`], ''],
        [['-'], begin],
      ] as const) {
        await check(
          { files, format: 'json', failOn: 'error', failOnEmpty: false, colours: NO_COLOURS, version: '1' },
          { stdin: Readable.from([Buffer.from(text)]), stdout: { write: () => {} }, stderr },
        );
      }
      expect(err.split('\n').length).toBe(4);
      expect(err.replaceAll('\r\u001b[K', '').replaceAll('\n', '')).not.toMatch(HIDDEN);
      expectNoCommand(err, 'none');
    }),
    { numRuns: 30 },
  );
});

describe('JUnit', () => {
  it('is well-formed XML', () => {
    fc.assert(
      fc.property(hars, hostile, (har, name) => {
        const xml = print('junit', name, har);
        const open: string[] = [];
        const rest = xml
          .replace(/^<\?xml [^?]*\?>\n/, '')
          .replaceAll(/<(\/?)([\w-]+)((?: \w+="[^<"]*")*)(\/?)>|[^<>]+/g, (text, close, tag, _, empty) => {
            expect(text.replaceAll(/&(?:amp|lt|gt|quot|apos|#35);/g, '')).not.toContain('&');
            if (tag === undefined || empty === '/') return '';
            if (close === '/') expect(open.pop()).toBe(tag);
            else open.push(tag);
            return '';
          });
        expect([rest, open]).toEqual(['', []]);
        expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the URI of a file in SARIF', () => {
  it.each([
    ['runs/a.har', 'runs/a.har'],
    ['/tmp/a b.har', '/tmp/a%20b.har'],
    ['//tmp/a.har', '/tmp/a.har'],
    ['run:12.har', './run:12.har'],
    ['C:/logs/a.har', './C:/logs/a.har'],
    ['dir/run:12.har', 'dir/run:12.har'],
    ['100%#1?.har', '100%25%231%3F.har'],
    ['[1]\\2.har', '%5B1%5D%5C2.har'],
    ['a\nb.har', 'a%0Ab.har'],
    ['<stdin>', '%3Cstdin%3E'],
    ['Köln.har', 'K%C3%B6ln.har'],
    ['\udc80.har', '%EF%BF%BD.har'],
    ['', './'],
  ])('of %j is %s', (name, uri) => {
    expect(fileUri(name, 'linux')).toBe(uri);
  });

  it.each([
    ['C:\\logs\\a b#.har', 'file:///C:/logs/a%20b%23.har'],
    ['\\\\server\\share\\a.har', 'file://server/share/a.har'],
    ['\\\\?\\C:\\a.har', 'file:///C:/a.har'],
    ['runs\\a.har', 'runs/a.har'],
    ['C:a.har', './C:a.har'],
  ])('of %j on Windows is %s', (name, uri) => {
    expect(fileUri(name, 'win32')).toBe(uri);
  });

  it('is a reference that leads back to the file, whatever its name', () => {
    const segment = fc
      .oneof(hostile, fc.string({ unit: 'binary' }))
      .filter((text) => !/^\.{0,2}$|[/\0]/.test(text));
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '/'),
        (parts, root) => {
          const path = `${root}${parts.join('/')}`;
          const uri = fileUri(path, 'linux');
          expect(uri).toMatch(/^(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/);
          const url = new URL(uri, 'file:///base/');
          expect(url.protocol + url.host).toBe('file:');
          const expected = (root === '' ? `/base/${path}` : path).replaceAll(/\p{Surrogate}/gu, '\ufffd');
          expect(decodeURIComponent(url.pathname)).toBe(expected);
        },
      ),
    );
  });
});

describe('SARIF', () => {
  it('has at most 25,000 results a run, the worst one by one, the rest counted', () => {
    const messages = Array.from({ length: 30_000 }, (_, at) => ({
      event: 'chat_session_message',
      msg_id: String(at),
      msg: 'x',
      timestamp: '1795430701',
    }));
    const unknown = Array.from({ length: 100 }, (_, at) => ({ event: `chat_session_${at}` }));
    const text = JSON.stringify({ events: [...unknown, ...messages] });
    const entry = {
      request: { url: 'https://x.test/clientweb/api/v2/chats/a/events?tenantUrl=x' },
      response: { status: 200, content: { mimeType: 'application/json', text } },
    };
    const [run] = JSON.parse(print('sarif', 'many.har', { log: { entries: [entry] } })).runs;
    expect(run.results.length).toBeLessThanOrEqual(25_000);
    const folded = run.results.filter(({ message }: { message: { text: string } }) =>
      message.text.includes('more results of'),
    );
    const counts = Object.fromEntries(
      folded.map((one: { ruleId: string; occurrenceCount: number }) => [one.ruleId, one.occurrenceCount]),
    );
    const alone = run.results.length - folded.length;
    expect(run.results.slice(0, alone).every(({ level }: { level: string }) => level === 'error')).toBe(true);
    expect(counts['schema/missing-field']).toBe(30_000 - alone);
    expect(counts['schema/unknown-event']).toBe(100);
    expect(run.invocations[0].toolExecutionNotifications.at(-1).message.text).toContain(
      'results were folded',
    );
  }, 120_000);

  it('makes no link of captured text', () => {
    const state = '[0 errors](http://x.test)';
    const text = JSON.stringify({ events: [{ event: 'chat_session_status', state }, 1, 2, 3] });
    const entry = {
      request: { url: 'https://x.test/clientweb/api/v2/chats/a/events?tenantUrl=x' },
      response: { status: 200, content: { mimeType: 'application/json', text } },
    };
    const output = print('sarif', 'x.har', { log: { entries: [entry] } });
    expect(output).toContain('\\\\[0 errors](http');
  });
});
