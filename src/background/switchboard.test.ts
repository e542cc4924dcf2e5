import { expect, test } from 'vitest';
import type { BackgroundToPanel, BackgroundToRelay } from '../messaging/contracts.ts';
import type { Batch, TravellingObservation } from '../messaging/private-port.ts';
import { DEFAULT_SETTINGS, type Settings } from '../messaging/settings.ts';
import { FlightRecorder } from './flight-recorder.ts';
import { memory } from './storage-in-memory.ts';
import { type PanelPort, type RelayPort, Switchboard } from './switchboard.ts';

const CAPS = { recorderTabBytes: 100_000, recorderBytes: 100_000, recorderIdleMinutes: 30 };
const ID = '0123456789abcdef0123456789abcdef';

async function background(settings: Partial<Settings> = {}) {
  const storage = memory();
  const recorder = new FlightRecorder(storage, CAPS);
  await recorder.load();
  const due: (() => void)[] = [];
  const board = new Switchboard(recorder, { ...DEFAULT_SETTINGS, ...settings }, (run) => due.push(run));
  const batches = () => [...storage.items.keys()].filter((key) => key.startsWith('batch/'));
  const later = async (): Promise<void> => {
    for (const run of due.splice(0)) run();
    await recorder.flush();
  };
  return { board, recorder, batches, later };
}

function relay(tab: number, incognito = false): RelayPort & { readonly got: BackgroundToRelay[] } {
  const got: BackgroundToRelay[] = [];
  return { tab, frame: 0, incognito, got, send: (message) => got.push(message) };
}

function panel(): PanelPort & { readonly got: BackgroundToPanel[] } {
  const got: BackgroundToPanel[] = [];
  return { got, send: (message) => got.push(message) };
}

const hello = (documentId = ID, incognito = false) =>
  ({ type: 'hello', documentId, url: 'http://x/', top: true, address: null, incognito }) as const;

function batch(from: number, count: number, documentId = ID): { readonly type: 'batch' } & Batch {
  const observations = Array.from(
    { length: count },
    (_, at): TravellingObservation => ({
      kind: 'end',
      of: 0,
      seq: from + at,
      wallTime: 0,
      monotonicTime: 0,
    }),
  );
  const next = from + count;
  return { type: 'batch', documentId, total: next, from, next, text: JSON.stringify(observations) };
}

const resumes = (got: readonly BackgroundToRelay[]) =>
  got.flatMap((message) => (message.type === 'resume' ? [message.from] : []));
const acknowledged = (got: readonly BackgroundToRelay[]) =>
  got.flatMap((message) => (message.type === 'acknowledge' ? [message.next] : []));

test('a relay is told where it is, and acknowledged only what is stored', async () => {
  const { board, batches, later } = await background();
  const port = relay(7);
  board.onRelay(port, hello());
  expect(port.got[0]).toEqual({ type: 'address', address: { tab: 7, frame: 0 } });
  board.onRelay(port, batch(0, 3));
  expect(acknowledged(port.got)).toEqual([]);
  await later();
  expect(batches()).toHaveLength(1);
  expect(acknowledged(port.got)).toEqual([3]);
});

test('of private windows nothing is stored, and a panel sees them all the same', async () => {
  const { board, batches, later } = await background();
  const port = relay(1, true);
  const watching = panel();
  board.onRelay(port, hello(ID, true));
  expect(port.got).toContainEqual({ type: 'pace', pace: 'quiet' });
  board.onRelay(port, batch(0, 3));
  await later();
  expect(batches()).toEqual([]);
  await board.onSubscribe(1, watching, {});
  board.onRelay(port, batch(0, 3));
  await later();
  expect(watching.got.map(({ type }) => type)).toEqual(['document', 'batch']);
  expect(batches()).toEqual([]);
});

test('with the recorder off nothing is stored, of last words neither', async () => {
  const { board, batches, later } = await background({ recorder: false });
  const port = relay(1);
  const watching = panel();
  board.onRelay(port, hello());
  board.onRelay(port, batch(0, 3));
  await board.onSubscribe(1, watching, {});
  await board.onLastWords({ tab: 1, frame: 0 }, batch(3, 1));
  await later();
  expect(batches()).toEqual([]);
  expect(watching.got.map(({ type }) => type)).toEqual(['document', 'batch']);
});

test('a document that the recorder has forgotten and that lives on is asked once, and kept again', async () => {
  const { board, recorder, batches, later } = await background();
  const port = relay(1);
  board.onRelay(port, hello());
  board.onRelay(port, batch(0, 3));
  await later();
  await recorder.forgetAll();
  port.got.length = 0;
  board.onRelay(port, batch(3, 1));
  board.onRelay(port, batch(4, 1));
  expect(resumes(port.got)).toEqual([0]);
  board.onRelay(port, batch(0, 5));
  await later();
  expect(batches()).toHaveLength(1);
  expect(acknowledged(port.got)).toEqual([5]);
  expect(resumes(port.got)).toEqual([0]);
});

test('two panels on two tabs see only their own', async () => {
  const { board } = await background();
  const [one, other] = [panel(), panel()];
  await board.onSubscribe(1, one, {});
  await board.onSubscribe(2, other, {});
  const second = '0'.repeat(32);
  for (const [tab, id] of [
    [1, ID],
    [2, second],
  ] as const) {
    const port = relay(tab);
    board.onRelay(port, hello(id));
    board.onRelay(port, batch(0, 1, id));
    board.onRelayGone(port);
  }
  const documents = (got: readonly BackgroundToPanel[]) =>
    new Set(got.flatMap((message) => ('documentId' in message ? [message.documentId] : [])));
  expect(documents(one.got)).toEqual(new Set([ID]));
  expect(documents(other.got)).toEqual(new Set([second]));
});

test('documents that are gone come in the order in which they began, before what lives', async () => {
  const { board, later } = await background();
  const ids = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32));
  for (const id of ids) {
    const port = relay(1);
    board.onRelay(port, hello(id));
    board.onRelay(port, batch(0, 2, id));
    if (id !== ids.at(-1)) board.onRelayGone(port);
    await later();
  }
  const late = panel();
  await board.onSubscribe(1, late, {});
  expect(late.got.map((message) => [message.type, 'documentId' in message && message.documentId])).toEqual([
    ['recorded', ids[0]],
    ['recorded', ids[1]],
    ['recorded', ids[2]],
    ['document', ids[3]],
  ]);
});
