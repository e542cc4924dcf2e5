import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../demo/demo.ts';
import { SCENARIOS } from '../../demo/scenarios/index.ts';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { asText, type Connection } from './harness/conversation.ts';
import { exportTrace, playConversation, sharedPanel } from './harness/inspection.ts';
import { ledgerConnections } from './harness/ledger-connections.ts';
import { traceConnections } from './harness/trace-connections.ts';

/**
 * Only chat is kept: what these say besides, which names no event, is kept where the URL is the protocol's own. A pattern
 * of the person's would do for the others, but comes to a page a moment after its first script.
 */
const SAYS_MORE = new Set(['broken-off', 'defects', 'hostile']);

let inspected: Awaited<ReturnType<typeof sharedPanel>>;
beforeAll(async () => {
  inspected = await sharedPanel();
});
afterAll(() => inspected?.close());

for (const { name } of SCENARIOS) {
  test(`the exported file of "${name}" holds what the server's sockets read and wrote, and nothing else`, async () => {
    const { browser, panel } = inspected;
    const demo = await startDemo({ pace: 0 });
    onTestFinished(() => demo.close());
    await panel.click({ role: 'button', name: 'Clear' });
    const transports = SAYS_MORE.has(name) ? { transports: 'xhr' } : {};
    await playConversation({ demo, browser }, { scenario: name, ...transports }, 60_000);
    const said = () => ledgerConnections(demo.log.entries);
    const captured = await exportedConnections(panel, messages(said()));
    expect(asText(captured)).toEqual(asText(said()));
  });
}

/** The exported connections, as soon as they hold so many messages; or as they are when they never do. */
async function exportedConnections(panel: Panel, expected: number): Promise<Connection[]> {
  let captured: Connection[] = [];
  await until('every message in the export', async () => {
    captured = traceConnections((await exportTrace(panel)).observations);
    return messages(captured) >= expected;
  }).catch(() => undefined); // The comparison says it better.
  return captured;
}

function messages(connections: readonly Connection[]): number {
  return connections.reduce((sum, { sent, received }) => sum + sent.length + received.length, 0);
}
