/** The panel and the command line read the same bytes alike. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { observationsIn } from '../../panel/trace-file/read-trace-file.ts';
import { readInput } from '../../src/cli/input.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { readHar } from '../../src/trace/har.ts';
import { writeTrace } from '../../src/trace/ndjson.ts';
import { dialects } from '../fixtures/har/dialects.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-inspector-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function byPanel(bytes: Uint8Array<ArrayBuffer>): Promise<readonly Observation[] | string> {
  const found: Observation[] = [];
  try {
    const { signal } = new AbortController();
    for await (const portion of observationsIn(new Blob([bytes]), signal, () => {})) found.push(...portion);
    return found;
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
}

async function byCommandLine(bytes: Uint8Array): Promise<readonly Observation[] | string> {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  const found: Observation[] = [];
  try {
    const take = (some: readonly Observation[]) => found.push(...some);
    await readInput(path, Readable.from([]), { take, progress: () => {} });
    return found;
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
}

const har = JSON.stringify(dialects.firefox());
const trace = [...writeTrace(readHar(JSON.parse(har)).observations)].join('');
const deep = (depth: number) =>
  `{"log":{"entries":[{"request":{"url":"https://x/clientweb/api/v1/chats"},"x":${'['.repeat(depth)}${']'.repeat(depth)}}]}}`;

const text = fc.constantFrom(har, trace, deep(500), deep(120_000), '{"a":', '', 'PK\u0003\u0004');
const encoded = fc.oneof(
  text.map((each) => Buffer.from(each)),
  text.map((each) => Buffer.from(`\uFEFF${each}`, 'utf16le')),
  text.map((each) => Buffer.from(`\uFEFF${each}`, 'utf16le').swap16()),
  text.map((each) => Buffer.from(each, 'latin1')),
);
const packed = fc.oneof(
  encoded,
  encoded.map((bytes) => gzipSync(bytes)),
  fc
    .tuple(encoded, fc.nat(4000))
    .map(([bytes, at]) => Buffer.concat([gzipSync(bytes.subarray(0, at)), gzipSync(bytes.subarray(at))])),
  fc.tuple(encoded, fc.uint8Array()).map(([bytes, rest]) => Buffer.concat([gzipSync(bytes), rest])),
);
const cut = fc
  .tuple(packed, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([bytes, share]) => bytes.subarray(0, share * bytes.length));

it('whatever is in a file, and wherever it is cut off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(packed, cut), async (bytes) => {
      expect(await byPanel(Uint8Array.from(bytes))).toEqual(await byCommandLine(bytes));
    }),
    { numRuns: 60 },
  );
});

it('and the panel stops between two portions when a person cancels, also where nothing is read', async () => {
  const head = trace.slice(0, trace.indexOf('\n'));
  const bytes = gzipSync(Buffer.concat([Buffer.from(head), Buffer.alloc(20e6, '\n')]));
  const stop = new AbortController();
  let portions = 0;
  for await (const _ of observationsIn(new Blob([Uint8Array.from(bytes)]), stop.signal, () => {})) {
    portions += 1;
    if (portions === 20) {
      stop.abort();
      break;
    }
  }
  expect(portions).toBe(20);
});
