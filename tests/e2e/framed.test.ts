/** Over each framing the ordinary conversation is read as it is read without one, and its bytes are the server's. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../demo/demo.ts';
import { FRAMINGS } from '../../demo/page/framing.ts';
import { until } from '../../scripts/browser/until.ts';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { dealtOut } from './harness/dealt-out.ts';
import { exportTrace, playConversation, sharedPanel } from './harness/inspection.ts';
import { ledgerConnections } from './harness/ledger-connections.ts';
import { eventsInPanel } from './harness/panel-view.ts';
import { traceConnections } from './harness/trace-connections.ts';

const OVER = [
  { transports: 'ws', path: '/rt' },
  { transports: 'fetch', path: '/relay/' },
  { transports: 'sse', path: '/stream' },
] as const;
type Transports = (typeof OVER)[number]['transports'];

let inspected: Awaited<ReturnType<typeof sharedPanel>>;
const plain = new Map<Transports, Judgement>();
beforeAll(async () => {
  inspected = await sharedPanel();
});
afterAll(() => inspected?.close());

const CASES = FRAMINGS.flatMap((framing) => OVER.map((over) => ({ framing: framing.name, ...over })));

for (const { framing, transports } of dealtOut(CASES)) {
  test(`a conversation in ${framing} over ${transports} is the plain one`, async () => {
    const expected = plain.get(transports) ?? (await played(transports, null)).judgement;
    plain.set(transports, expected);
    const { judgement, bytes } = await played(transports, framing);
    expect(judgement).toEqual(expected);
    expect(bytes.captured).toEqual(bytes.said);
    expect(bytes.said.length).toBeGreaterThan(10);
  });
}

interface Judgement {
  readonly received: readonly string[];
  readonly sent: readonly string[];
  readonly states: readonly (string | null)[];
  readonly findings: readonly string[];
}

/** Plays it once, and waits until the panel has as many events as without a framing. */
async function played(transports: Transports, framing: string | null) {
  const { browser, panel } = inspected;
  const demo = await startDemo({ pace: 0 });
  onTestFinished(() => demo.close());
  await panel.click({ role: 'button', name: 'Clear' });
  await playConversation(
    { demo, browser },
    { scenario: 'ordinary', transports, wrap: 'array', ...(framing === null ? {} : { framing }) },
  );
  const said = () =>
    ledgerConnections(demo.log.entries)
      .flatMap(({ sent, received }) => [...sent, ...received])
      .filter((message) => message.includes('chat_session_'))
      .sort();
  const counted = plain.get(transports);
  if (counted !== undefined) await eventsInPanel(panel, counted.received.length + counted.sent.length);
  const captured = (observations: readonly Observation[]) =>
    traceConnections(observations)
      .flatMap(({ sent, received }) => [...sent, ...received])
      .filter((message) => message.includes('chat_session_'))
      .sort();
  let observations: readonly Observation[] = [];
  await until('every message that carries an event', async () => {
    ({ observations } = await exportTrace(panel));
    return captured(observations).length >= said().length;
  });
  return { judgement: judged(observations), bytes: { captured: captured(observations), said: said() } };
}

/** What the analysis says of a trace, but for times and ids. */
function judged(observations: readonly Observation[]): Judgement {
  const analysis = createAnalysis();
  analysis.add(observations);
  analysis.end();
  const names = { in: [] as string[], out: [] as string[] };
  for (let index = 0; index < analysis.totals.rows; index += 1) {
    const { kind, direction, event } = analysis.row(index);
    if (kind === 'event' && direction !== null) names[direction].push(event);
  }
  return {
    ...{ received: names.in, sent: names.out },
    states: analysis.sessions().map(({ state }) => state),
    findings: [...analysis.eachFinding()].map(({ rule, severity }) => `${severity} ${rule}`).sort(),
  };
}
