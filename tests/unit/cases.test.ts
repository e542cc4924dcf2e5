/** Files of many writers and pages that once went wrong: what the command line says of each. */
import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { check } from '../../src/cli/check.ts';
import { palette } from '../../src/cli/terminal.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/cases/', import.meta.url));

/** Exit status, events, the states of the sessions, and findings that are no notes with the field they are about. */
type Said = readonly [exit: number, events: number, states: string, findings: string];

const PARTY_MISSING = 'schema/missing-field party_id';
const RIGHT: Readonly<Record<string, Said>> = {
  'analytics-same-names': [0, 9, 'ended', ''],
  'bigint-msg-id': [0, 2, 'unknown', ''],
  'close-1005': [0, 2, 'connected', ''],
  'har-body-gzip': [1, 2, 'queued', PARTY_MISSING],
  'har-date-absent': [0, 3, 'ended', ''],
  'har-date-epoch-number': [0, 3, 'ended', ''],
  'har-date-whole-seconds': [0, 2, 'ended', ''],
  'har-empty-websocket-list': [1, 2, 'queued', PARTY_MISSING],
  'har-header-not-a-string': [1, 1, 'queued', 'client/bad-authorization, client/bad-authorization'],
  'har-relay-type-html': [1, 2, 'queued', PARTY_MISSING],
  'har-service-worker-twice': [0, 5, 'ended', ''],
  'har-socket-binary-json': [1, 2, 'queued', PARTY_MISSING],
  'har-socket-fragments': [0, 2, 'queued', ''],
  'har-socket-time-iso': [0, 4, 'ended', ''],
  'har-status-string': [1, 2, 'queued', PARTY_MISSING],
  'har-url-absent': [2, 0, '', ''],
  'poll-204': [0, 1, 'queued', ''],
  'search-escaped': [0, 6, 'ended', ''],
  'signaling-timestamp': [0, 1, 'unknown', ''],
  'sse-last-line-trimmed': [1, 2, 'queued', `transport/unfinished-event, ${PARTY_MISSING}`],
  'wrapped-data-member': [1, 3, 'connected', PARTY_MISSING],
  'wrapped-signalr': [1, 3, 'connected', PARTY_MISSING],
  'wrapped-socketio': [1, 3, 'connected', PARTY_MISSING],
  'wrapped-sockjs': [1, 3, 'connected', PARTY_MISSING],
  'wrapped-string-member': [1, 3, 'connected', PARTY_MISSING],
};

it('knows what is right of every file there is', () => {
  const files = readdirSync(FOLDER).map((file) => file.replace(/\.har$/, ''));
  expect(files.sort()).toEqual(Object.keys(RIGHT).sort());
});

it.each(Object.entries(RIGHT))('%s', async (name, right) => {
  expect(await judged(`${FOLDER}${name}.har`)).toEqual(right);
});

async function judged(file: string): Promise<Said> {
  let out = '';
  const status = await check(
    {
      files: [file],
      format: 'json',
      failOn: 'error',
      failOnEmpty: false,
      colours: palette({}, {}),
      version: '1',
    },
    { stdin: Readable.from([]), stdout: { write: (text) => (out += text) }, stderr: { write: () => {} } },
  );
  const [{ events, sessions, findings }] = JSON.parse(out).files;
  const worse = findings
    .filter(({ severity }: { severity: string }) => severity !== 'note')
    .map(({ rule, path }: { rule: string; path: readonly string[] }) =>
      [rule, path.join('.')].join(' ').trim(),
    );
  return [
    status,
    events,
    sessions.map(({ state }: { state: string }) => state).join(),
    worse.sort().reverse().join(', '),
  ];
}
