import { onTestFinished } from 'vitest';
import type { InspectedBrowser } from '../../../scripts/browser/inspected-browser.ts';
import { launch } from '../../../scripts/browser/launch.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/messaging/settings.ts';
import { BROWSER, setSettings } from '../../e2e/harness/inspection.ts';
import { attackerScript } from './attacker-script.ts';
import { type StageServer, startStageServer } from './stage-server.ts';

/** A browser with the extension, and the server of victim and attacker. */
export interface Stage {
  readonly browser: InspectedBrowser;
  readonly server: StageServer;
}

/** What the person has set: every pattern and mark holds this word, which no page of a test writes. */
export const PLANTED = 'planted';
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  patterns: [`https://${PLANTED}-intranet.corp.example/relay/`, `/${PLANTED}-path/*/without-host`],
  marks: [`${PLANTED}-mark`],
};

/**
 * Errors that nobody caught in the background or a panel fail whoever closes the stage; those of a hostile page are its
 * own.
 */
export async function openStage(
  settings: Partial<Settings> = {},
): Promise<Stage & { close(): Promise<void> }> {
  const server = await startStageServer();
  server.serve('attacker', attackerScript());
  const browser = await launch(BROWSER);
  await setSettings(browser, { ...SETTINGS, ...settings });
  return {
    browser,
    server,
    async close() {
      const errors = await browser.uncaughtErrors().finally(() => browser.close());
      await server.close();
      const ours = errors.filter(({ where }) => where !== 'page');
      if (ours.length === 0) return;
      const list = ours.map(({ where, message }) => `${where}: ${message}`).join('\n');
      throw new Error(`Errors that nobody caught:\n${list}`);
    },
  };
}

/** One for a test, closed at its end. */
export async function stage(settings: Partial<Settings> = {}): Promise<Stage> {
  const opened = await openStage(settings);
  onTestFinished(() => opened.close());
  return opened;
}
