import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DebuggingPipe } from './debugging-pipe.ts';
import { findChromium } from './find-chromium.ts';
import { callText, type Json } from './inspected-browser.ts';
import { removeProfile } from './remove-profile.ts';
import { until } from './until.ts';

/** What a test can do with a tab that no driver has hold of: it has the DevTools that a person would have. */
export interface UndebuggedChromium {
  /** Opens a URL in a tab of its own and the panel of this title in its DevTools. */
  open(url: string, title: string): Promise<UndebuggedPanel>;
  close(): Promise<void>;
}

export interface UndebuggedPanel {
  /** Runs a function in the panel's own document. It sees nothing of the caller's scope but `argument`. */
  evaluate<Result, Argument extends Json>(
    inside: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
}

/**
 * Chromium with the extension, driven by its pipe alone. No debugging session is ever made with a page: in a tab that a
 * driver debugs, Chrome prepares no page before anybody goes there, while open DevTools do not keep it from that.
 */
export async function launchUndebugged(extension: string): Promise<UndebuggedChromium> {
  const home = mkdtempSync(join(tmpdir(), 'chat-inspector-chromium-'));
  const program = spawn(
    await findChromium(),
    [
      '--headless=new',
      '--remote-debugging-pipe',
      '--enable-unsafe-extension-debugging',
      '--no-first-run',
      `--user-data-dir=${home}`,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise((resolve) => program.once('exit', resolve));
  const stop = () => program.kill('SIGKILL');
  process.once('exit', stop);
  program.once('exit', () => process.off('exit', stop));
  const pipe = new DebuggingPipe(program);
  const { id } = await pipe.send('Extensions.loadUnpacked', { path: extension });
  const origin = `chrome-extension://${id}`;
  await until('the background to have started', () => targetOf(pipe, 'service_worker', origin));

  return {
    async open(url, title) {
      const { targetId } = await pipe.send('Target.createTarget', { url });
      await pipe.send('Target.openDevTools', { targetId });
      const devtools = await sessionOf(pipe, 'page', 'devtools://');
      const view = JSON.stringify(`${origin}${title}`);
      await until('the DevTools to know the panel', () =>
        evaluated(pipe, devtools, `Boolean(globalThis.UI?.panels && ${view} in UI.panels)`),
      );
      await evaluated(pipe, devtools, `InspectorFrontendAPI.showPanel(${view})`);
      const panel = await sessionOf(pipe, 'iframe', `${origin}/panel/`);
      return {
        evaluate: async (inside, argument) =>
          // What crosses is JSON, as the types of both ends say.
          (await evaluated(pipe, panel, callText(inside, argument))) as Awaited<ReturnType<typeof inside>>,
      };
    },
    async close() {
      stop();
      await ended;
      await removeProfile(home);
    },
  };
}

async function targetOf(pipe: DebuggingPipe, type: string, url: string): Promise<string | undefined> {
  const { targetInfos } = await pipe.send('Target.getTargets');
  if (!Array.isArray(targetInfos)) return undefined;
  const found = targetInfos.find((each) => each.type === type && String(each.url).startsWith(url));
  return found?.targetId;
}

/** A session with a target, as soon as it is there. */
async function sessionOf(pipe: DebuggingPipe, type: string, url: string): Promise<string> {
  const targetId = await until(`the ${type} at ${url}`, () => targetOf(pipe, type, url));
  const { sessionId } = await pipe.send('Target.attachToTarget', { targetId, flatten: true });
  return String(sessionId);
}

async function evaluated(pipe: DebuggingPipe, session: string, expression: string): Promise<unknown> {
  const options = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await pipe.send('Runtime.evaluate', options, session);
  if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
  return typeof result === 'object' && result !== null && 'value' in result ? result.value : undefined;
}
