import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialects } from '../../tests/fixtures/har/dialects.ts';
import type { Observation } from '../observation/observation.ts';
import { readHar } from '../trace/har.ts';
import { writeTrace } from '../trace/ndjson.ts';
import { InputError, readInput, systemFault } from './input.ts';

const har = JSON.stringify(dialects.chrome());
const expected = readHar(JSON.parse(har)).observations;
const trace = [...writeTrace(expected)].join('');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-inspector-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string | Uint8Array | null, name = 'file'): Promise<readonly Observation[]> {
  const path = join(folder, name);
  if (content !== null) writeFileSync(path, content);
  return readFrom(path, Readable.from([]));
}

async function readFrom(name: string, stdin: Readable): Promise<readonly Observation[]> {
  const taken: Observation[] = [];
  await readInput(name, stdin, { take: (some) => taken.push(...some), progress: () => {} });
  return taken;
}

describe('a file on the command line', () => {
  it('may be a trace or a HAR, plain, gzip or UTF-16', async () => {
    for (const text of [trace, har]) {
      expect(await read(text)).toEqual(expected);
      expect(await read(gzipSync(text))).toEqual(expected);
      expect(await read(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual(expected);
    }
  });

  it('may come from standard input in pieces of any size', async () => {
    const bytes = gzipSync(trace);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, at) =>
      bytes.subarray(at * 100, at * 100 + 100),
    );
    expect(await readFrom('-', Readable.from(pieces))).toEqual(expected);
  });

  it('has progress in bytes of the file', async () => {
    const path = join(folder, 'progress');
    writeFileSync(path, trace);
    const seen: (number | undefined)[][] = [];
    await readInput(path, Readable.from([]), { take: () => {}, progress: (...at) => seen.push(at) });
    expect(seen.at(-1)).toEqual([Buffer.byteLength(trace), Buffer.byteLength(trace)]);
  });
});

describe('what cannot be read says why in one sentence', () => {
  const zip = gzipSync(trace);
  it.each([
    ['an empty file', '', 'the file is empty'],
    [
      'a page',
      '<html></html>',
      'neither a Chat Inspector trace nor a HAR file, nor a report of ours: it is a web page',
    ],
    [
      'damaged gzip',
      Buffer.concat([zip.subarray(0, 40), Buffer.alloc(40, 0xff)]),
      'the gzip data is damaged at about byte',
    ],
    ['other JSON', '{"a":1}', 'not a HAR file: it has no `log.entries`'],
  ])('%s', async (_, content, reason) => {
    await expect(read(content)).rejects.toThrow(reason);
  });

  it.each([
    ['a HAR that is cut off', har.slice(0, 5000), 'the file is cut off at line 1, column 5001'],
    ['a trace that is cut off', trace.slice(0, -30), 'is cut off after'],
    [
      'a packed trace that is cut off',
      gzipSync(trace).subarray(0, gzipSync(trace).length - 20),
      'the gzip data is cut off at about byte',
    ],
    ['a trace with a broken line', trace.replace(/\n[^\n]*\n$/, '\n{"kind":1}\n'), 'the observation'],
  ])('%s is read as far as it goes, and a gap says so', async (_, content, reason) => {
    const observations: Observation[] = [];
    const read = await readInput('-', Readable.from([Buffer.from(content)]), {
      take: (portion) => observations.push(...portion),
      progress: () => {},
    });
    expect(read.damage).toContain(reason);
    expect(observations.length).toBeGreaterThan(1);
    expect(observations.at(-1)).toMatchObject({ kind: 'gap', reason: 'file' });
  });

  const small = JSON.stringify({ log: { entries: [{ request: { url: 'https://x.test/' } }] } }, null, 1);
  const lines = trace.split('\n').slice(0, 3).join('\r\n');
  it.each([
    ['a HAR', Buffer.from(small)],
    ['a HAR in UTF-16, little end first', Buffer.from(`\uFEFF${small}`, 'utf16le')],
    ['a HAR in UTF-16, big end first', Buffer.from(`\uFEFF${small}`, 'utf16le').swap16()],
    ['a trace', Buffer.from(lines)],
    ['a packed HAR', gzipSync(small)],
    ['a packed trace', gzipSync(lines)],
  ])('%s, cut off at any byte', async (_, bytes) => {
    for (let end = 0; end < bytes.length; end += 1) {
      const read = readFrom('-', Readable.from([bytes.subarray(0, end)]));
      const fault = await read.then(
        () => null,
        (error: unknown) => error,
      );
      // A trace may end at the end of any line, or before the line break.
      if (fault === null) continue;
      expect(fault).toBeInstanceOf(InputError);
      expect(String(fault)).toMatch(/^InputError: [^\n]+$/);
      expect(String(fault)).toMatch(/line \d+|byte \d+|is empty|at line|first line|observations/);
    }
  });

  it.each([
    ['NUL bytes', '\0\0\0'],
    ['a NUL byte in a HAR', small.replace('entries', '\0entries')],
    ['a number', '5'],
    ['a lone event', '{"event":"chat_session_ended"}'],
    ['no entries', '{"log":{"entries":null}}'],
    ['two HARs in one file', small + small],
    ['a header of another version', '{"format":"chat-inspector-trace","version":9}'],
    ['a zip', 'PK\u0003\u0004'],
  ])('%s', async (_, content) => {
    await expect(read(content)).rejects.toThrow(InputError);
  });

  it('a directory, and a file that is not there', async () => {
    await expect(readFrom(folder, Readable.from([]))).rejects.toThrow('is a directory; name the files in it');
    await expect(read(null, 'nothing')).rejects.toThrow('there is no such file');
  });

  it('a file without rights, and any other fault of the system', () => {
    expect(systemFault(Object.assign(new Error('x'), { code: 'EACCES' }))).toBe('no permission to read it');
    expect(systemFault(new Error('EIO: i/o error'))).toBe('cannot be read: EIO: i/o error');
  });
});
