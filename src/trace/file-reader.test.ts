import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialects } from '../../tests/fixtures/har/dialects.ts';
import type { Observation } from '../observation/observation.ts';
import { FileError } from './file-error.ts';
import { TraceFileReader } from './file-reader.ts';
import { readHar } from './har.ts';
import { writeTrace } from './ndjson.ts';

const har = JSON.stringify(dialects.chrome());
const expected = readHar(JSON.parse(har)).observations;
const trace = [...writeTrace(expected)].join('');

/** The observations of a file that comes in pieces of `size` bytes; or the sentence that says why there are none. */
function read(content: string | Uint8Array, size = 1000): readonly Observation[] | string {
  const bytes = Buffer.from(content as string);
  const reader = new TraceFileReader({ places: 'kept', harChars: 1e9 });
  const found: Observation[] = [];
  try {
    for (let at = 0; at < bytes.length; at += size)
      for (const portion of reader.push(bytes.subarray(at, at + size))) found.push(...portion);
    for (const portion of reader.end()) found.push(...portion);
    return found;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.message;
  }
}

/** The same text as the programs that people use write it. */
const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a byte order mark': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-16, little end first': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16, big end first': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
};
const packings: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  plain: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  'gzip, stored': (bytes) => gzipSync(bytes, { level: 0 }),
  'gzip in two members': (bytes) => Buffer.concat([gzipSync(bytes.slice(0, 99)), gzipSync(bytes.slice(99))]),
  'gzip in many members': (bytes) =>
    Buffer.concat(
      Array.from({ length: bytes.length / 500 + 1 }, (_, at) =>
        gzipSync(bytes.slice(at * 500, at * 500 + 500)),
      ),
    ),
  'gzip with empty members': (bytes) => Buffer.concat([gzipSync(''), gzipSync(bytes), gzipSync('')]),
  'gzip with zeros behind it': (bytes) => Buffer.concat([gzipSync(bytes), Buffer.alloc(5000)]),
  'gzip with something else behind it': (bytes) => Buffer.concat([gzipSync(bytes), Buffer.from('-- end --')]),
  'gzip with a line end behind it': (bytes) => Buffer.concat([gzipSync(bytes), Buffer.from('\n')]),
};

describe.each(Object.keys(encodings))('a file in %s', (encoding) => {
  it.each(Object.keys(packings))('%s, is read, in pieces of any size', (packing) => {
    for (const text of [har, trace]) {
      const bytes = packings[packing]?.(encodings[encoding]?.(text) ?? Buffer.alloc(0)) ?? Buffer.alloc(0);
      for (const size of [11, 4096, 1e6]) expect(read(bytes, size)).toEqual(expected);
    }
  });
});

describe('a file that cannot be read says why', () => {
  const zip = gzipSync(trace);
  it.each([
    ['an empty one', '', 'the file is empty'],
    ['white space', ' \n\t', 'the file is empty'],
    ['packed nothing', gzipSync(''), 'the file is empty'],
    ['half a byte order mark', Buffer.from([0xff]), 'neither a Chat Inspector trace nor a HAR file'],
    [
      'a page',
      '<!doctype html><html>',
      'neither a Chat Inspector trace nor a HAR file, nor a report of ours: it is a web page',
    ],
    ['other JSON', '{"a":1}', 'not a HAR file: it has no `log.entries`'],
    ['a list', '[1]', 'not a HAR file: it has no `log.entries`'],
    ['the beginning of a trace', '{"format":"chat-inspector-trace","ver', 'its first line is no JSON'],
    ['a HAR that is cut off', har.slice(0, 99), 'the file is cut off at line 1, column 100'],
    ['a HAR that is damaged', '{"log":oops}', 'the file is no JSON at line 1, column 8'],
    ['a ZIP', 'PK\u0003\u0004rest', 'the file is packed (ZIP); unpack it and give the file in it'],
    ['an empty ZIP', `PK\u0005\u0006${'\0'.repeat(18)}`, 'the file is packed (ZIP)'],
    ['Zstandard', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0]), 'the file is packed (Zstandard)'],
    ['gzip in gzip', gzipSync(zip), 'the file is packed (gzip in gzip); unpack it'],
    ['a ZIP in gzip', gzipSync('PK\u0003\u0004rest'), 'the file is packed (ZIP); unpack it'],
    ['gzip without its last bytes', zip.subarray(0, -4), 'the gzip data is damaged or cut off at about byte'],
    [
      'gzip that is cut off',
      zip.subarray(0, -40),
      `the gzip data is cut off at about byte ${zip.length - 40}`,
    ],
    [
      'a second member that is cut off',
      Buffer.concat([zip, zip.subarray(0, 60)]),
      'the gzip data is cut off',
    ],
    [
      'a second member that is damaged',
      Buffer.concat([zip, zip.subarray(0, 40), Buffer.alloc(40, 0xff)]),
      'the gzip data is damaged',
    ],
    [
      'a checksum that is wrong',
      Buffer.concat([zip.subarray(0, -8), Buffer.alloc(4), zip.subarray(-4)]),
      'damaged',
    ],
  ])('%s', (_, content, reason) => {
    for (const size of [1, 1e6]) expect(read(content, size)).toContain(reason);
  });

  it('and is never read as something else, wherever gzip is cut off or one of its bits is another', () => {
    const packed = gzipSync(trace, { level: 6 });
    const whole = Buffer.from(packed);
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.nat(7), (at, bit) => {
        expect(typeof read(whole.subarray(0, at))).toBe('string');
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        const result = read(damaged);
        // Of some bits, such as the time in the header, nothing depends.
        if (typeof result !== 'string') expect(result).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('little that unpacks to much', () => {
  it.each([
    ['line ends in a trace', `${trace.slice(0, trace.indexOf('\n'))}\n`, '\n', ''],
    ['line ends in a HAR', '{"log":{"entries":[', '\n', ']}}'],
    ['one string', '{"log":{"comment":"', 'x', '","entries":[]}}'],
  ])('comes in portions that are each done in no time: %s', (_, head, filler, tail) => {
    const packed = gzipSync(
      Buffer.concat([Buffer.from(head), Buffer.alloc(10e6, filler), Buffer.from(tail)]),
    );
    expect(packed.length).toBeLessThan(60_000);
    const reader = new TraceFileReader({ places: 'kept', harChars: 1e9 });
    let portions = 0;
    for (const _portion of reader.push(packed)) portions += 1;
    // 10 MB in pieces of 64 kB.
    expect(portions).toBeGreaterThan(140);
  });
});
