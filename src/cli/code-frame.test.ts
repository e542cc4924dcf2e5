import { describe, expect, it, vi } from 'vitest';
import { CodeFrames, pathText } from './code-frame.ts';

const plain = (text: string) => text;
const style = { context: 2, mark: plain, faint: plain };
const frame = (value: unknown, path: readonly (string | number)[]) =>
  new CodeFrames().lines(typeof value === 'string' ? value : JSON.stringify(value), path, style);

describe('a code frame', () => {
  it('marks the member at fault among its neighbours', () => {
    const event = { a: 1, event: 'chat_session_message', msg: 5, msg_id: '0', party_id: 'p', timestamp: '1' };
    expect(frame(event, ['msg'])).toEqual([
      '    in $',
      '    │ "a": 1',
      '    │ "event": "chat_session_message"',
      '  > │ "msg": 5',
      '    │ ^^^^^^^^',
      '    │ "msg_id": "0"',
      '    │ "party_id": "p"',
    ]);
  });

  it('says what is missing', () => {
    expect(frame({ event: 'x' }, ['party_id'])).toEqual([
      '    in $',
      '    │ "event": "x"',
      '  + │ "party_id": is missing',
    ]);
  });

  it('goes into objects and arrays, and stops at the first step that is not there', () => {
    const body = { events: [{ data: { type: 1, sdp: {} } }] };
    expect(frame(body, ['events', 0, 'data', 'type'])[0]).toBe('    in $.events[0].data');
    expect(frame(body, ['events', 3])).toContain('  + │ "3": is missing');
    expect(frame(body, ['events', 0, 'nothing', 'here'])).toContain('  + │ "nothing": is missing');
  });

  it('shows where a text stops being JSON', () => {
    expect(frame('{"events":[{"a":1', [])).toEqual([
      '    at line 1, column 18',
      '  > │ {"events":[{"a":1',
      '    │                  ^ ends here',
    ]);
    expect(frame('<html>', [])).toContain('    │ ^ is no JSON from here');
  });

  it('lets no captured text speak to the terminal, and no size or depth hurt', () => {
    const deep = `{"msg":"\\u001b[31m\\u202e${'x'.repeat(5_000_000)}","__proto__":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const frames = new CodeFrames();
    const lines = frames.lines(deep, ['msg'], style);
    for (const char of ['\u001b', '\u202e']) expect(lines.join('')).not.toContain(char);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(150);
    expect(frames.lines(deep, ['__proto__', 0], style)).toContain('  > │ [0] [ … 1 ]');
  });

  it('is as wide as a line, however much there is to escape', () => {
    const lines = frame({ msg: '\u{e0041}'.repeat(90) }, ['msg']);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(110);
  });

  it('shows a value that has no members, and what is missing in it', () => {
    expect(frame(null, ['events'])).toEqual(['    in $', '    │ null', '  + │ "events": is missing']);
  });

  it('parses a body once for all of its findings', () => {
    const body = JSON.stringify({ events: Array(20_000).fill(7) });
    const parse = vi.spyOn(JSON, 'parse');
    const frames = new CodeFrames();
    for (let at = 0; at < 20_000; at += 1)
      expect(frames.lines(body, ['events', at], style)).toContain(`  > │ [${at}] 7`);
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
  });

  it('has nothing to show for the root', () => {
    expect(frame({ a: 1 }, [])).toEqual([]);
  });
});

it('a path reads like code, and quotes odd keys', () => {
  expect(pathText(['events', 2, 'party_id', 'a b'])).toBe('$.events[2].party_id["a b"]');
});
