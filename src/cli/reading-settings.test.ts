/** What the user says of a relay: patterns for its URLs, and where events stand in its messages. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHar } from '../trace/har.ts';
import { writeTrace } from '../trace/ndjson.ts';
import { check } from './check.ts';
import { palette } from './terminal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-inspector-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Settings {
  readonly patterns?: readonly string[];
  readonly wrappers?: readonly string[];
}

async function judged(content: string, { patterns = [], wrappers = [] }: Settings = {}) {
  const file = join(folder, 'file');
  writeFileSync(file, content);
  let out = '';
  const options = { format: 'json', failOn: 'error', failOnEmpty: false, version: '1' } as const;
  await check(
    { ...options, files: [file], colours: palette({}, {}), settings: { patterns, wrappers } },
    { stdin: Readable.from([]), stdout: { write: (text) => (out += text) }, stderr: { write: () => {} } },
  );
  const [{ events, sessions, unread }] = JSON.parse(out).files;
  return { events, states: sessions.map(({ state }: { state: string }) => state), unread };
}

const queued = '{"event":"chat_session_status","state":"queued","ewt":"5"}';
/** No letters of it stand in the bytes as they are. */
const hidden = queued.replaceAll('chat', '\\u0063hat');
const URL = 'https://relay.example.test/poll/7';

const harOf = (answer: string, post = '') =>
  JSON.stringify({
    log: {
      entries: [
        {
          startedDateTime: '2026-11-20T09:00:00.000Z',
          time: 10,
          request: {
            ...{ method: post === '' ? 'GET' : 'POST', url: URL, headers: [] },
            ...(post === '' ? {} : { postData: { mimeType: 'application/json', text: post } }),
          },
          response: {
            status: 200,
            headers: [],
            content: { mimeType: 'application/json', size: answer.length, text: answer },
          },
        },
      ],
    },
  });

describe('a wrapper', () => {
  it.each([
    ['payload', `{"payload":${JSON.stringify(hidden)}}`],
    ['data[0]', `{"data":[${JSON.stringify(hidden)}]}`],
    ['arguments.0', `{"arguments":[${JSON.stringify(hidden)}]}`],
    ['a.b', `{"a":{"b":${JSON.stringify(Buffer.from(queued).toString('base64'))}}}`],
    ['payload', `{"payload":${JSON.stringify(`[${hidden}]`)}}`],
  ])('at %s opens what nothing else shows', async (wrapper, answer) => {
    const settings = { wrappers: [wrapper], patterns: ['/poll/'] };
    expect(await judged(harOf(answer), settings)).toMatchObject({ events: 1, states: ['queued'], unread: 0 });
    expect(await judged(harOf(answer), { wrappers: [wrapper] })).toMatchObject({ events: 1 });
    const { observations } = readHarWith(harOf(answer));
    const trace = (header: Settings) => [...writeTrace(observations, header)].join('');
    expect(await judged(trace(settings))).toMatchObject({ events: 1 });
    expect(await judged(trace({ patterns: ['/poll/'] }), { wrappers: [wrapper] })).toMatchObject({
      events: 1,
    });
  });

  it('leaves what stands plainly as it is, and finds nothing where nothing is', async () => {
    expect(await judged(harOf(`{"events":[${queued}]}`), { wrappers: ['events[0]'] })).toMatchObject({
      events: 1,
    });
    expect(await judged(harOf('{"payload":{"event":"pageview"}}'), { wrappers: ['payload'] })).toMatchObject({
      events: 0,
    });
    const typed =
      '{"event":"chat_session_message","msg":"{\\"event\\":\\"chat_session_ended\\"}","msg_id":"1","party_id":"P","timestamp":"1795165202"}';
    expect(await judged(harOf(`[${typed}]`), { wrappers: ['[0].msg'] })).toMatchObject({ events: 1 });
  });
});

describe('a pattern', () => {
  it('takes what the page posts there for chat, whatever its members', async () => {
    const post = '{"event":"chat_session_typing","label":"x"}';
    expect(await judged(harOf('{}', post))).toMatchObject({ events: 0 });
    expect(await judged(harOf('{}', post), { patterns: ['relay.example.test/poll/*'] })).toMatchObject({
      events: 1,
    });
    expect(await judged(harOf('{}', post), { patterns: ['/other/'] })).toMatchObject({ events: 0 });
  });
});

/** As the panel had it, with a pattern for the URL in force. */
function readHarWith(har: string) {
  return readHar(JSON.parse(har), { patterns: ['/poll/'], wrappers: [] });
}
