import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { form, joined, message, status, trace } from '../../src/analysis/testing/trace-builder.ts';
import type { Feed, FeedListener } from '../../src/messaging/feed.ts';
import { DEFAULT_SETTINGS } from '../../src/messaging/settings.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { writeTrace } from '../../src/trace/ndjson.ts';
import { devTrace } from '../dev-trace.ts';
import { importTrace } from '../trace-file/import-trace.ts';
import { Inspector } from './inspector.ts';
import type { TraceModel } from './trace-model.ts';

/** Frames that come when the test says so. */
let frames: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => frames.push(work));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => {
  frames = [];
  vi.useRealTimers();
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
}

function connected(): {
  inspector: Inspector;
  feed: TestFeed;
  push: (batch: readonly Observation[]) => void;
} {
  const stored = new Map<string, string>();
  const inspector = new Inspector(
    () => createAnalysis(),
    {
      read: (name, fallback) => stored.get(name) ?? fallback,
      write: (name, value) => stored.set(name, value),
    },
    { read: async () => DEFAULT_SETTINGS, write: async () => undefined },
  );
  const feed: TestFeed = {
    calls: [],
    listener: null,
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
  const trace = devTrace();
  push(trace.slice(0, 20));
  push(trace.slice(20, 60));
  expect(events(inspector)).toBe(0);
  nextFrames();
  expect(inspector.trace.value.totals.value.observations).toBe(60);
});

test('a panel that gets no frames takes it in by a timer', () => {
  const { inspector, push } = connected();
  push(devTrace());
  vi.advanceTimersByTime(1000);
  expect(events(inspector)).toBeGreaterThan(30);
});

test('Record pauses and resumes the feed and leaves what was captured', () => {
  const { inspector, feed, push } = connected();
  push(devTrace());
  nextFrames();
  const before = events(inspector);
  inspector.toggleRecording();
  inspector.toggleRecording();
  expect(feed.calls).toEqual(['pause', 'resume']);
  expect(events(inspector)).toBe(before);
});

test('a navigation clears only where the log is not preserved', () => {
  const { inspector, feed, push } = connected();
  push(devTrace());
  nextFrames();
  feed.listener?.navigated('https://shop.example.com/', []);
  expect(events(inspector)).toBeGreaterThan(0);
  inspector.setPreserveLog(false);
  feed.listener?.navigated('https://shop.example.com/', []);
  expect(events(inspector)).toBe(0);
});

test('what the new page has said before its navigation was told stays, taken in or not', () => {
  const { inspector, feed, push } = connected();
  const old = devTrace();
  const renamed = (documentId: string) => old.map((observation) => ({ ...observation, documentId }));
  push(old);
  push(renamed('new'));
  nextFrames();
  const before = inspector.trace.value.totals.value;
  push(renamed('its frame'));
  inspector.setPreserveLog(false);
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
  push(devTrace());
  inspector.clear();
  nextFrames();
  expect(inspector.trace.value.totals.value.observations).toBe(0);
});

test('a filter holds for rows that come later', () => {
  const { inspector, push } = connected();
  const trace = devTrace();
  push(trace.slice(0, 40));
  nextFrames();
  inspector.setFilter('order');
  const before = inspector.trace.value.shown.value;
  push(trace.slice(40));
  nextFrames();
  expect(before).toBeGreaterThan(0);
  expect(inspector.trace.value.shown.value).toBeGreaterThan(before);
  expect(inspector.trace.value.shown.value).toBeLessThan(inspector.trace.value.totals.value.rows);
});

test.each(['rule:form-unanswered', 'severity:warning', '-severity:warning', 'form'])(
  'a live filter %s shows in the end what it shows of the whole trace',
  (text) => {
    const { inspector, push } = connected();
    // The form's row is warned of a minute after it came.
    const { observations } = trace()
      .poll([status('connected'), joined(), form('7', '30'), message()])
      .wait(61_000)
      .poll([message({ msg_id: '4' })]);
    inspector.setFilter(text);
    for (const observation of observations) {
      push([observation]);
      nextFrames();
    }
    const shown = inspector.trace.value;
    const live = shownRows(shown);
    shown.filter('');
    const all = shownRows(shown).length;
    shown.filter(text);
    expect(live).toEqual(shownRows(shown));
    expect(live.length).toBeGreaterThan(0);
    expect(live.length).toBeLessThan(all);
  },
);

const shownRows = (model: TraceModel) =>
  Array.from({ length: model.shown.value }, (_, position) => model.rowAt(position));

test('leading to a row that the filter hides lifts the filter', () => {
  const { inspector, push } = connected();
  push(devTrace());
  nextFrames();
  inspector.setFilter('no such text');
  inspector.reveal(5);
  expect(inspector.filterText.value).toBe('');
  expect(inspector.trace.value.selected.value).toBe(5);
  expect(inspector.detailsOpen.value).toBe(true);
});

test('the state machine is shown as of the chosen row, until now is asked for', () => {
  const { inspector, push } = connected();
  push(devTrace());
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
  push(devTrace().slice(0, 30));
  nextFrames();
  await importTrace(inspector, file([...writeTrace(devTrace())].join('')));
  const imported = events(inspector);
  expect(inspector.trace.value.source).toEqual({ kind: 'file', name: 'case.ndjson' });
  push(devTrace().slice(30));
  nextFrames();
  inspector.closeFile();
  expect(events(inspector)).toBe(imported);
  expect(inspector.trace.value.source.kind).toBe('live');
});

test.each([
  ['a cut-off trace', [...writeTrace(devTrace())].join('').slice(0, 5000)],
  ['an empty file', ''],
  ['a file of another kind', 'PK\u0003\u0004 zip'],
  ['JSON that is no HAR', '{"log":{}}'],
  ['cut-off JSON', '{"log":{"entries":['],
])('%s gives one sentence and leaves what is shown alone', async (_name, text) => {
  const { inspector, push } = connected();
  push(devTrace());
  nextFrames();
  const before = inspector.trace.value;
  await importTrace(inspector, file(text));
  expect(inspector.trace.value).toBe(before);
  expect(inspector.notice.value?.text).toMatch(/^case\.ndjson was not imported: .+[.!?]$/);
  expect(inspector.importing.value).toBeNull();
});
