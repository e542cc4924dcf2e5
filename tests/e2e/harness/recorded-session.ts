import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startDemo } from '../../../demo/demo.ts';
import { TRANSPORTS, type Transport } from '../../../demo/script.ts';
import { exportWhole } from '../../../scripts/browser/export-whole.ts';
import { PROJECT } from '../../../scripts/project.ts';
import { playConversation, sharedPanel } from './inspection.ts';
import { timelineAtRest } from './panel-view.ts';
import { type SavedPage, savePage } from './plain-page.ts';

/** A chat that was recorded, and the page that it ran in. */
export interface RecordedSession {
  readonly transport: Transport;
  readonly address: string;
  /** Of all recorded sessions: what their pages are made of. */
  readonly page: SavedPage;
  /** What the page's conversation showed, line by line; of the widget, which is a frame of another origin, nothing. */
  readonly shown: readonly string[];
  /** The session as the command line makes a test of it. */
  testFor(tool: 'playwright' | 'msw'): string;
}

/** Plays the scenario over one transport after the other, records it in the panel, and ends the chat server. */
export async function recordSessions(scenario: string): Promise<readonly RecordedSession[]> {
  const demo = await startDemo({ pace: 0 });
  const { browser, panel, close } = await sharedPanel();
  try {
    const page = new Map<string, { readonly type: string; readonly text: string }>();
    const played: Pick<RecordedSession, 'transport' | 'address' | 'shown'>[] = [];
    for (const transport of TRANSPORTS) {
      await playConversation({ demo, browser }, { scenario, transports: transport });
      const address = await browser.inPage(() => location.href, null);
      const frames = await browser.inPage(
        () => Array.from(document.querySelectorAll('iframe'), ({ src }) => src),
        null,
      );
      const shown = await browser.inPage(
        () => Array.from(document.querySelectorAll<HTMLElement>('.log li'), (line) => line.textContent),
        null,
      );
      for (const [path, file] of await savePage(address, frames)) page.set(path, file);
      played.push({ transport, address, shown });
    }
    await timelineAtRest(panel);
    const { path } = await exportWhole(panel);
    // The browser takes its downloads along.
    const trace = readFileSync(path);
    return played.map((each, at) => ({
      ...each,
      page,
      // Sessions have letters in the order in which they began.
      testFor: (tool) => converted(trace, tool, String.fromCharCode(65 + at)),
    }));
  } finally {
    await close();
    await demo.close();
  }
}

function converted(trace: Uint8Array, tool: string, letter: string): string {
  const call = ['convert', '-', '--to', tool, '--redact', 'none', '--session', letter];
  const options = { cwd: PROJECT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, input: trace } as const;
  return execFileSync(process.execPath, ['dist/cli/chat-inspector.js', ...call], options);
}
