/** The HAR that Export and `convert` write, loaded into the browser's own list of requests as a person loads it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemo } from '../../demo/demo.ts';
import { SCENARIOS } from '../../demo/scenarios/index.ts';
import { TRANSPORTS } from '../../demo/script.ts';
import { exportWhole } from '../../scripts/browser/export-whole.ts';
import type { LoadedRequest } from '../../scripts/browser/inspected-browser.ts';
import { PROJECT } from '../../scripts/project.ts';
import type { Observation, Payload } from '../../src/observation/observation.ts';
import { parseTrace } from '../../src/trace/ndjson.ts';
import { BROWSER, playConversation, sharedPanel } from './harness/inspection.ts';
import { timelineAtRest } from './harness/panel-view.ts';

const SHORT = BROWSER === 'chromium' ? ['defects', 'broken-off', 'file'] : ['file'];
const PLAYED = process.env.E2E_LONG === '1' ? SCENARIOS.map(({ name }) => name) : SHORT;

let inspected: Awaited<ReturnType<typeof sharedPanel>>;
let trace: Uint8Array;
const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-har-'));

beforeAll(async () => {
  const demo = await startDemo({ pace: 0 });
  inspected = await sharedPanel();
  const { browser, panel } = inspected;
  for (const scenario of PLAYED)
    await playConversation({ demo, browser }, { scenario, transports: TRANSPORTS.join(',') });
  await timelineAtRest(panel);
  trace = readFileSync((await exportWhole(panel)).path);
  await demo.close();
});

afterAll(async () => {
  await inspected.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(['share', 'none'])(
  `a HAR of ${PLAYED.length} scenarios, redacted by %s, opens with each message and event`,
  async (profile) => {
    const har = join(folder, `trace-${profile}-sensitive.har`);
    commandLine(['convert', '-', '--to', 'har', '--redact', profile, '-o', har]);
    // Tokens are counted in the order in which values come: the same in both files.
    const { observations } = parseTrace(commandLine(['convert', '-', '--to', 'ndjson', '--redact', profile]));
    const expected = requestsOf(observations);
    expect(expected.flatMap(({ messages }) => messages).length).toBeGreaterThan(10);
    expect(expected.flatMap(({ events }) => events).length).toBeGreaterThan(10);
    const loaded = await inspected.panel.tools.loadHar(har);
    if (BROWSER === 'firefox') {
      // Its list takes neither messages nor events from a file.
      const bare = expected.map((request) => ({ ...request, messages: [], events: [] }));
      return expect(sorted(loaded)).toEqual(sorted(bare));
    }
    expect(sorted(loaded)).toEqual(sorted(expected));
  },
);

test('the HAR, read again, has the findings and the sessions of the trace', () => {
  const har = join(folder, 'again-sensitive.har');
  commandLine(['convert', '-', '--to', 'har', '--redact', 'none', '-o', har]);
  const [fromTrace, fromHar] = [trace, readFileSync(har)].map((bytes) => checked(bytes));
  expect(fromHar).toEqual(fromTrace);
});

/**
 * What `check` says of it, sorted, without what a HAR cannot hold: the order of what happened at once in several
 * sessions, the place of a message among those that are no chat, and when the head of an answer came before its body.
 */
function checked(bytes: Uint8Array): unknown {
  const call = ['dist/cli/chat-inspector.js', 'check', '-', '--json', '--show-values'];
  const { stdout } = spawnSync(process.execPath, call, { ...OPTIONS, input: bytes });
  const [{ events, sessions, findings }] = JSON.parse(stdout).files;
  const said = (list: readonly Record<string, unknown>[]): string[] =>
    list
      .map(({ seq, exchange, frame, count, ...rest }) => JSON.stringify(rest))
      .map((text) => text.replace(/ \(for \d+ ms\)/, ''))
      .sort();
  return { events, sessions: said(sessions), findings: said(findings) };
}

function commandLine(call: readonly string[]): string {
  return execFileSync(process.execPath, ['dist/cli/chat-inspector.js', ...call], {
    ...OPTIONS,
    input: trace,
  });
}

/** The list sorts by time, of which requests that left together have the same. */
const sorted = (requests: readonly LoadedRequest[]): string[] =>
  requests.map((request) => JSON.stringify(request)).sort();

const OPTIONS = { cwd: PROJECT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 } as const;

/** What was observed, request by request, as the list is to hold it. */
function requestsOf(observations: readonly Observation[]): LoadedRequest[] {
  const requests = new Map<string, Draft>();
  // The bytes of a Blob are read after the message that brought it.
  const late = new Map(
    observations.flatMap((each) =>
      each.kind === 'body' && each.role === 'frame'
        ? [[`${each.of} ${each.documentId}`, each.payload] as const]
        : [],
    ),
  );
  for (const observation of observations) {
    const { documentId, seq } = observation;
    if (observation.kind === 'request')
      requests.set(`${seq} ${documentId}`, draft(observation.url, 0, shown(observation.body)));
    else if (observation.kind === 'socket-open' && observation.phase === 'connecting')
      requests.set(`${seq} ${documentId}`, draft(observation.url, 0, ''));
    const of = 'of' in observation ? requests.get(`${observation.of} ${documentId}`) : undefined;
    if (of === undefined) continue;
    if (observation.kind === 'response') {
      of.status = observation.status;
      of.isStream = observation.headers.some(
        ([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('text/event-stream'),
      );
    } else if (observation.kind === 'socket-open') of.status = 101;
    else if (observation.kind === 'error' && of.status === 101)
      of.messages.push({ type: 'error', data: observation.message || 'error' });
    else if (observation.kind === 'frame') {
      const payload = late.get(`${seq} ${documentId}`) ?? observation.payload;
      const type = observation.direction === 'out' ? 'send' : 'receive';
      if (inFile(payload)) of.messages.push({ type, data: payload.data });
    }
    if (observation.kind === 'stream-event' && inFile(observation.payload))
      of.events.push({ name: observation.event, data: shown(observation.payload) });
    else if (observation.kind === 'chunk' && of.isStream) of.stream += shown(observation.payload);
  }
  return [...requests.values()].map(({ url, status, sent, messages, events, stream }) => ({
    ...{ url, status, sent: sent.length, messages },
    events: events.length > 0 ? events : eventsIn(stream),
  }));
}

interface Draft {
  readonly url: string;
  status: number;
  readonly sent: string;
  readonly messages: { readonly type: string; readonly data: string }[];
  readonly events: { readonly name: string; readonly data: string }[];
  isStream: boolean;
  stream: string;
}

const draft = (url: string, status: number, sent: string): Draft => ({
  ...{ url, status, sent, messages: [], events: [], isStream: false, stream: '' },
});

const inFile = (payload: Payload): boolean => payload.encoding === 'text' || payload.encoding === 'base64';

const shown = (payload: Payload | null): string => (payload?.encoding === 'text' ? payload.data : '');

/** The demo's server writes an event as one line of data and an empty line. */
const eventsIn = (stream: string): { name: string; data: string }[] =>
  stream.split('\n\n').flatMap((block) => {
    const data = /^data: (.*)$/m.exec(block)?.[1];
    return data === undefined ? [] : [{ name: 'message', data }];
  });
