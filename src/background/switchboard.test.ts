import { expect, test } from 'vitest';
import type { BackgroundToPanel, BackgroundToRelay, Hello } from '../messaging/contracts.ts';
import type { LastWords } from '../messaging/last-words.ts';
import type { Batch, TravellingObservation } from '../messaging/private-port.ts';
import { DEFAULT_SETTINGS, type Settings } from '../messaging/settings.ts';
import { ClearedTabs } from './cleared-tabs.ts';
import { DocumentOwners } from './document-owners.ts';
import { FlightRecorder } from './flight-recorder.ts';
import type { RelayPort } from './living-documents.ts';
import { memory } from './storage-in-memory.ts';
import { type PanelPort, Switchboard } from './switchboard.ts';

const CAPS = { recorderTabBytes: 100_000, recorderBytes: 100_000, recorderIdleMinutes: 30 };
const ID = '0123456789abcdef0123456789abcdef';

async function background(settings: Partial<Settings> = {}) {
  const storage = memory();
  const recorder = new FlightRecorder(storage, CAPS);
  await recorder.load();
  const due: (() => void)[] = [];
  const cleared = new ClearedTabs(storage);
  const owners = new DocumentOwners(memory());
  const board = new Switchboard(recorder, owners, cleared, { ...DEFAULT_SETTINGS, ...settings }, (run) =>
    due.push(run),
  );
  const batches = () => [...storage.items.keys()].filter((key) => key.startsWith('batch/'));
  const later = async (): Promise<void> => {
    for (const run of due.splice(0)) run();
    await recorder.flush();
  };
  return { board, recorder, batches, later };
}

function relay(tab: number, incognito = false): RelayPort & { readonly got: BackgroundToRelay[] } {
  const got: BackgroundToRelay[] = [];
  const word = { origin: 'http://x', context: null, url: 'http://x/' };
  return { tab, frame: 0, incognito, word, got, send: (message) => got.push(message) };
}

function panel(): PanelPort & { readonly got: BackgroundToPanel[] } {
  const got: BackgroundToPanel[] = [];
  return { got, send: (message) => got.push(message) };
}

/** Of a document that began at the time `since`. */
const hello = (documentId = ID, incognito = false, since = 0): Hello => {
  const place = { url: 'http://x/', origin: 'http://x', top: true, total: 0, address: null } as const;
  return { type: 'hello', documentId, ...place, incognito, shown: since, cleared: since };
};

const letter = (words: Batch, at = 0): LastWords => ({
  ...{ url: 'http://x/', origin: 'http://x', top: true, at, shown: 0, address: null },
  batch: words,
});

function batch(
  from: number,
  count: number,
  documentId = ID,
): { readonly type: 'batch'; readonly last: boolean } & Batch {
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
  return {
    type: 'batch',
    last: false,
    documentId,
    total: next,
    from,
    next,
    text: JSON.stringify(observations),
  };
}

