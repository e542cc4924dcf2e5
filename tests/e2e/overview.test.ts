import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import { panelInspection, playConversation } from './harness/inspection.ts';
import { eventsInPanel, readTimeline, showView } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const OVERVIEW = { role: 'region', name: 'Overview' } as const;
const FROM = { role: 'slider', name: 'Range from' } as const;
const FILTER = { role: 'searchbox', name: 'Filter' } as const;

test('the overview counts what came and went, takes one session, and narrows the timeline to a range by keys', async () => {
  const inspected = await panelInspection();
  const { panel } = inspected;
  await playConversation(inspected, { scenario: 'transfer' });
  const said = saidEvents(inspected.demo.log.entries);
  await eventsInPanel(panel, said.length);
  const received = said.filter(({ direction }) => direction === 'in').length;
  await until('the counts', async () => {
    const text = await panel.text(OVERVIEW);
    if (!text.includes(`in ${received}`)) throw new Error(`not ${received}: ${text}`);
    return true;
  });
  expect(await panel.text(OVERVIEW)).toContain(`out ${said.length - received}`);

  await panel.click(OVERVIEW, { css: '.overview-sessions > :first-child' });
  const filter = () => typedFilter(panel);
  await until('the session in the filter', async () => /^session:[A-Z]$/.test(await filter()));
  const letter = (await filter()).slice('session:'.length);
  const ofOne = await readTimeline(panel);
  expect(ofOne.length).toBeGreaterThan(0);
  expect(new Set(ofOne.map(({ cells }) => cells.Session?.split(' ')[0]))).toEqual(new Set([letter]));
  await panel.click(OVERVIEW, { css: '.overview-session[aria-pressed=true]' });
  await until('no filter', async () => (await filter()) === '');

  const all = (await readTimeline(panel)).length;
  await focusRange(panel);
  for (let times = 0; times < 5; times += 1) await panel.press('PageUp');
  await until('the range in the filter', async () => /^after:\S+ before:\S+$/.test(await filter()));
  expect(await panel.attribute('aria-valuenow', FROM)).toBe('50');
  const later = await readTimeline(panel);
  expect(later.length).toBeGreaterThan(0);
  expect(later.length).toBeLessThan(all);
  await focusRange(panel);
  await panel.press('Escape');
  await until('no range', async () => (await filter()) === '');
  expect((await readTimeline(panel)).length).toBe(all);
});

test('a session that nobody listened to for a while says so', async () => {
  const { demo, browser, panel } = await panelInspection();
  await browser.open(`${demo.url}?transports=ws`);
  await browser.inPage(async () => {
    const chat = crypto.randomUUID();
    const say = (id: string) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/rt?chat=${chat}&scenario=ordinary`);
        socket.addEventListener('open', () => {
          socket.send(JSON.stringify({ event: 'chat_session_message', msg: `Message ${id}`, msg_id: id }));
          socket.close();
        });
        socket.addEventListener('close', () => resolve());
      });
    await say('1');
    // The pause itself is what is shown: longer than clients take between two polls.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await say('3');
  }, null);
  const session = { css: '.overview-session' } as const;
  await until('the pause in its words', async () => {
    const title =
      (await panel.count(OVERVIEW, session)) > 0 && (await panel.attribute('title', OVERVIEW, session));
    if (!/no poll, socket or stream was open for [2-9](?:\.\d)? s/.test(title || ''))
      throw new Error(`it says ${title}`);
    return true;
  });
  await showView(panel, 'Sequence');
  const sequence = { role: 'grid', name: 'Sequence' } as const;
  await until('the hole in the sequence', async () =>
    /no poll, socket or stream was open for [2-9](?:\.\d)? s before it/.test(await panel.text(sequence)),
  );
  expect(await panel.text({ css: '.sequence-none' })).toMatch(/^closed [2-9](?:\.\d)? s$/);
  expect(await panel.count({ css: '.sequence-socket' })).toBe(2);
});

function focusRange(panel: Panel): Promise<void> {
  return panel.evaluate(
    () => document.querySelector<HTMLElement>('[role=slider][aria-label="Range from"]')?.focus(),
    null,
  );
}

function typedFilter(panel: Panel): Promise<string> {
  return panel.evaluate(
    (label) => document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`)?.value ?? '',
    FILTER.name,
  );
}
