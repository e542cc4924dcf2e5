import { onTestFinished } from 'vitest';
import type { InspectedBrowser, Panel } from '../../scripts/browser/inspected-browser.ts';
import { launch } from '../../scripts/browser/launch.ts';
import { until } from '../../scripts/browser/until.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { BROWSER, exportTrace, PANEL_TITLE } from '../e2e/harness/inspection.ts';
import { type HookServer, startHookServer } from './server.ts';

export interface Hooked {
  readonly browser: InspectedBrowser;
  readonly server: HookServer;
}

/** A browser with the extension and a server of plain pages; errors that nobody caught fail the test. */
export async function hooked(): Promise<Hooked> {
  const server = await startHookServer();
  onTestFinished(() => server.close());
  const browser = await launch(BROWSER);
  onTestFinished(async () => {
    const errors = await browser.uncaughtErrors().finally(() => browser.close());
    const list = errors.filter(({ message }) => !message.includes('intended')).map(({ message }) => message);
    if (list.length > 0) throw new Error(`Errors that nobody caught:\n${list.join('\n')}`);
  });
  return { browser, server };
}

export function openPanel(browser: InspectedBrowser): Promise<Panel> {
  return browser.openDevTools(PANEL_TITLE);
}

/** What the panel has, once it has what `enough` asks for. */
export async function observations(
  panel: Panel,
  what: string,
  enough: (observations: readonly Observation[]) => boolean,
): Promise<readonly Observation[]> {
  let last: readonly Observation[] = [];
  try {
    return await until(what, async () => {
      last = (await exportTrace(panel)).observations;
      return enough(last) && last;
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${last.map(line).join('\n')}`);
  }
}

/** An observation in one short line, for comparing and for messages of failed tests. */
export function line(observation: Observation): string {
  const { kind } = observation;
  const text = 'payload' in observation ? observation.payload.data.slice(0, 60) : '';
  const detail =
    kind === 'document'
      ? `${observation.phase} ${observation.url}`
      : kind === 'gap'
        ? `${observation.from}-${observation.to} ${observation.reason}`
        : kind === 'request'
          ? `${observation.method} ${observation.url} ${observation.body?.data.slice(0, 60) ?? ''}`
          : kind === 'page-error'
            ? `${observation.message} during ${observation.during}`
            : text;
  return `${observation.documentId.slice(0, 4)} ${observation.frame} ${observation.seq} ${kind} ${detail}`;
}

/** Texts of the chat messages that went over sockets, in the order of the trace. */
export function messagesIn(observations: readonly Observation[], direction: 'in' | 'out' = 'in'): string[] {
  return observations.flatMap((observation) =>
    observation.kind === 'frame' && observation.direction === direction ? [observation.payload.data] : [],
  );
}

/** Every observation of every document exactly once, in order, gaps counted in. */
export function unbroken(observations: readonly Observation[]): boolean {
  const next = new Map<string, number>();
  return observations.every((observation) => {
    const { documentId } = observation;
    const first = observation.kind === 'gap' ? observation.from : observation.seq;
    const fits = first === (next.get(documentId) ?? 0);
    next.set(documentId, observation.seq + 1);
    return fits;
  });
}
