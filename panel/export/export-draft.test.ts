import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { sampleTrace } from '../../src/analysis/testing/sample-trace.ts';
import { convertTrace, WHOLE } from '../../src/report/convert.ts';
import { DATA_PLACE } from '../../src/report/formats/html.ts';
import { PROFILES } from '../../src/report/redaction/profile.ts';
import { TraceFileReader } from '../../src/trace/file-reader.ts';
import { parseTrace } from '../../src/trace/ndjson.ts';
import { TraceModel } from '../store/trace-model.ts';
import { localTime } from './export-choices.ts';
import { type DraftState, ExportDraft } from './export-draft.ts';

const memory = () => {
  const stored = new Map<string, string>();
  return {
    read: (name: string, fallback: string) => stored.get(name) ?? fallback,
    write: (name: string, value: string) => void stored.set(name, value),
  };
};

function shown(observations = sampleTrace()): TraceModel {
  const trace = new TraceModel(createAnalysis({}), { kind: 'live' });
  trace.add(observations);
  return trace;
}

function opened(trace = shown(), preferences = memory()): ExportDraft {
  const draft = new ExportDraft(trace, preferences, { version: '1', page: async () => '' });
  draft.make();
  return draft;
}

/** The state once nothing is being made any more. */
function settled(draft: ExportDraft): Promise<DraftState> {
  return new Promise((resolve) => {
    const stop = draft.state.subscribe((state) => {
      if (state.phase === 'making') return;
      resolve(state);
      queueMicrotask(() => stop());
    });
  });
}

async function textOf(draft: ExportDraft): Promise<string> {
  const state = await settled(draft);
  return state.phase === 'made' ? state.file.content.text() : state.phase;
}

test('the file is what the command line writes of the same trace', async () => {
  const trace = shown();
  const text = await textOf(opened(trace));
  const source = {
    ...{ observations: [...trace.observations()], created: parseTrace(text).header.created },
    ...{ dropped: trace.analysis.totals.dropped, redacted: null, wrappers: [] },
  };
  const options = { to: 'ndjson', profile: PROFILES.share, selection: WHOLE, version: '1' } as const;
  expect(text).toBe([...convertTrace(source, options)].join(''));
});

test('where a trace was captured is said, and of a file only what looks like that', async () => {
  const environment = { browser: 'Chromium 156', platform: 'Linux', timeZone: 'Europe/Berlin' };
  const draft = new ExportDraft(shown(), memory(), { version: '1', environment, page: async () => '' });
  draft.make();
  const text = await textOf(draft);
  expect(parseTrace(text).header.environment).toEqual(environment);
  expect(await draft.summary()).toContain(
    '- **Browser:** Chromium 156\n- **Platform:** Linux\n- **Time zone:** Europe/Berlin',
  );
  const hostile = { ...environment, browser: 'kim@mail.example', platform: '\u202eLinux' };
  const source = { observations: sampleTrace(), created: null, dropped: 0, redacted: null, wrappers: [] };
  const options = { to: 'ndjson', profile: PROFILES.share, selection: WHOLE, version: '1' } as const;
  const written = [...convertTrace({ ...source, environment: hostile }, options)].join('');
  expect(parseTrace(written).header.environment).toEqual({ timeZone: 'Europe/Berlin' });
});

test('what comes while the dialog is open is not in the file', async () => {
  const all = sampleTrace();
  const trace = shown(all.slice(0, 40));
  const draft = opened(trace);
  trace.add(all.slice(40));
  expect(parseTrace(await textOf(draft)).observations).toHaveLength(40);
});

test('a kind that is switched off is counted still, and said in the header', async () => {
  const draft = opened();
  await settled(draft);
  const before = draft.counts.value.get('name');
  draft.choose({ kept: new Set(['name']) });
  expect(parseTrace(await textOf(draft)).header).toMatchObject({ profile: 'share-without-name' });
  expect(draft.counts.value.get('name')).toBe(before);
  expect(draft.fileName).toMatch(/-share-in-part\.ndjson$/);
});

