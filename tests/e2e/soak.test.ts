import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../demo/ledger.ts';
import type { InspectedBrowser, Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { CAPS } from '../../src/observation/caps.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { line, unbroken } from '../hook/hooked.ts';
import { type BackgroundKiller, keepKilling } from './harness/background-killer.ts';
import { asText, type Connection, GIVEN_UP } from './harness/conversation.ts';
import { floodForeignFrame, floodPage, standingFrame } from './harness/flood.ts';
import { BROWSER, exportTrace, PANEL_TITLE, panelInspection } from './harness/inspection.ts';
import { JoinedTrace } from './harness/joined-trace.ts';
import { ledgerConnections } from './harness/ledger-connections.ts';
import { traceConnections } from './harness/trace-connections.ts';

const LONG = process.env.E2E_LONG === '1';
const MIB = 1024 * 1024;
const ROUNDS = 2;
/** So much of a flood fits into the page's ring whole: a panel that opens in the middle of one misses nothing of it. */
const PER_TRANSPORT = 1_250;
const FLOODS = (LONG ? 25_000 : 5_000) / PER_TRANSPORT / ROUNDS;
/** A second, over each of WebSocket and event stream. */
const RATE = 200;
/** What a passing frame hears over each transport: in all, those of a flood find room in the flight recorder. */
const IN_FRAME = 40;
const TIME = LONG ? 2_400_000 : 900_000;
/** What a round may leave behind by the browser's own doing: caches, compiled code. */
const SLACK = 4 * MIB;

test(`${FLOODS * ROUNDS * PER_TRANSPORT * 4} messages over all transports arrive once and in order while the background dies every second, the panel is closed and opened, and frames come and go`, {
  timeout: TIME,
}, async () => {
  const { demo, browser, panel: first } = await panelInspection();
  const soak: Soak = { browser, trace: new JoinedTrace(), foreign: demo.apiOrigin };
  let panel = first;
  await browser.open(`${demo.url}?transports=ws`);
  await standingFrame(browser, `${demo.apiOrigin}/?transports=ws`);
  const heaps: Heaps[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const killer = keepKilling(browser);
    for (let number = 0; number < FLOODS; number += 1) {
      panel = await withstand(soak, killer, panel, `flood-${round}-${number}`);
      // The next flood may push out of the ring what is not here by then.
      await until('all that was said', async () => {
        soak.trace.add(await shownBy(panel));
        return lacking(soak.trace, spokenBy(demo.log.entries)).length === 0;
      }).catch(() => undefined); // The comparison below tells what is missing.
    }
    await killer.stop();
    expectSame(soak.trace, spokenBy(demo.log.entries));
    const [page, background, ofPanel] = [
      await browser.heap(),
      await browser.backgroundHeap(),
      await panel.heap(),
    ];
    if (page !== null && background !== null && ofPanel !== null)
      heaps.push({ page, background, panel: ofPanel });
  }
  // Firefox gives no heap of one page after a collection to a driver.
  expect(heaps).toHaveLength(BROWSER === 'chromium' ? ROUNDS : 0);
  const [once, again] = heaps;
  if (!once || !again) return;
  console.log('heaps in bytes', once, again);
  expect(again.page).toBeLessThan(CAPS.ringBytes + SLACK);
  expect(again.background).toBeLessThan(CAPS.recorderBytes);
  for (const place of ['page', 'background', 'panel'] as const)
    expect(again[place], place).toBeLessThan(once[place] + SLACK);
});

/** After a collection, in bytes. */
interface Heaps {
  readonly page: number;
  readonly background: number;
  readonly panel: number;
}

interface Soak {
  readonly browser: InspectedBrowser;
  /** What all panels so far have shown. */
  readonly trace: JoinedTrace;
  readonly foreign: string;
}

/**
 * One flood in the page. Frames pass and the background dies while the panel is open, while it is closed, and while it
 * is open again; gives the panel that is open then.
 */
async function withstand(soak: Soak, killer: BackgroundKiller, first: Panel, name: string): Promise<Panel> {
  const { browser, trace } = soak;
  const flooded = floodPage(browser, { perTransport: PER_TRANSPORT, rate: RATE, name });
  const pass = (place: string) =>
    floodPage(browser, {
      ...{ perTransport: IN_FRAME, rate: RATE, name: `${name}-${place}` },
      place: 'passing frame',
    });
  await spared(killer, async () => {
    await pass('open');
    await arrives(first, `${name}-open`);
  });
  await killer.next();

  // What arrives between a last look and the closing would have been seen by nobody.
  await first.click({ role: 'button', name: 'Record' });
  trace.add(await shownBy(first));
  await first.close();
  await killer.next();
  const second = await spared(killer, async () => {
    await pass('closed');
    await floodForeignFrame(
      browser,
      `${soak.foreign}/__flood?n=${IN_FRAME}&transport=ws&rate=${RATE}&name=${name}-foreign`,
    );
    const panel = await browser.openDevTools(PANEL_TITLE);
    await arrives(panel, `${name}-closed`, `${name}-foreign`);
    return panel;
  });

  await killer.next();
  await spared(killer, async () => {
    await pass('opened');
    await arrives(second, `${name}-opened`);
  });
  expect(await flooded).toBe(PER_TRANSPORT * 4);
  return second;
}

/**
 * Firefox ends its background only when it is idle: by force, what it was just being told is lost, and a frame that is
 * gone cannot say it again. So there it lives while frames go, until what they said has come. In Chromium it dies as ever.
 */
function spared<Result>(killer: BackgroundKiller, act: () => Promise<Result>): Promise<Result> {
  return BROWSER === 'firefox' ? killer.spare(act) : act();
}

/** Waits for the last words of frames: a beacon, or that the document goes. */
function arrives(panel: Panel, ...names: readonly string[]): Promise<unknown> {
  const isLast = (name: string) => (each: Observation) =>
    (each.kind === 'request' && each.transport === 'beacon' && each.url.endsWith(`=${name}`)) ||
    (each.kind === 'document' && each.phase === 'gone' && each.url.endsWith(`=${name}`));
  return until(`the last words of ${names.join(' and ')}`, async () => {
    const shown = await shownBy(panel);
    const silent = names.find((name) => !shown.some(isLast(name)));
    if (silent === undefined) return true;
    const ends = [...new Map(shown.map((each) => [each.documentId, each])).values()];
    throw new Error(`${silent} is silent; each document ends so:\n${ends.map(line).join('\n')}`);
  });
}

/** What a panel exports, in which nothing of a document stands twice or before its time. */
async function shownBy(panel: Panel): Promise<readonly Observation[]> {
  const { observations } = await exportTrace(panel);
  expect(unbroken(observations)).toBe(true);
  return observations;
}

/** What the server knows of itself, but for what no page is told: how a beacon was answered. */
function spokenBy(entries: readonly LedgerEntry[]): Connection[] {
  return ledgerConnections(entries).map((connection) =>
    connection.target.includes('by=beacon') ? { ...connection, received: [GIVEN_UP] } : connection,
  );
}

/** Which connections are not captured, or not yet to their end. */
function lacking(trace: JoinedTrace, said: readonly Connection[]): string[] {
  const seen = new Map<string, number>();
  for (const head of traceConnections(trace.observations).map(headOf))
    seen.set(head, (seen.get(head) ?? 0) + 1);
  return said.map(headOf).filter((head) => {
    const left = seen.get(head) ?? 0;
    seen.set(head, left - 1);
    return left <= 0;
  });
}

function headOf({ kind, target, sent, received }: Connection): string {
  return `${kind} ${target} (${sent.length} sent, ${received.length} received)`;
}

/** Compared one by one: a difference of the whole would be megabytes long. */
function expectSame(trace: JoinedTrace, said: readonly Connection[]): void {
  expect.soft(trace.flaws).toEqual([]);
  const captured = traceConnections(trace.observations);
  expect.soft(captured.map(headOf).sort()).toEqual(said.map(headOf).sort());
  const [seen, spoken] = [asText(captured), asText(said)];
  seen.forEach((connection, at) => {
    const [lines, expected] = [connection.split('\n'), (spoken[at] ?? '').split('\n')];
    const differs = expected.findIndex((line, place) => line !== lines[place]);
    expect(differs < 0 ? null : { place: differs, seen: lines[differs], said: expected[differs] }).toBeNull();
  });
}
