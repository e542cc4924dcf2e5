import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { sampleTrace } from '../../src/analysis/testing/sample-trace.ts';
import { form, joined, message, status, trace } from '../../src/analysis/testing/trace-builder.ts';
import { DEFAULT_SETTINGS } from '../../src/messaging/settings.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { writeTrace } from '../../src/trace/ndjson.ts';
import type { Feed, FeedListener } from '../feed/feed.ts';
import { importFiles } from '../trace-file/import-files.ts';
import { importTrace } from '../trace-file/import-trace.ts';
import { Inspector } from './inspector.ts';
import type { TraceModel } from './trace-model.ts';

/** Frames that come when the test says so. */
let frames: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  // Work that is done in slices is done in one, however busy the machine is.
  vi.spyOn(performance, 'now').mockReturnValue(1_000);
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => frames.push(work));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => {
  frames = [];
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A slow machine takes more than one frame for what waits. */
function nextFrames(): void {
  while (frames.length > 0) {
    const due = frames;
    frames = [];
    for (const work of due) work();
  }
}

interface TestFeed extends Feed {
  readonly calls: string[];
  listener: FeedListener | null;
  /** How far each document is in the panel. */
  have: Record<string, number>;
}

function connected(): {
  inspector: Inspector;
  feed: TestFeed;
  push: (batch: readonly Observation[]) => void;
} {
  const stored = new Map<string, string>();
  const inspector = new Inspector(
    createAnalysis,
    {
      read: (name, fallback) => stored.get(name) ?? fallback,
      write: (name, value) => stored.set(name, value),
    },
    { read: async () => DEFAULT_SETTINGS, write: async () => undefined },
  );
  const feed: TestFeed = {
    calls: [],
    listener: null,
    have: {},
    start(listener) {
      this.listener = listener;
    },
    pause() {
      this.calls.push('pause');
    },
    resume() {
      this.calls.push('resume');
    },
    frames: () => [],
    pauseFrame(frame) {
      this.calls.push(`pause ${frame}`);
    },
    resumeFrame(frame) {
      this.calls.push(`resume ${frame}`);
    },
    clear() {
      this.calls.push('clear');
      return this.have;
    },
    askPermission() {
      this.calls.push('askPermission');
    },
    close: () => undefined,
  };
  inspector.connect(feed);
  return { inspector, feed, push: (batch) => feed.listener?.observations(batch) };
}

const events = (inspector: Inspector) => inspector.trace.value.totals.value.events;

const file = (text: string, name = 'case.ndjson') => new File([text], name);

test('what the feed brings is taken in with the next frames, not before', () => {
  const { inspector, push } = connected();
  const trace = sampleTrace();
  push(trace.slice(0, 20));
  push(trace.slice(20, 60));
  expect(events(inspector)).toBe(0);
  nextFrames();
  expect(inspector.trace.value.totals.value.observations).toBe(60);
});

test('a panel that gets no frames takes it in by a timer', () => {
  const { inspector, push } = connected();
  push(sampleTrace());
  vi.advanceTimersByTime(1000);
  expect(events(inspector)).toBeGreaterThan(30);
});

test('Record pauses and resumes the feed and leaves what was captured', () => {
  const { inspector, feed, push } = connected();
  push(sampleTrace());
  nextFrames();
  const before = events(inspector);
  inspector.toggleRecording();
  inspector.toggleRecording();
  expect(feed.calls).toEqual(['pause', 'resume']);
  expect(events(inspector)).toBe(before);
});

test('a navigation clears only where the log is not preserved', () => {
  const { inspector, feed, push } = connected();
  push(sampleTrace());
  nextFrames();
  feed.listener?.navigated('https://shop.example.com/', []);
  expect(events(inspector)).toBeGreaterThan(0);
  void inspector.setPreserveLog(false);
  feed.listener?.navigated('https://shop.example.com/', []);
  expect(events(inspector)).toBe(0);
});

test('what the new page has said before its navigation was told stays, taken in or not', () => {
  const { inspector, feed, push } = connected();
  const old = sampleTrace();
  const renamed = (documentId: string) => old.map((observation) => ({ ...observation, documentId }));
  push(old);
  push(renamed('new'));
  nextFrames();
  const before = inspector.trace.value.totals.value;
  push(renamed('its frame'));
  void inspector.setPreserveLog(false);
  feed.listener?.navigated('https://shop.example.com/', ['new', 'its frame']);
  nextFrames();
  const after = inspector.trace.value.totals.value;
  expect(after.observations).toBe(before.observations);
  expect([...inspector.trace.value.observations()].map(({ documentId }) => documentId)).toEqual([
    ...old.map(() => 'new'),
    ...old.map(() => 'its frame'),
  ]);
});

test('Clear forgets what waits to be taken in, too', () => {
  const { inspector, push } = connected();
  push(sampleTrace());
  inspector.clear();
  nextFrames();
  expect(inspector.trace.value.totals.value.observations).toBe(0);
});

const known = (trace: readonly Observation[]) => {
  const have: Record<string, number> = {};
  for (const { documentId, seq } of trace) have[documentId] = seq + 1;
  return have;
};

test('Clear can be undone for ten seconds: all is back in its order, and what came since stands behind it', () => {
  const { inspector, feed, push } = connected();
  const trace = sampleTrace();
  const [before, after] = [trace.slice(0, 60), trace.slice(60)];
  push(before.slice(0, 40));
  nextFrames();
  push(before.slice(40));
  feed.have = known(before);
  const shown = events(inspector);
  inspector.clear();
  expect(feed.calls).toEqual(['clear']);
  expect(events(inspector)).toBe(0);
  expect(inspector.cleared.value?.events).toBe(shown);
  // A document repeats what its later words refer to.
  push([...before.slice(0, 1), ...after]);
  nextFrames();
  vi.advanceTimersByTime(9_900);
  inspector.undoClear();
  nextFrames();
  expect([...inspector.trace.value.observations()]).toEqual(trace);
  expect(inspector.cleared.value).toBeNull();
});

test('after ten seconds what was cleared is nowhere any more', () => {
  const { inspector, push } = connected();
  push(sampleTrace());
  nextFrames();
  inspector.clear();
  vi.advanceTimersByTime(10_000);
  expect(inspector.cleared.value).toBeNull();
  inspector.undoClear();
  expect(events(inspector)).toBe(0);
});

test('an empty panel that is cleared again keeps what can be undone, and each clearing has its own time', () => {
  const { inspector, push } = connected();
  const trace = sampleTrace();
  push(trace.slice(0, 40));
  nextFrames();
  inspector.clear();
  inspector.clear();
  vi.advanceTimersByTime(6_000);
  push(trace.slice(40));
  nextFrames();
  inspector.clear();
  inspector.undoClear();
  nextFrames();
  expect(inspector.trace.value.totals.value.observations).toBe(trace.length - 40);
  inspector.undoClear();
  nextFrames();
  expect([...inspector.trace.value.observations()]).toEqual(trace);
});

test('what was forgotten without the panel, or left with the log not preserved, cannot be undone', () => {
  const { inspector, feed, push } = connected();
  push(sampleTrace());
  nextFrames();
  inspector.clear();
  push(sampleTrace());
  nextFrames();
  feed.listener?.cleared();
  expect(events(inspector)).toBe(0);
  expect(inspector.cleared.value).toBeNull();
});

test('a filter holds for rows that come later', async () => {
  const { inspector, push } = connected();
  const trace = sampleTrace();
  push(trace.slice(0, 40));
  nextFrames();
  await inspector.setFilter('order');
  const before = inspector.trace.value.shown.value;
  push(trace.slice(40));
  nextFrames();
  expect(before).toBeGreaterThan(0);
  expect(inspector.trace.value.shown.value).toBeGreaterThan(before);
  expect(inspector.trace.value.shown.value).toBeLessThan(inspector.trace.value.totals.value.rows);
});

test.each(['rule:form-unanswered', 'severity:warning', '-severity:warning', 'form'])(
  'a live filter %s shows in the end what it shows of the whole trace',
  async (text) => {
    const { inspector, push } = connected();
    // The form's row is warned of a minute after it came.
    const { observations } = trace()
      .poll([status('connected'), joined(), form('7', '30'), message()])
      .wait(61_000)
      .poll([message({ msg_id: '4' })]);
    await inspector.setFilter(text);
    for (const observation of observations) {
      push([observation]);
      nextFrames();
    }
    const shown = inspector.trace.value;
    const live = shownRows(shown);
    await inspector.setFilter('');
    const all = shownRows(shown).length;
    await inspector.setFilter(text);
    expect(live).toEqual(shownRows(shown));
    expect(live.length).toBeGreaterThan(0);
    expect(live.length).toBeLessThan(all);
  },
);

const shownRows = (model: TraceModel) =>
  Array.from({ length: model.shown.value }, (_, position) => model.rowAt(position));

test('leading to a row that the filter hides shows it, and the filter stays', async () => {
  const { inspector, push } = connected();
  push(sampleTrace());
  nextFrames();
  await inspector.setFilter('no such text');
  inspector.reveal(5);
  expect(inspector.filterText.value).toBe('no such text');
  expect(shownRows(inspector.trace.value)).toEqual([5]);
  expect(inspector.trace.value.selected.value).toBe(5);
  expect(inspector.detailsOpen.value).toBe(true);
});

test('the state machine is shown as of the chosen row, until now is asked for', () => {
  const { inspector, push } = connected();
  push(sampleTrace());
  nextFrames();
  inspector.select(7);
  expect(inspector.machineRow.value).toBe(7);
  inspector.showMachineNow();
  expect(inspector.machineRow.value).toBeNull();
  inspector.select(7);
  expect(inspector.machineRow.value).toBe(7);
});

test('an imported file gives what was exported, and the live trace goes on behind it', async () => {
  const { inspector, push } = connected();
  push(sampleTrace().slice(0, 30));
  nextFrames();
  await importTrace(inspector, file([...writeTrace(sampleTrace())].join('')));
  const imported = events(inspector);
  expect(inspector.trace.value.source).toMatchObject({ kind: 'file', name: 'case.ndjson' });
  push(sampleTrace().slice(30));
  nextFrames();
  inspector.closeFile();
  expect(events(inspector)).toBe(imported);
  expect(inspector.trace.value.source.kind).toBe('live');
});

test('of several files the first is opened, and that the others are not is said', async () => {
  const { inspector } = connected();
  const trace = [...writeTrace(sampleTrace())].join('');
  await importFiles(inspector, [file(trace, 'one.ndjson'), file(trace, 'two.har'), file(trace, 'three.har')]);
  expect(inspector.trace.value.source).toMatchObject({ kind: 'file', name: 'one.ndjson' });
  expect(inspector.notice.value?.text).toBe('one.ndjson is opened; 2 others were not.');
  expect(inspector.notice.value?.offers?.map(({ title }) => title)).toEqual(['Show all 3 as one']);
});

test('of two files the other one may be compared with the first', async () => {
  const { inspector } = connected();
  const trace = [...writeTrace(sampleTrace())].join('');
  await importFiles(inspector, [file(trace, 'went.ndjson'), file(trace, 'expected.ndjson')]);
  const offer = inspector.notice.value?.offers?.[0];
  expect(offer?.title).toBe('Compare the two');
  await offer?.take();
  expect(inspector.notice.value).toBeNull();
  expect(inspector.view.value).toBe('compare');
  const { expected, actual } = inspector.comparing;
  const nameOf = (side: typeof expected) => side.value?.trace.source;
  expect([nameOf(expected), nameOf(actual)]).toMatchObject([
    { name: 'expected.ndjson' },
    { name: 'went.ndjson' },
  ]);
  expect(expected.value?.session).toBe(actual.value?.session);
});

test('several files are shown as one, what stands in two of them once', async () => {
  const { inspector } = connected();
  const whole = sampleTrace();
  const text = (observations: readonly Observation[]) => [...writeTrace(observations)].join('');
  const other = whole.map(
    (each): Observation => ({
      ...each,
      documentId: `${each.documentId} elsewhere`,
      wallTime: each.wallTime + 1,
    }),
  );
  await importFiles(inspector, [
    file(text(whole.slice(0, 40)), 'begin.ndjson'),
    file(text(whole.slice(20)), 'end.ndjson'),
    file(text(other), 'other.ndjson'),
  ]);
  await inspector.notice.value?.offers?.[0]?.take();
  expect(inspector.notice.value).toBeNull();
  expect(inspector.importing.value).toBeNull();
  const { source, totals } = inspector.trace.value;
  expect(source).toMatchObject({ kind: 'file', name: 'begin.ndjson + end.ndjson + other.ndjson' });
  expect(totals.value.observations).toBe(2 * whole.length);
  const { analysis } = inspector.trace.value;
  const times = Array.from({ length: totals.value.rows }, (_, row) => analysis.facts.time(row));
  expect(times[1]).toBe((times[0] ?? 0) + 1);
});

test('of several files of which the first is damaged both are said', async () => {
  const { inspector } = connected();
  const trace = [...writeTrace(sampleTrace())].join('');
  await importFiles(inspector, [file(trace.slice(0, -40), 'cut.ndjson'), file(trace, 'two.ndjson')]);
  expect(inspector.notice.value?.text).toMatch(/^cut\.ndjson is .*The file given with it was not opened\.$/);
});

test.each([
  ['an empty file', ''],
  ['a file of another kind', 'PK\u0003\u0004 zip'],
  ['JSON that is no HAR', '{"log":{}}'],
  ['cut-off JSON', '{"log":{"entries":['],
])('%s gives one sentence and leaves what is shown alone', async (_name, text) => {
  const { inspector, push } = connected();
  push(sampleTrace());
  nextFrames();
  const before = inspector.trace.value;
  await importTrace(inspector, file(text));
  expect(inspector.trace.value).toBe(before);
  expect(inspector.notice.value?.text).toMatch(/^case\.ndjson was not imported: .+[.!?]$/);
  expect(inspector.importing.value).toBeNull();
});

test('a trace that is cut off is shown as far as it goes, with a gap and a sentence, and the live one stays', async () => {
  const { inspector, push } = connected();
  push(sampleTrace());
  nextFrames();
  const live = inspector.trace.value;
  const before = live.analysis.totals;
  await importTrace(inspector, file([...writeTrace(sampleTrace())].join('').slice(0, 5000)));
  const { analysis } = inspector.trace.value;
  expect(analysis.observation(analysis.totals.observations - 1)).toMatchObject({
    kind: 'gap',
    reason: 'file',
  });
  expect(inspector.notice.value?.text).toMatch(/^case\.ndjson is damaged: .+cut off.+ What could be read/);
  expect(live.analysis.totals).toEqual(before);
});

test('an import is stopped within a slice of its work, also where what it reads brings nothing', async () => {
  const { inspector } = connected();
  const [head = ''] = [...writeTrace(sampleTrace())];
  // A hundred pieces of nothing but line ends.
  const empty = file(head + '\n'.repeat(100 * 64 * 1024));
  let time = 0;
  let looks = 0;
  let tasks = 0;
  await importTrace(inspector, empty, {
    // Each look at the clock is a millisecond later.
    now: () => {
      looks += 1;
      return time++;
    },
    nextTask: async () => {
      tasks += 1;
      if (tasks === 1) inspector.importing.peek()?.cancel();
    },
  });
  expect(tasks).toBe(1);
  expect(looks).toBeLessThan(20);
  expect(inspector.trace.peek().source.kind).toBe('live');
  expect(inspector.importing.peek()).toBeNull();
  expect(inspector.notice.peek()).toBeNull();
});

/** One chat id in two origins. */
function inTwoOrigins(): readonly Observation[] {
  const built = trace();
  for (const host of ['shop', 'ads']) {
    built.documentId = host;
    const url = `https://${host}.example/`;
    built.add({ kind: 'document', phase: 'start', url, origin: `https://${host}.example`, top: false });
    built.frameIn(built.socket('wss://relay.example/rt'), message({ chat_id: 'a chat' }));
  }
  return built.observations;
}

const sessions = (inspector: Inspector) =>
  inspector.trace.value.analysis.sessions().map(({ id, eventCount }) => `${id}: ${eventCount}`);

const APART = ['a chat: 1', 'a chat @ https://ads.example: 1'];

test('a person joins a chat’s sessions of two origins and takes it back; what comes goes on', () => {
  const { inspector, push } = connected();
  push(inTwoOrigins());
  nextFrames();
  expect(sessions(inspector)).toEqual(APART);
  inspector.joinSessions('a chat', 'a chat @ https://ads.example');
  nextFrames();
  expect(sessions(inspector)).toEqual(['a chat: 2']);
  expect(inspector.session.value).toBe('a chat');
  push(trace().poll([message()]).observations);
  nextFrames();
  expect(events(inspector)).toBe(3);
  inspector.separateSessions('a chat');
  nextFrames();
  expect(sessions(inspector).slice(0, 2)).toEqual(APART);
  expect(events(inspector)).toBe(3);
});

test('sessions of two origins are joined and separated in a file as well', async () => {
  const { inspector } = connected();
  const text = [...writeTrace(inTwoOrigins())].join('');
  await importTrace(inspector, file(text));
  expect(sessions(inspector)).toEqual(APART);
  inspector.joinSessions('a chat', 'a chat @ https://ads.example');
  await vi.waitFor(() => expect(sessions(inspector)).toEqual(['a chat: 2']));
  inspector.separateSessions('a chat');
  await vi.waitFor(() => expect(sessions(inspector)).toEqual(APART));
});

test('a relay pattern of the user’s that fits both origins makes their sessions one, from the moment it is set', () => {
  const { inspector, push } = connected();
  push(inTwoOrigins());
  nextFrames();
  inspector.applySettings({ ...DEFAULT_SETTINGS, patterns: ['wss://relay.example/'] });
  nextFrames();
  expect(sessions(inspector)).toEqual(['a chat: 2']);
});

test('marks stay where the trace is judged anew, and come back with what was cleared', () => {
  const { inspector, push } = connected();
  push(sampleTrace());
  nextFrames();
  const marked = inspector.trace.peek().analysis.rowOfEvent(7) ?? -1;
  inspector.select(marked);
  expect(inspector.flagChosen()).toBe(true);
  inspector.trace.peek().flag(marked, 'here');
  const flags = () => {
    const { analysis } = inspector.trace.peek();
    return analysis.flags().map(({ row, text }) => [analysis.row(row).seq, text]);
  };
  expect(flags()).toEqual([[7, 'here']]);
  const rows = inspector.trace.peek().totals.value.rows;
  inspector.applySettings({ ...DEFAULT_SETTINGS, patterns: ['wss://relay.example/'] });
  nextFrames();
  expect(flags()).toEqual([[7, 'here']]);
  expect(inspector.trace.peek().totals.value.rows).toBe(rows);
  inspector.clear();
  expect(flags()).toEqual([]);
  inspector.undoClear();
  nextFrames();
  expect(flags()).toEqual([[7, 'here']]);
});

test('what DevTools reported is taken back: the choice, the marks and the filter stay', async () => {
  const { inspector, push, feed } = connected();
  const other = sampleTrace().map((each): Observation => ({ ...each, documentId: 'of DevTools' }));
  push(other);
  push(sampleTrace());
  nextFrames();
  const { totals } = inspector.trace.peek();
  const before = totals.value;
  const first = other.find(({ kind }) => kind === 'request');
  const gone = other.filter((each) => 'of' in each && each.of === first?.seq);
  const chosen = inspector.trace.peek().analysis.rowOfEvent(before.events - 1) ?? -1;
  const name = (row: number) => inspector.trace.peek().analysis.row(row).event;
  const event = name(chosen);
  inspector.select(chosen);
  inspector.trace.peek().flag(chosen, 'here');
  await inspector.setFilter(`event:${event}`);
  const shown = inspector.trace.peek().shown.value;
  feed.listener?.takenBack?.([{ documentId: 'of DevTools', of: first?.seq ?? -1 }]);
  const trace = inspector.trace.peek();
  // At once: the rows do not go and come again. The flag is one more, the request one less.
  expect(trace.totals.value.observations).toBe(before.observations - gone.length);
  expect(trace.selected.value).not.toBeNull();
  expect(name(trace.selected.value ?? -1)).toBe(event);
  expect(trace.analysis.flags().map(({ row, text }) => [row, text])).toEqual([
    [trace.selected.value, 'here'],
  ]);
  expect(trace.shown.value).toBeLessThanOrEqual(shown);
  expect(trace.rowAt(0)).toBeDefined();
  expect(trace.rowAt(trace.shown.value - 1)).toBe(trace.selected.value);
  nextFrames();
  push([{ ...other[0], documentId: 'later' } as Observation]);
  nextFrames();
  expect(inspector.trace.peek()).toBe(trace);
});

test('a filter holds where the trace is judged anew by other settings', async () => {
  const { inspector, push } = connected();
  push(sampleTrace());
  nextFrames();
  await inspector.setFilter('event:chat_session_message');
  const shown = inspector.trace.peek().shown.value;
  expect(shown).toBeLessThan(inspector.trace.peek().totals.value.rows);
  inspector.applySettings({ ...DEFAULT_SETTINGS, patterns: ['wss://relay.example/'] });
  nextFrames();
  expect(inspector.trace.peek().shown.value).toBe(shown);
});
