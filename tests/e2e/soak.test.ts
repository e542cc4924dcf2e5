import { expect, test } from 'vitest';
import { keepKilling } from './harness/background-killer.ts';
import { asText, type Connection } from './harness/conversation.ts';
import { floodPage } from './harness/flood.ts';
import { exportTrace, panelInspection } from './harness/inspection.ts';
import { ledgerConnections } from './harness/ledger-connections.ts';
import { eventsInPanel, readStatus } from './harness/panel-view.ts';
import { traceConnections } from './harness/trace-connections.ts';

const LONG = process.env.E2E_LONG === '1';
const PER_TRANSPORT = LONG ? 25_000 : 5_000;
/** A second, over each of WebSocket and event stream: the ring of 5,000 observations bridges six seconds of an outage. */
const RATE = 400;
const TIME = LONG ? 600_000 : 120_000;

test(`${PER_TRANSPORT * 4} messages over all transports arrive once and in order while the background dies every second`, {
  timeout: TIME * 2,
}, async () => {
  const { demo, browser, panel } = await panelInspection();
  await browser.open(`${demo.url}?transports=ws`);
  const killer = keepKilling(browser);
  const heard = await floodPage(browser, { perTransport: PER_TRANSPORT, rate: RATE });
  const kills = await killer.stop();
  expect(heard).toBe(PER_TRANSPORT * 4);
  expect(kills).toBeGreaterThan(2);

  // One more than was heard: the page said something too. When they never come, the comparison tells what is missing.
  await eventsInPanel(panel, heard + 1, TIME).catch(() => undefined);
  expect.soft((await readStatus(panel)).dropped).toBe(0);
  const { observations } = await exportTrace(panel);
  expect.soft(observations.filter(({ kind }) => kind === 'gap')).toEqual([]);
  const captured = traceConnections(observations);
  sameConnections(captured, ledgerConnections(demo.log.entries));
});

/** Compared one by one: a difference of the whole would be megabytes long. */
function sameConnections(captured: readonly Connection[], said: readonly Connection[]): void {
  const [seen, spoken] = [asText(captured), asText(said)];
  expect.soft(seen.map(headOf)).toEqual(spoken.map(headOf));
  seen.forEach((connection, at) => {
    const [lines, expected] = [connection.split('\n'), (spoken[at] ?? '').split('\n')];
    const differs = expected.findIndex((line, place) => line !== lines[place]);
    expect(differs < 0 ? null : { place: differs, seen: lines[differs], said: expected[differs] }).toBeNull();
  });
}

function headOf(connection: string): string {
  const [head = ''] = connection.split('\n', 1);
  return `${head} (${connection.split('\n').length - 1} messages)`;
}
