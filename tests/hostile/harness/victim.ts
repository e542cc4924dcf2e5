import { expect } from 'vitest';
import type { InspectedTab, Panel } from '../../../scripts/browser/inspected-browser.ts';
import { until } from '../../../scripts/browser/until.ts';
import type { Observation } from '../../../src/observation/observation.ts';
import { asText } from '../../e2e/harness/conversation.ts';
import { exportTrace } from '../../e2e/harness/inspection.ts';
import { traceConnections } from '../../e2e/harness/trace-connections.ts';
import { chatText, type StageServer } from './stage-server.ts';

/** Milliseconds in which a victim's events must be there, however busy an attacker keeps the extension. */
const PATIENCE = 30_000;

/**
 * In the page: says a text over a socket that stays open, over `fetch` and over a poll of `XMLHttpRequest`, and resolves
 * when all were answered. `frame` names the frame of the page's own origin that speaks, or is empty.
 */
const speakInPage = async ({
  who,
  text,
  frame,
}: {
  who: string;
  text: string;
  frame: string;
}): Promise<void> => {
  const element = document.querySelector<HTMLIFrameElement>(`iframe[name="${frame}"]`);
  const world = (element?.contentWindow ?? window) as Window & typeof globalThis & { victim?: WebSocket };
  const { location } = world;
  const socket = world.victim ?? new world.WebSocket(`ws://${location.host}/rt?who=${who}`);
  world.victim = socket;
  if (socket.readyState === 0) await new Promise((resolve) => socket.addEventListener('open', resolve));
  await new Promise((resolve) => {
    socket.addEventListener('message', resolve, { once: true });
    socket.send(text);
  });
  const address = `${location.origin}/clientweb/api/v1/chats/${who}/events?who=${who}`;
  await (await world.fetch(address, { method: 'POST', body: text })).text();
  await new Promise((resolve) => {
    const poll = new world.XMLHttpRequest();
    poll.addEventListener('loadend', resolve);
    poll.open('GET', address);
    poll.send();
  });
};

/** The victim's page, or its frame of that name, says something and has heard it back. */
export function speak(tab: InspectedTab, who: string, msg: string, frame = ''): Promise<void> {
  return tab.inPage(speakInPage, { who, text: chatText(`${who} ${msg}`), frame });
}

/** A frame of the page's own origin, once it has loaded. */
export function addFrame(tab: InspectedTab, url: string, name: string): Promise<void> {
  return tab.inPage(
    ({ src, frameName }) =>
      new Promise<void>((resolve) => {
        const frame = document.createElement('iframe');
        frame.name = frameName;
        frame.onload = () => resolve();
        frame.src = src;
        document.body.append(frame);
      }),
    { src: url, frameName: name },
  );
}

/** What the panel exports of the victims of these names is what the server read and wrote of them, and nothing else. */
export async function expectWhole(
  panel: Panel,
  server: StageServer,
  names: readonly string[],
): Promise<readonly Observation[]> {
  const said = names.flatMap((who) => server.chatOf(who));
  expect(said.length).toBeGreaterThan(0);
  let seen: string[] = [];
  let observations: readonly Observation[] = [];
  await until(
    'all that the victim said and heard',
    async () => {
      ({ observations } = await exportTrace(panel));
      const all = traceConnections(observations);
      seen = asText(all.filter(({ target }) => names.some((who) => target.endsWith(`who=${who}`))));
      return seen.join('\n') === asText(said).join('\n');
    },
    PATIENCE,
  ).catch(() => undefined); // The comparison says it better.
  expect(seen).toEqual(asText(said));
  return observations;
}

/**
 * Whatever attackers of these origins made up stands under one of them, and each document under that of its address. Of a
 * frame that makes up hundreds of documents the earliest are forgotten, and stand under none.
 */
export function expectOrigins(observations: readonly Observation[], attackers: ReadonlySet<string>): void {
  const origins = new Map<string, string | null>();
  for (const each of observations) if (each.kind === 'document') origins.set(each.documentId, each.origin);
  for (const each of observations) {
    const expected =
      each.kind === 'document' && each.url.startsWith('http') ? new URL(each.url).origin : null;
    const origin = origins.get(each.documentId);
    if (expected !== null && !(origin === null && attackers.has(expected))) expect(origin).toBe(expected);
    if (JSON.stringify(each).includes('FORGED')) expect([...attackers, null]).toContain(origin);
  }
}
