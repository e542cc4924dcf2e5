import { expect, test } from 'vitest';
import type { InspectedBrowser, Panel } from '../../scripts/browser/inspected-browser.ts';
import { until } from '../../scripts/browser/until.ts';
import type { Observation, RequestObservation } from '../../src/observation/observation.ts';
import { asText } from './harness/conversation.ts';
import { BROWSER, exportTrace, panelInspection, playConversation } from './harness/inspection.ts';
import { ledgerConnections } from './harness/ledger-connections.ts';
import { readTimeline } from './harness/panel-view.ts';
import { traceConnections } from './harness/trace-connections.ts';

/** What the worker asks for last. */
const LAST = 'configuration?tenantUrl=shop.example&by=worker';

test('a chat that a worker polls is seen by DevTools, whole, once, and said to be', async () => {
  const { demo, browser, panel } = await panelInspection();
  await browser.open(`${demo.url}?transports=ws`);
  await chatInWorker(browser);
  const seen = await requestsOf(panel, LAST);
  const said = ledgerConnections(demo.log.entries);
  expect(asText(traceConnections(seen))).toEqual(asText(said));
  expect(new Set(requests(seen).map(({ source }) => source))).toEqual(new Set(['devtools.network']));
  expect(requests(seen).filter(({ doubt }) => doubt)).toEqual([]);

  const rows = await readTimeline(panel);
  const polled = rows.filter((row) => row.seq !== null);
  expect(polled.length).toBeGreaterThan(0);
  for (const row of polled) expect(row.cells.Summary).toContain('DevTools');
  expect(new Set(polled.map((row) => row.cells.Session)).size).toBe(1);
});

test('what the page’s hook has seen is not shown again', async () => {
  const inspected = await panelInspection();
  const { demo, browser, panel } = inspected;
  await playConversation(inspected, { scenario: 'ordinary' });
  const bySelf = ledgerConnections(demo.log.entries).length;
  // Reports are judged in the order in which the requests ended: once the worker's are shown, the page's were judged.
  await chatInWorker(browser);
  const seen = await requestsOf(panel, LAST);
  const said = ledgerConnections(demo.log.entries);
  expect(said.length).toBeGreaterThan(bySelf);
  expect(asText(traceConnections(seen))).toEqual(asText(said));
  const byDevTools = requests(seen).filter(({ source }) => source === 'devtools.network');
  expect(byDevTools.map(({ doubt }) => doubt ?? 'certain')).toEqual(byDevTools.map(() => 'certain'));
  expect(byDevTools).toHaveLength(said.length - bySelf);
});

test('a socket of a worker is shown while it is open where DevTools tell it, and else said to be out of sight', async () => {
  const { demo, browser, panel } = await panelInspection();
  await browser.open(`${demo.url}?transports=ws`);
  await browser.inPage(async () => {
    const script = `onmessage = ({ data: url }) => {
      const socket = new WebSocket(url);
      socket.onopen = () => {
        socket.send(JSON.stringify({ event: 'chat_session_message', msg: 'From a worker', msg_id: '1' }));
        postMessage(null);
      };
      globalThis.socket = socket;
    };`;
    const blob = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(blob);
    (window as unknown as { workers: Worker[] }).workers = [
      worker,
      new Worker('/page/reading.ts', { type: 'module' }),
    ];
    const heard = new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }));
    worker.postMessage(`ws://${location.host}/rt?scenario=ordinary&chat=worker`);
    await heard;
  }, null);
  await until('the worker in the status line', async () =>
    (await panel.text({ role: 'status' })).includes('1 worker:'),
  );
  if (BROWSER === 'firefox') {
    expect(await panel.text({ role: 'status' })).toContain('sockets and earlier requests out of sight');
    return;
  }
  const seen = await until('the messages of the socket', async () => {
    const { observations } = await exportTrace(panel);
    const frames = observations.filter((each) => each.kind === 'frame');
    return frames.length >= 1 && observations;
  });
  expect(seen.map(({ kind, source }) => `${kind} ${source}`).slice(0, 4)).toEqual([
    'document devtools.network',
    'socket-open devtools.network',
    'socket-open devtools.network',
    'frame devtools.network',
  ]);
  const said = ledgerConnections(demo.log.entries).find(({ target }) => target.includes('chat=worker'));
  const shown = traceConnections(seen).find(({ target }) => target.includes('chat=worker'));
  expect(shown?.sent).toEqual(said?.sent);
  expect(shown?.received).toEqual(said?.received.slice(0, shown?.received.length));
});

function requests(observations: readonly Observation[]): RequestObservation[] {
  return observations.flatMap((each) => (each.kind === 'request' ? [each] : []));
}

/** The panel's trace, once it holds a request to this path. */
function requestsOf(panel: Panel, path: string): Promise<readonly Observation[]> {
  return until(`a request to ${path}`, async () => {
    const { observations } = await exportTrace(panel);
    return requests(observations).some(({ url }) => url.includes(path)) && observations;
  });
}

/** Has a worker of the page hold a chat by polling, as a page would; the last thing that it asks for is the configuration. */
function chatInWorker(browser: InspectedBrowser): Promise<void> {
  return browser.inPage(async () => {
    const script = `onmessage = async ({ data: origin }) => {
      const headers = {
        Authorization: 'MOBILE-API-140-327-PLAIN appId="demo-shop", clientId="worker"',
        'Content-Type': 'application/json; charset=UTF-8',
      };
      const call = async (method, path, body, more = '') => {
        const url = origin + '/clientweb/api/v1/' + path + '?tenantUrl=shop.example' + more;
        const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
        return JSON.parse((await answer.text()) || '{}');
      };
      const parameters = { first_name: 'Ada', scenario: 'ordinary', auto: '1' };
      const { chat_id } = await call('POST', 'chats', { parameters });
      const message = { event: 'chat_session_message', msg_id: '1', msg: 'From a worker: \u00e9' };
      await call('POST', 'chats/' + chat_id + '/events', { events: [message] });
      await call('GET', 'chats/' + chat_id + '/events');
      await call('GET', 'configuration', undefined, '&by=worker');
      postMessage(null);
    };`;
    const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = (error) => reject(new Error(error.message));
      worker.postMessage(location.origin);
    });
  }, null);
}
