/** A second protocol, unlike the first, goes through everything with one folder and one line in a list of protocols. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Inspector } from '../../panel/store/inspector.ts';
import { importTrace } from '../../panel/trace-file/import-trace.ts';
import type { Analysis } from '../../src/analysis/api/analysis.ts';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { sentencesWith } from '../../src/analysis/rules/sentence.ts';
import {
  CHAT,
  ended,
  joined,
  message,
  status,
  type TraceBuilder,
  trace,
} from '../../src/analysis/testing/trace-builder.ts';
import { check } from '../../src/cli/check.ts';
import { describeEvent, listEvents } from '../../src/cli/events.ts';
import { palette } from '../../src/cli/terminal.ts';
import { DEFAULT_SETTINGS } from '../../src/messaging/settings.ts';
import { writeTrace } from '../../src/trace/ndjson.ts';
import { protocols } from '../fixtures/second-protocol/protocols.ts';
import { at, evening, twoRooms } from '../fixtures/second-protocol/rooms.ts';

function analysed(built: TraceBuilder, known = protocols): Analysis {
  const analysis = createAnalysis({ protocols: known });
  analysis.add(built.observations);
  analysis.end();
  return analysis;
}

const rowsOf = (analysis: Analysis) =>
  Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row));
const sentence = sentencesWith(protocols);
const told = (analysis: Analysis) =>
  analysis.findings('warning').map((each) => `${each.rule}: ${sentence(each)}`);

describe('two rooms on one socket', () => {
  const analysis = analysed(twoRooms().built);

  test('are two sessions, told by the answers to the requests that asked for them', () => {
    const [billing, delivery, ...more] = analysis.sessions();
    expect(more).toEqual([]);
    expect(billing).toMatchObject({
      id: 'r-1',
      chatId: 'r-1',
      protocol: 'parlour',
      state: 'closed',
      live: false,
    });
    expect(delivery).toMatchObject({
      id: 'r-2',
      chatId: 'r-2',
      protocol: 'parlour',
      state: 'serving',
      live: true,
    });
    expect(billing?.parties).toMatchObject([
      { name: 'Ida', kind: 'helper', label: 'helper', present: false },
    ]);
  });

  test('have rows with the names, sessions, parties and summaries of their protocol', () => {
    const rows = rowsOf(analysis).filter(({ kind }) => kind === 'event');
    expect(rows.every(({ protocol }) => protocol === 'parlour')).toBe(true);
    expect(rows.slice(0, 6).map(({ event, session, summary }) => `${session} ${event}: ${summary}`)).toEqual([
      'r-1 enter: asks for a room: billing',
      'r-2 enter: asks for a room: delivery',
      'r-2 enter:answer: is given r-2',
      'r-1 enter:answer: is given r-1',
      'r-1 came: Ida came in',
      'r-1 room: the room is serving',
    ]);
    expect(rows.find(({ event }) => event === 'say:answer')).toMatchObject({
      direction: 'in',
      session: 'r-1',
    });
    expect(rows.find(({ event }) => event === 'said')).toMatchObject({
      party: 'Ida',
      summary: 'Let me look.',
    });
  });

  test('are found by the words of their summaries', () => {
    const matching = rowsOf(analysis).filter(({ index }) => analysis.rowMatches(index, 'asks for a room: d'));
    expect(matching.map(({ session }) => session)).toEqual(['r-2']);
  });

  test('show what is declared of an answer that does not name itself', () => {
    const answer = rowsOf(analysis).find(({ event }) => event === 'enter:answer');
    const decoded = analysis.decoded(answer?.index ?? -1);
    expect(decoded).toMatchObject({
      name: 'enter:answer',
      title: 'A room is there',
      source: 'Parlour handbook',
    });
    expect(decoded?.fields.map(({ path, presence }) => `${path.join('.')} ${presence}`)).toEqual([
      'ref present',
      'result present',
      'fault absent',
    ]);
    expect(decoded?.fields[1]?.children.map(({ value }) => value)).toEqual(['r-2', 'waiting']);
  });

  test('step through the model of their protocol to the end that a field reports', () => {
    const machine = analysis.machine('r-1');
    expect(machine?.steps.map(({ to, allowed }) => `${to} ${allowed}`)).toEqual([
      'waiting true',
      'serving true',
      'wrapping true',
      'closed true',
    ]);
    expect(machine?.model.states.map(({ id }) => id)).toContain('wrapping');
    expect(analysis.machine('r-2')?.current).toBe('serving');
    expect(analysis.conformance('r-1')?.cost).toBe(0);
  });

  test('are told as conversations, each with its own words and its sheet', () => {
    const said = (room: string) =>
      analysis
        .conversation(room)
        ?.entries.flatMap((entry) => (entry.kind === 'message' ? [`${entry.party}: ${entry.text}`] : []));
    expect(said('r-1')).toEqual(['customer: My bill is wrong.', 'Ida: Let me look.']);
    expect(said('r-2')).toEqual(['customer: Where is my parcel?', 'Otto: On its way.']);
    expect(analysis.conversation('r-1')?.entries.find(({ kind }) => kind === 'form')).toMatchObject({
      name: 'satisfaction',
      answered: { seq: expect.any(Number) },
    });
  });

  test('give no finding where nothing is wrong', () => {
    expect(analysis.findings()).toEqual([]);
  });
});

describe('problems are found by the same rules, in the words of the protocol', () => {
  const after = (more: (rooms: ReturnType<typeof twoRooms>) => unknown) => {
    const rooms = twoRooms();
    more(rooms);
    return told(analysed(rooms.built));
  };

  test('what comes after the end', () => {
    const late = { kind: 'said', room: 'r-1', at: at(20), who: 'u-7', line: 'l-9', words: 'Still there?' };
    expect(after((rooms) => rooms.receive(late))).toEqual([
      'lifecycle/after-end: said came though the room was closed',
    ]);
  });

  test('a step that its model does not have', () => {
    expect(
      after((rooms) => rooms.receive({ kind: 'room', room: 'r-2', at: at(20), phase: 'waiting' })),
    ).toEqual([
      'lifecycle/unexpected-status: The session went from serving to waiting; expected wrapping, lost',
    ]);
  });

  test('an error answer on the socket, with the meaning of its code', () => {
    const asked = (rooms: ReturnType<typeof twoRooms>) =>
      rooms
        .send({ kind: 'say', ref: 9, room: 'r-2', words: 'x' })
        .receive({ ref: 9, fault: { code: 'TOO_LONG' } });
    expect(after(asked)).toEqual(['transport/error: Error answer, code TOO_LONG: The words are too many']);
    const gone = twoRooms()
      .send({ kind: 'say', ref: 9, room: 'r-2', words: 'x' })
      .receive({ ref: 9, fault: { code: 'NO_ROOM' } });
    expect(analysed(gone.built).session('r-2')).toMatchObject({ state: 'lost', live: false });
  });

  test('keys and names that nobody knows, a time that goes back, a sheet that nobody fills in', () => {
    expect(after((rooms) => rooms.send({ kind: 'say', ref: 9, room: 'r-2', text: 'x' }))).toEqual([
      'client/wrong-key: Key "text" should be words',
    ]);
    const early = { kind: 'said', room: 'r-2', at: at(1), who: 'u-9', line: 'l-9', words: 'early' };
    expect(after((rooms) => rooms.receive(early))).toEqual([
      'order/time-backwards: The timestamp is 4 s earlier than one before it',
    ]);
    const sheet = { kind: 'sheet', room: 'r-2', at: at(20), sheet: 's-2', seconds: 1 };
    const slow = (rooms: ReturnType<typeof twoRooms>) => {
      rooms.receive(sheet).built.wait(2_000);
      rooms.receive({ kind: 'went', room: 'r-2', at: at(23), who: 'u-9' });
    };
    expect(after(slow)).toEqual([
      'lifecycle/form-unanswered: Form s-2 was neither answered nor cancelled before its 1 s were over',
    ]);
  });
});

describe('a trace with traffic of two protocols', () => {
  const polled = (built: TraceBuilder) =>
    built
      .requestChat()
      .poll([status('connected'), joined(), message()])
      .poll([ended, message()]);

  test('knows of each row, session and finding whose it is', () => {
    const analysis = analysed(
      twoRooms(polled(trace())).send({ kind: 'say', ref: 9, room: 'r-1', words: 'x' }).built,
    );
    expect(analysis.sessions().map(({ id, protocol }) => `${protocol} ${id}`)).toEqual([
      `bright-pattern ${CHAT}`,
      'parlour r-1',
      'parlour r-2',
    ]);
    const late = analysis.findings().filter(({ rule }) => rule === 'lifecycle/after-end');
    expect(late.map((each) => `${each.protocol}: ${sentence(each)}`)).toEqual([
      'bright-pattern: chat_session_message came after the session had ended (ended)',
      'parlour: say came though the room was closed',
    ]);
    const kinds = new Set(rowsOf(analysis).map(({ protocol, transport }) => `${transport} ${protocol}`));
    expect([...kinds].sort()).toEqual(['websocket parlour', 'xhr bright-pattern']);
  });

  test('keeps chats with one id apart', () => {
    const rooms = evening(polled(trace()))
      .send({ kind: 'enter', ref: 1, topic: 'billing' })
      .receive({ ref: 1, result: { room: CHAT, phase: 'waiting' } });
    const sessions = analysed(rooms.built).sessions();
    expect(sessions.map(({ chatId, protocol, state }) => [chatId, protocol, state])).toEqual([
      [CHAT, 'bright-pattern', 'ended'],
      [CHAT, 'parlour', 'waiting'],
    ]);
  });

  test('says of the first protocol what is said without the second', () => {
    const built = polled(trace());
    built.frameIn(built.socket(), joined());
    const seen = (analysis: Analysis) => [rowsOf(analysis), analysis.findings(), analysis.sessions()];
    expect(seen(analysed(built))).toEqual(seen(analysed(built, protocols.slice(0, 1))));
  });
});

test('the command line reports it, and lists its events', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'second-protocol-'));
  try {
    const file = join(folder, 'evening.ndjson');
    const { observations } = twoRooms().send({ kind: 'say', ref: 9, room: 'r-1', words: 'x' }).built;
    writeFileSync(file, [...writeTrace(observations)].join(''));
    let out = '';
    const colours = palette({}, {});
    const quiet = { write: () => true };
    const exit = await check(
      {
        files: [file],
        format: 'json',
        failOn: 'error',
        failOnEmpty: false,
        colours,
        version: '0',
        protocols,
      },
      { stdin: Readable.from([]), stdout: { write: (text) => (out += text) }, stderr: quiet },
    );
    expect(exit).toBe(1);
    expect(JSON.parse(out).files[0]).toMatchObject({
      sessions: [
        { id: 'r-1', state: 'closed' },
        { id: 'r-2', state: 'serving' },
      ],
      findings: [
        { rule: 'lifecycle/after-end', session: 'r-1', message: 'say came though the room was closed' },
      ],
    });
    expect(listEvents(colours, protocols)).toContain('enter:answer');
    expect(describeEvent('enter', colours, protocols)).toMatchObject({
      text: expect.stringContaining('Ask for a room'),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the panel's store opens it, and a view finds the model of the session that it draws", async () => {
  const inspector = new Inspector(
    () => createAnalysis({ protocols }),
    { read: (_name, fallback) => fallback, write: () => undefined },
    { read: async () => DEFAULT_SETTINGS, write: async () => undefined },
  );
  const text = [...writeTrace(twoRooms().built.observations)].join('');
  await importTrace(inspector, new File([text], 'evening.ndjson'));
  const { analysis, totals } = inspector.trace.value;
  expect(totals.value).toMatchObject({ sessions: 2, problems: 0 });
  expect(analysis.machine('r-2')?.model.next('serving')).toEqual(['wrapping', 'lost']);
});