test('what replaces nothing is never the choice of the next time, and is not saved unconfirmed', async () => {
  const preferences = memory();
  const draft = opened(shown(), preferences);
  draft.choose({ profile: 'none', format: 'har' });
  await settled(draft);
  expect(draft.save()).toBe(false);
  draft.name.value = 'mine.har';
  expect(draft.fileName).toBe('mine-sensitive.har');
  draft.confirmed.value = true;
  draft.choose({ profile: 'internal' });
  expect(draft.confirmed.value).toBe(false);
  expect(opened(shown(), preferences).choices.value.profile).toBe('share');
});

test('stopped, the work ends, and can be begun again', async () => {
  const draft = opened();
  draft.stop();
  expect((await settled(draft)).phase).toBe('stopped');
  draft.make();
  expect((await settled(draft)).phase).toBe('made');
});

test('only the last of several choices is made', async () => {
  const draft = opened();
  draft.choose({ format: 'csv' });
  draft.choose({ format: 'markdown' });
  expect(await textOf(draft)).toMatch(/^# /);
  draft.choose({ format: 'csv', packed: true });
  const state = await settled(draft);
  const content = state.phase === 'made' ? state.file.content : new Blob();
  const plain = content.stream().pipeThrough(new DecompressionStream('gzip'));
  expect(await new Response(plain).text()).toMatch(/^\ufefftime,|^time,/);
});

test('sessions and ranges that say nothing are said, not written', async () => {
  const draft = opened();
  draft.choose({ what: 'sessions' });
  expect(await settled(draft)).toEqual({ phase: 'fault', sentence: 'Choose at least one session.' });
  draft.choose({ what: 'range', from: localTime(2_000_000), until: localTime(1_000_000) });
  expect(await settled(draft)).toMatchObject({
    phase: 'fault',
    sentence: 'The range ends before it begins.',
  });
  draft.choose({ from: localTime(1_000_000), until: localTime(2_000_000) });
  expect(parseTrace(await textOf(draft)).observations.length).toBeLessThan(sampleTrace().length);
});

test('a time goes into a field and back to the millisecond', () => {
  for (const time of [0, 1_764_000_000_123, 1_764_000_000_000]) {
    expect(new Date(localTime(time)).getTime()).toBe(time);
  }
  expect(localTime(Number.NaN)).toBe('');
});

test('a bug report is a ZIP whose files are of one trace, with the person’s words redacted like it', async () => {
  const draft = new ExportDraft(shown(), memory(), { version: '1', page: async () => PAGE });
  const name = nameIn(sampleTrace());
  draft.choose({ format: 'bug-report' });
  draft.write({ title: `${name} was locked out`, expected: 'An answer', notes: 'Seen <b>twice</b>' });
  const state = await settled(draft);
  if (state.phase !== 'made') throw new Error(`it is ${state.phase}`);
  expect(draft.fileName).toMatch(/-share\.zip$/);
  const bytes = new Uint8Array(await state.file.content.arrayBuffer());
  const files = unzipSync(bytes);
  expect(Object.keys(files)).toEqual(['trace.ndjson', 'traffic.har', 'report.html', 'summary.md']);
  const [trace, har, report, summary] = Object.values(files).map((each) => strFromU8(each));
  expect(parseTrace(trace ?? '').observations).toHaveLength(sampleTrace().length);
  expect(JSON.parse(har ?? '').log.version).toBe('1.2');
  expect(summary?.startsWith('# ‹name#')).toBe(true);
  expect(summary).toContain('**Expected:** An answer');
  expect(summary).toContain('**Notes:** Seen \\<b\\>twice\\</b\\>');
  expect(report).toMatch(/"title":"‹name#\d+› was locked out","expected":"An answer"/);
  for (const text of [trace, har, report, summary]) expect(text).not.toContain(name);
  // As `check` and the panel read it.
  const reader = new TraceFileReader({ places: 'forgotten', harChars: 1e9, damaged: 'read' });
  const read = [...reader.push(bytes), ...reader.end()].flat();
  expect(read).toHaveLength(sampleTrace().length);
});

/** As much of the built viewer as a report asks of it. */
const PAGE = `<!doctype html><body>${DATA_PLACE}</body>`;

/** A name that a party has in the trace. */
function nameIn(observations: Parameters<TraceModel['add']>[0]): string {
  const [, name = ''] =
    /"display_name":"([^"]+)"/.exec(JSON.stringify(observations).replaceAll('\\"', '"')) ?? [];
  return name;
}
