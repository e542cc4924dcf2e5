import { expect, test } from 'vitest';
import { SCENARIOS } from '../../demo/scenarios/index.ts';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { asText, type Connection } from './harness/conversation.ts';
import { exportTrace, panelInspection, playConversation } from './harness/inspection.ts';
import { ledgerConnections } from './harness/ledger-connections.ts';
import { traceConnections } from './harness/trace-connections.ts';

for (const { name } of SCENARIOS) {
  test(`the exported file of "${name}" holds what the server's sockets read and wrote, and nothing else`, async () => {
    const inspected = await panelInspection();
    await playConversation(inspected, { scenario: name }, 60_000);
    const said = () => ledgerConnections(inspected.demo.log.entries);
    const captured = await exportedConnections(inspected.panel, messages(said()));
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
