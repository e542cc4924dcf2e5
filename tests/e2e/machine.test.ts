import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../demo/ledger.ts';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { complaints } from './harness/accessibility.ts';
import { dealtOut } from './harness/dealt-out.ts';
import { panelOfFile, playConversation } from './harness/inspection.ts';
import { chooseEvent, eventsInPanel, readTimeline, showView } from './harness/panel-view.ts';
import { type SaidEvent, saidEvents } from './harness/said-events.ts';

const freshPanel = panelOfFile({ theme: 'light', width: 1400, height: 860 });

const SLIDER = { role: 'slider', name: 'Event' } as const;
const CASES = ['ordinary', 'transfer', 'failed', 'inactivity'].flatMap((scenario) =>
  ['xhr', 'ws'].map((transports) => ({ scenario, transports })),
);

for (const { scenario, transports } of dealtOut(CASES)) {
  test(`the state machine's table is right after each event of "${scenario}" over ${transports}`, async () => {
    const inspected = await freshPanel();
    const { demo, panel } = inspected;
    await playConversation(inspected, { scenario, transports });
    const said = saidEvents(demo.log.entries);
    await eventsInPanel(panel, said.length);
    const received = said.filter(({ direction }) => direction === 'in');

    const session = new ExpectedSession(openedState(demo.log.entries));
    for (const row of (await readTimeline(panel)).filter(({ seq }) => seq !== null)) {
      // What the page sends changes no state, whenever it comes between the answers.
      if (row.cells.Direction === 'received') session.hear(received.shift());
      await chooseEvent(panel, row.seq ?? -1);
      await showView(panel, 'State machine');
      expect(await tables(panel), `after event ${row.seq}, ${row.cells.Event}`).toEqual(session.tables());
    }
    expect(received).toEqual([]);
  });
}

interface Tables {
  readonly current: string;
  /** Only steps to another state. */
  readonly transitions: Readonly<Record<string, number>>;
}

/** The session as the events alone tell it. */
class ExpectedSession {
  #state: string;
  readonly #transitions: Record<string, number> = {};

  constructor(opened: string) {
    this.#state = opened;
  }

  hear(said: SaidEvent | undefined): void {
    const next = said ? stateAfter(said) : null;
    if (next === null || next === this.#state) return;
    const step = `${this.#state}→${next}`;
    this.#transitions[step] = (this.#transitions[step] ?? 0) + 1;
    this.#state = next;
  }

  tables(): Tables {
    return { current: this.#state, transitions: { ...this.#transitions } };
  }
}

/** Request Chat's answer tells the first state; a relay has none, and until a status comes it is not known. */
function openedState(entries: readonly LedgerEntry[]): string {
  const answer = entries.find(
    ({ direction, method, url }) =>
      direction === 'out' && method === 'POST' && new URL(url).pathname.endsWith('/chats'),
  );
  const state: unknown = answer && JSON.parse(answer.body).state;
  return typeof state === 'string' ? state : 'unknown';
}

function stateAfter({ event }: SaidEvent): string | null {
  switch (event.event) {
    case 'chat_session_status':
      return String(event.state);
    case 'chat_session_inactivity_timeout':
      return 'timed-out';
    case 'chat_session_ended':
      return 'ended';
    default:
      return null;
  }
}

function tables(panel: Panel): Promise<Tables> {
  return panel.evaluate(() => {
    const table = (name: string) => document.querySelector(`table[aria-label="${name}"]`);
    const current = table('States')?.querySelector('tr[aria-current] th')?.textContent ?? '';
    const transitions: Record<string, number> = {};
    for (const row of table('Transitions')?.querySelectorAll('tbody tr') ?? []) {
      const [from, to, count] = [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '');
      if (to !== undefined && from !== to) transitions[`${from}→${to}`] = Number(count);
    }
    return { current: current.trim(), transitions };
  }, null);
}

test('the chosen event stands in its place in the first frame in which the timeline is there again', async () => {
  const inspected = await freshPanel();
  await playConversation(inspected, { scenario: 'transfer', transports: 'ws' });
  await eventsInPanel(inspected.panel, saidEvents(inspected.demo.log.entries).length);
  await chooseEvent(inspected.panel, 9);
  await showView(inspected.panel, 'State machine');
  const places = await inspected.panel.evaluate(async () => {
    const tab = [...document.querySelectorAll<HTMLElement>('[role=tab]')].find(({ textContent }) =>
      textContent?.startsWith('Timeline'),
    );
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const place = () =>
      document.querySelector('[role=row][aria-selected=true]')?.getBoundingClientRect().top ?? null;
    tab?.click();
    const seen: (number | null)[] = [];
    for (let at = 0; at < 20; at += 1) {
      await frame();
      seen.push(place());
    }
    return seen;
  }, null);
  expect(places[0]).not.toBeNull();
  expect(new Set(places).size, places.join()).toBe(1);
});

test('a session is stepped through event by event, by keys and by itself', async () => {
  const { panel, ...inspected } = await freshPanel();
  await playConversation({ ...inspected }, { scenario: 'transfer', transports: 'xhr' });
  const { length } = saidEvents(inspected.demo.log.entries);
  await eventsInPanel(panel, length);
  await showView(panel, 'State machine');
  const said = () => panel.attribute('aria-valuetext', SLIDER);
  await until('the last event', async () => (await said())?.startsWith(`Event ${length} of ${length}, `));
  expect(await complaints(panel)).toEqual([]);
  await panel.click(SLIDER);
  await panel.press('Home');
  await until('the first event', async () => (await said())?.startsWith(`Event 1 of ${length}, `));
  const standing = () => panel.text({ css: '.standing-now' });
  const before = await standing();
  await panel.press('PageUp');
  await until('the next step', async () => (await standing()) !== before);
  await panel.press('ArrowRight');
  await panel.press('ArrowLeft');
  expect(await panel.text({ css: '.stands-at' })).toContain('event');
  const lanes = await panel.text({ css: '.scrubber-names' });
  expect(lanes).toMatch(/State.*Maren Holt.*Teo Brandt/);

  await panel.press('End');
  await panel.click({ role: 'button', name: 'Play' });
  // It begins anew, and ends by itself.
  await until('it to play', async () => (await panel.count({ role: 'button', name: 'Pause' })) === 1);
  await until(
    'it to have come to its end',
    async () => (await panel.count({ role: 'button', name: 'Play' })) === 1,
  );
  expect(await said()).toMatch(new RegExp(`^Event ${length} of ${length}, `));
  await panel.click({ role: 'button', name: 'Event before' });
  await until('the event before', async () =>
    (await said())?.startsWith(`Event ${length - 1} of ${length}, `),
  );
});
