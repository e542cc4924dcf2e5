import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { dealtOut } from './harness/dealt-out.ts';
import { type PageChoice, panelOfFile, playConversation } from './harness/inspection.ts';
import { chooseEvent, eventsInPanel, readTimeline } from './harness/panel-view.ts';
import { type SaidEvent, saidEvents } from './harness/said-events.ts';

const freshPanel = panelOfFile();

/** The server events that the vendor documents. */
const SERVER_EVENTS = [
  'chat_session_status',
  'chat_session_ended',
  'chat_session_party_joined',
  'chat_session_party_left',
  'chat_session_message',
  'chat_session_typing',
  'chat_session_not_typing',
  'chat_session_form_show',
  'chat_session_timeout_warning',
  'chat_session_inactivity_timeout',
  'chat_session_signaling',
  'chat_session_file',
] as const;

const TRANSPORTS = [
  { transports: 'xhr', shown: 'XHR' },
  { transports: 'fetch', shown: 'fetch' },
  { transports: 'ws', shown: 'WebSocket' },
  { transports: 'sse', shown: 'SSE' },
] as const;

const WORDS = { lone: 'itself', envelope: 'an envelope', array: 'an array' } as const;

for (const { transports, shown } of TRANSPORTS) {
  test(`each of the twelve server events over ${shown} is on the timeline with its decoded fields`, async () => {
    const { demo, panel, received } = await hear({ scenario: 'all-events', transports });
    const rows = await readTimeline(panel);
    const events = rows.filter((row) => row.seq !== null && row.cells.Direction === 'received');
    expect(events.map((row) => row.cells.Event)).toEqual(received.map(({ event }) => event.event));
    for (const name of SERVER_EVENTS) {
      const at = received.findIndex(({ event }) => event.event === name);
      const row = events[at];
      expect(row?.cells.Transport, `the transport of ${name} (${demo.url})`).toContain(shown);
      expect(await decodedFields(panel, row?.seq ?? -1), `the fields of ${name}`).toEqual(
        expectedFields(received[at]),
      );
    }
  });
}

const WRAPPED = (['lone', 'envelope', 'array'] as const).flatMap((wrap) =>
  TRANSPORTS.slice(1).map((transport) => ({ wrap, ...transport })),
);

for (const { wrap, transports, shown } of dealtOut(WRAPPED)) {
  test(`events over ${shown} are recognised when every one comes as ${WORDS[wrap]}`, async () => {
    const { panel, received } = await hear({ scenario: 'all-events', transports, wrap });
    const rows = await readTimeline(panel);
    const events = rows.filter((row) => row.seq !== null && row.cells.Direction === 'received');
    expect(events.map((row) => row.cells.Event)).toEqual(received.map(({ event }) => event.event));
  });
}

/** Plays a conversation to its end and waits for all of it in the panel. */
async function hear(choice: PageChoice) {
  const inspected = await freshPanel();
  await playConversation(inspected, choice);
  const said = saidEvents(inspected.demo.log.entries);
  await eventsInPanel(inspected.panel, said.length);
  return { ...inspected, received: said.filter(({ direction }) => direction === 'in') };
}

/** The top fields of an event as the decoded view shows them: name and value. */
async function decodedFields(panel: Panel, seq: number): Promise<Record<string, string>> {
  await chooseEvent(panel, seq);
  await panel.click({ role: 'region', name: 'Event details' }, { role: 'tab', name: 'Decoded' });
  return panel.evaluate(() => {
    const details = document.querySelector('section[aria-label="Event details"]');
    const fields: Record<string, string> = {};
    for (const row of details?.querySelectorAll('table tbody tr') ?? []) {
      if (row.classList.contains('field-absent') || row.classList.contains('field-missing')) continue;
      const [name, value] = row.querySelectorAll('th, td');
      // Under the value as it came stands what a person can read; the first text is the value.
      fields[name?.textContent?.trim() ?? ''] = value?.textContent?.trim() ?? '';
    }
    return fields;
  }, null);
}

/** The name is the title above. Strings are shown as JSON writes them; what stands in objects has lines of its own, looked at elsewhere. */
function expectedFields(said: SaidEvent | undefined): unknown {
  if (!said) throw new Error('The server never said this event.');
  const { event: _title, ...shown } = said.event;
  const fields = Object.entries(shown).map(([name, value]) => [
    name,
    expect.stringContaining(typeof value === 'object' ? '' : JSON.stringify(value)),
  ]);
  return expect.objectContaining(Object.fromEntries(fields));
}
