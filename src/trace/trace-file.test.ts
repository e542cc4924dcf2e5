import { describe, expect, it } from 'vitest';
import { dialects } from '../../tests/fixtures/har/dialects.ts';
import { readHar } from './har.ts';
import { writeTrace } from './ndjson.ts';
import { readTraceFile } from './trace-file.ts';

const nowhere = () => null;
const har = JSON.stringify(dialects.chrome());
const { observations } = readHar(JSON.parse(har));

describe('a file to import', () => {
  it('is known as a trace by its first line', () => {
    const file = readTraceFile([...writeTrace(observations)].join(''), nowhere);
    expect(file.kind === 'trace' && file.trace.observations).toEqual(observations);
  });

  it('is known as a HAR, with a byte order mark and space before it', () => {
    const file = readTraceFile(`\uFEFF \n${har}`, nowhere);
    expect(file.kind === 'har' && file.har.observations).toEqual(observations);
  });

  it.each([
    ['', 'the file is empty'],
    [' \n\t', 'the file is empty'],
    [
      '<!doctype html><html>',
      'neither a Chat Inspector trace nor a HAR file: it begins with "<!doctype html><html>" at line 1',
    ],
    ['{"a":1}', 'not a HAR file: it has no `log.entries`'],
    ['[1]', 'not a HAR file: it has no `log.entries`'],
    ['{"format":"chat-inspector-trace","ver', 'not a Chat Inspector trace: its first line is no JSON'],
  ])('%j is refused with its reason', (text, reason) => {
    expect(() => readTraceFile(text, nowhere)).toThrow(reason);
  });

  it('that is damaged says where, and whether it is cut off', () => {
    const cutOff = () =>
      readTraceFile(har.slice(0, 99), () => ({ offset: 0, line: 1, column: 100, cutOff: true }));
    expect(cutOff).toThrow('the file is cut off at line 1, column 100');
    const broken = () =>
      readTraceFile('{"log":oops}', () => ({ offset: 0, line: 1, column: 8, cutOff: false }));
    expect(broken).toThrow('the file is no JSON at line 1, column 8');
  });
});
