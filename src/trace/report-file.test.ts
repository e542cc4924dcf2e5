import { expect, test } from 'vitest';
import { sampleTrace } from '../analysis/testing/sample-trace.ts';
import type { Observation } from '../observation/observation.ts';
import { DATA_PLACE, writeHtml } from '../report/formats/html.ts';
import { TraceFileReader } from './file-reader.ts';
import { writeTrace } from './ndjson.ts';

const ABOUT = { title: '</script>', producer: 'x', redaction: { profile: 'none', replaced: {}, total: 0 } };
const report = [
  ...writeHtml(
    `<!doctype html><p>${DATA_PLACE}<script>1 < 2</script>`,
    writeTrace(sampleTrace()),
    () => ABOUT,
  ),
].join('');

/** What is read of bytes that come in pieces of that size. */
function read(bytes: Uint8Array, size = 1_000) {
  const reader = new TraceFileReader({ places: 'forgotten', harChars: 1e9, damaged: 'read' });
  const found: Observation[] = [];
  for (let from = 0; from < bytes.length; from += size)
    for (const portion of reader.push(bytes.subarray(from, from + size))) found.push(...portion);
  for (const portions = reader.end(); ; ) {
    const { done, value } = portions.next();
    if (done) return { found, damage: value.damage };
    found.push(...value);
  }
}

const bytes = new TextEncoder().encode(report);

test('a report is read as the trace in it, in pieces of any size', () => {
  for (const size of [7, 1_000, bytes.length])
    expect(read(bytes, size)).toEqual({ found: sampleTrace(), damage: null });
});

test('a report that is cut off in its trace is read as far as it goes', () => {
  const end = report.indexOf('</script>');
  for (const part of [0.5, 0.9, 0.999]) {
    const { found, damage } = read(bytes.subarray(0, Math.floor(end * part)));
    expect(damage).toContain('cut off');
    expect(found.at(-1)).toMatchObject({ kind: 'gap', reason: 'file' });
    expect(found.slice(0, -1)).toEqual(sampleTrace().slice(0, found.length - 1));
  }
});

test('a web page that is no report, and a report whose trace was changed, are said in a sentence', () => {
  const page = new TextEncoder().encode('<!DOCTYPE html><title>502</title>');
  expect(() => read(page)).toThrow('it is a web page');
  const changed = new TextEncoder().encode(report.replace(/(id="trace">\s)..../, '$1!!!!'));
  expect(() => read(changed)).toThrow('the trace in the report is damaged');
});
