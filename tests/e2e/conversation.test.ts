import { expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/inspected-browser.ts';
import { panelOfFile, playConversation } from './harness/inspection.ts';
import { eventsInPanel, showView } from './harness/panel-view.ts';
import { saidEvents } from './harness/said-events.ts';

const freshPanel = panelOfFile();

for (const transports of ['xhr', 'ws']) {
  test(`the conversation tells each message once, with what became of it, over ${transports}`, async () => {
    const inspected = await freshPanel();
    const { panel } = inspected;
    await playConversation(inspected, { scenario: 'corrections', transports });
    await eventsInPanel(panel, saidEvents(inspected.demo.log.entries).length);
    await showView(panel, 'Conversation');
    expect(await told(panel)).toEqual([
      'queued, about 2 min to wait',
      'scenario: Please wait for the next available agent',
      'connecting',
      'connected',
      'Maren Holt joined (agent)',
      'Maren Holt: Good morning, this is Maren. What can I do for you? was: Good morning, this is Marne. What can I do for you? edited, delivered, read',
      'customer: I cannot sign in any more. delivered, read',
      'Maren Holt: Your password is … deleted',
      'Maren Holt: I have sent you a link to set a new password.',
      'customer: That works, thank you! delivered',
      'Maren Holt left',
      'session ended',
    ]);
    const parties = await panel.text({ role: 'list', name: 'Parties' });
    expect(parties).toContain('Maren Holt');
    await panel.click({ role: 'button', name: 'deleted' });
    const chosen = await panel.text({ css: '[role=row][aria-selected=true]' });
    expect(chosen, 'the mark leads to its event').toContain('message_delete');
  });
}

/** A line for each entry: who, what, what it was before, and the marks. */
function told(panel: Panel): Promise<readonly string[]> {
  return panel.evaluate(
    () =>
      [...document.querySelectorAll('[aria-label=Messages] > li')].map((entry) => {
        const text = (css: string) =>
          [...entry.querySelectorAll(css)].map((part) => part.textContent?.trim() ?? '');
        const author = text('.talk-author').map((name) => `${name}:`);
        const said = [...entry.querySelectorAll('.talk-said')].flatMap((part) =>
          part.tagName === 'P'
            ? [part.textContent ?? '']
            : [...part.children].map((line) => line.textContent ?? ''),
        );
        return [...author, ...said, text('.talk-mark').join(', ')].filter((part) => part !== '').join(' ');
      }),
    null,
  );
}