/** Lets what was begun go on. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve));
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
  await board.onLastWords({ tab: 1, frame: 0 }, letter(batch(3, 1)));
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
    // At once as far as it is recorded: it may be gone before the panel has asked for it.
    ['recorded', ids[3]],
    ['document', ids[3]],
  ]);
});

test('of a frame that is gone before the panel has what it asked for, what the recorder has comes before its end', async () => {
  const { board, recorder, later } = await background();
  const port = relay(1);
  board.onRelay(port, hello());
  board.onRelay(port, batch(0, 3));
  await later();
  const watching = panel();
  // The panel has one, and asks for the rest; the way was cut meanwhile.
  await board.onSubscribe(1, watching, {});
  board.onRelay(port, batch(3, 2));
  board.onRelayGone(port);
  await recorder.flush();
  await until(() => watching.got.some(({ type }) => type === 'document-gone'));
  expect(watching.got.map(({ type }) => type)).toEqual(['recorded', 'document', 'batch', 'document-gone']);
  const another = relay(1);
  board.onRelay(another, hello());
  board.onRelay(another, batch(6, 1));
  board.onRelayGone(another);
  await until(() => watching.got.filter(({ type }) => type === 'document-gone').length === 2);
  expect(watching.got.slice(4).map(({ type }) => type)).toEqual([
    'document',
    'batch',
    'recorded',
    'document-gone',
  ]);
});

const introduced = (got: readonly BackgroundToPanel[]) =>
  got.flatMap((message) => (message.type === 'document' ? [message.cleared] : []));

test('what was cleared is in the recorder no more, nor comes again into it from a ring that has not yet forgotten', async () => {
  const { board, recorder, batches, later } = await background();
  const port = relay(1);
  board.onRelay(port, hello());
  board.onRelay(port, batch(0, 3));
  await later();
  board.onRelay(port, batch(3, 1));
  await board.clear(1, 5);
  await later();
  expect(batches()).toEqual([]);
  board.onRelay(port, batch(0, 4));
  await board.onLastWords({ tab: 1, frame: 0 }, letter(batch(0, 4), 4));
  await later();
  expect(batches()).toEqual([]);
  expect(recorder.pages(1)).toEqual([]);
  board.onRelay(port, { type: 'forgotten', documentId: ID, cleared: 5 });
  expect(resumes(port.got).at(-1)).toBe(0);
  board.onRelay(port, batch(0, 5));
  await later();
  expect(recorder.pages(1)).toMatchObject([{ observations: 5 }]);
});

test('a document that could not be told forgets when it comes back, before anybody is told of it', async () => {
  const { board } = await background();
  await board.clear(1, 5);
  const watching = panel();
  await board.onSubscribe(1, watching, {});
  const [old, young] = [relay(1), relay(1)];
  board.onRelay(old, hello(ID, false, 4));
  board.onRelay(young, hello('1'.repeat(32), false, 6));
  expect(old.got.filter(({ type }) => type === 'forget')).toEqual([{ type: 'forget', at: 5 }]);
  expect(young.got.filter(({ type }) => type === 'forget')).toEqual([]);
  expect(introduced(watching.got)).toEqual([6]);
  board.onRelay(old, { type: 'forgotten', documentId: ID, cleared: 7 });
  expect(introduced(watching.got)).toEqual([6, 7]);
});

test('clearing one tab takes nothing from another', async () => {
  const { board, recorder, later } = await background();
  const [one, other] = [relay(1), relay(2)];
  board.onRelay(one, hello());
  board.onRelay(other, hello('2'.repeat(32)));
  board.onRelay(one, batch(0, 3));
  board.onRelay(other, batch(0, 4, '2'.repeat(32)));
  await later();
  await board.clear(1, 5);
  expect([...recorder.tabs]).toEqual([2]);
});

test('where the log is not preserved, a page that is left is forgotten, with what it says while it goes', async () => {
  const { board, recorder, batches, later } = await background({ preserveLog: false });
  const [left, shown] = [relay(1), relay(1)];
  board.onRelay(left, hello(ID, false, 10));
  board.onRelay(left, batch(0, 3));
  await later();
  expect(batches()).toHaveLength(1);
  const next = '3'.repeat(32);
  board.onRelay(shown, hello(next, false, 20));
  board.onRelay(shown, batch(0, 2, next));
  board.onRelay(left, batch(3, 1));
  await later();
  board.onRelayGone(left);
  await later();
  expect(recorder.pages(1)).toMatchObject([{ observations: 2 }]);
  // A frame of the page that is shown is no page of its own.
  const inner = { ...relay(1), frame: 7 };
  board.onRelay(inner, hello('4'.repeat(32), false, 30));
  board.onRelay(inner, batch(0, 1, '4'.repeat(32)));
  await later();
  expect(recorder.pages(1)).toMatchObject([{ observations: 2 }, { observations: 1 }]);
});

test('a document is of the frame that said it first, also for a background that starts again', async () => {
  const storage = memory();
  const started = async () => {
    const owners = new DocumentOwners(storage);
    await owners.load();
    const recorder = new FlightRecorder(storage, CAPS);
    await recorder.load();
    const board = new Switchboard(recorder, owners, new ClearedTabs(storage), DEFAULT_SETTINGS, () => {});
    return { board, recorder };
  };
  const first = await started();
  const owner = relay(1);
  first.board.onRelay(owner, hello());
  first.board.onRelay(owner, batch(0, 1));
  await first.recorder.flush();
  for (const { board, recorder } of [first, await started()]) {
    const thief = { ...relay(1), frame: 4, word: { origin: 'http://ad', context: null, url: 'http://ad/' } };
    const watching = panel();
    await board.onSubscribe(1, watching, { [ID]: 1 });
    board.onRelay(thief, hello());
    board.onRelay(thief, batch(1, 2));
    await board.onLastWords({ tab: 1, frame: 4 }, { ...letter(batch(1, 2)), origin: 'http://ad' });
    expect(recorder.next(ID)).toBe(1);
    expect(watching.got.filter(({ type }) => type === 'batch')).toEqual([]);
  }
});

test('what is told of a document says its origin by the browser’s word', async () => {
  const { board } = await background();
  const watching = panel();
  await board.onSubscribe(1, watching, {});
  const port = relay(1);
  board.onRelay(port, hello());
  board.onRelay(port, batch(0, 1));
  board.onRelayGone(port);
  await until(() => watching.got.length > 2);
  expect(watching.got).toMatchObject([
    { type: 'document', origin: 'http://x' },
    { type: 'batch', origin: 'http://x' },
    { type: 'document-gone', origin: 'http://x' },
  ]);
});

test('a connection that makes up documents speaks for few of them, one at a time, and costs the panel as many rows', async () => {
  const { board, recorder, later } = await background();
  const watching = panel();
  await board.onSubscribe(7, watching, {});
  const port = relay(7);
  const ids = Array.from({ length: 3_000 }, (_, at) => at.toString(16).padStart(32, '0'));
  for (const id of ids) {
    board.onRelay(port, hello(id));
    board.onRelay(port, batch(0, 1, id));
  }
  await later();
  const told = watching.got.filter(({ type }) => type === 'batch');
  expect(told.map((message) => 'documentId' in message && message.documentId)).toEqual(ids.slice(0, 20));
  expect(recorder.next(ids[20] ?? '')).toBeNull();

  // What it spoke for before is over: it is not asked for anything of it any more.
  const got = port.got.length;
  board.onPanel(7, { type: 'resume', documentId: ids[0] ?? '', from: 0 });
  expect(port.got).toHaveLength(got);
});

test('a frame that claims any number of documents leaves those of other frames whose they are', () => {
  const owners = new DocumentOwners(memory());
  const word = { origin: 'http://x', context: null, url: 'http://x/' };
  owners.claim('of the page', { tab: 1, frame: 0, ...word }, false);
  for (let at = 0; at < 3_000; at += 1) owners.claim(`made up ${at}`, { tab: 1, frame: 5, ...word }, false);
  expect(owners.addressOf('of the page')?.frame).toBe(0);
  expect(owners.claim('of the page', { tab: 1, frame: 5, ...word, origin: 'http://y' }, false)).toBe(false);
  expect(owners.addressOf('made up 0')).toBeNull();
  expect(owners.addressOf('made up 2999')?.frame).toBe(5);
});

/** A panel watches, and a document has said its last. */
async function leaving() {
  const { board, later } = await background();
  const watching = panel();
  await board.onSubscribe(1, watching, {});
  const first = relay(1);
  board.onRelay(first, hello());
  board.onRelay(first, { ...batch(0, 2), last: true });
  const gone = () => watching.got.filter(({ type }) => type === 'document-gone');
  return { board, later, gone };
}

test('a document that has said its last is gone, even where nobody says that its connection ended', async () => {
  const { later, gone } = await leaving();
  await later();
  await later();
  expect(gone()).toHaveLength(1);
});

test('a document that is shown again on a connection of its own is not gone', async () => {
  const { board, later, gone } = await leaving();
  board.onRelay(relay(1), hello());
  await later();
  await later();
  expect(gone()).toHaveLength(0);
});
