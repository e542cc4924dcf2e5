/** Starts a report: the panel's own views over the trace that the file holds. No request, no storage, no extension. */
import { render } from 'preact';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { DEFAULT_SETTINGS } from '../../src/messaging/settings.ts';
import { chooseSession } from '../../src/report/session-choice.ts';
import { Inspector } from '../store/inspector.ts';
import { preferencesInMemory } from '../store/preferences.ts';
import { followTheme } from '../theme/theme.ts';
import { importTrace } from '../trace-file/import-trace.ts';
import { embeddedAbout, embeddedTrace } from './embedded.ts';
import { Report } from './report.tsx';
import '../theme/theme.css';

followTheme(document.documentElement, null);
const settings = { read: async () => DEFAULT_SETTINGS, write: async () => {} };
const inspector = new Inspector(createAnalysis, preferencesInMemory(), settings);
inspector.comparing.offered = false;
inspector.flagging.offered = false;
inspector.columns.offered = false;
const root = document.getElementById('app');
if (root) void open(root);

async function open(root: HTMLElement): Promise<void> {
  try {
    const about = embeddedAbout(document);
    const packed = embeddedTrace(document);
    document.title = about.title;
    render(<Report inspector={inspector} about={about} packed={packed} />, root);
    await importTrace(inspector, new File([packed], 'The trace in this report'));
    const session = chooseSession(inspector.trace.peek().analysis, null);
    if ('id' in session) inspector.session.value = session.id;
  } catch (error) {
    root.textContent = `This report cannot be read: it was changed or cut off. ${String(error)}`;
  }
}
