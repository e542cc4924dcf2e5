/** Where an attacker stands, and how a test has it act. */
import type { InspectedBrowser, InspectedTab, Json } from '../../../scripts/browser/inspected-browser.ts';
import type { StageServer } from './stage-server.ts';
import { addFrame } from './victim.ts';

export interface Attacker {
  /** Its origin. */
  readonly origin: string;
  /** Carries out an attack, and gives all that it has heard so far. */
  act(attack: string, data: Json): Promise<readonly string[]>;
}

export interface Place {
  readonly name: string;
  /** Puts an attacker there; `victim` is the victim's tab, which shows the victim's page. */
  enter(browser: InspectedBrowser, server: StageServer, victim: InspectedTab): Promise<Attacker>;
}

const pageOf = (origin: string, query = ''): string => `${origin}/page/attacker?script=attacker${query}`;

export const PLACES: readonly Place[] = [
  {
    name: 'a page in a tab of its own',
    enter: async (browser, { attacker }) =>
      speaker(await browser.openBeside(pageOf(attacker)), 'window', attacker),
  },
  {
    name: 'a frame of another origin in the page of the victim',
    enter: async (_browser, { attacker }, victim) => {
      await addFrame(victim, pageOf(attacker), 'attacker');
      return speaker(victim, 'window.frames.attacker', attacker);
    },
  },
  {
    name: 'a frame of another origin with a service worker',
    enter: async (_browser, server, victim) => {
      server.serve('worker', SERVICE_WORKER);
      server.serve('register', REGISTER);
      await addFrame(victim, pageOf(server.attacker, '&script=register'), 'attacker');
      return speaker(victim, 'window.frames.attacker', server.attacker);
    },
  },
  {
    name: 'a popup of another origin',
    enter: async (_browser, { attacker }, victim) => {
      await victim.inPage((url) => {
        (window as unknown as { popup: Window | null }).popup = window.open(
          url,
          '_blank',
          'width=300,height=300',
        );
      }, pageOf(attacker));
      return speaker(victim, 'window.popup', attacker);
    },
  },
  {
    name: 'a frame of the origin of the victim',
    enter: async (_browser, { victim: origin }, victim) => {
      await addFrame(victim, pageOf(origin), 'attacker');
      return speaker(victim, 'window.frames.attacker', origin);
    },
  },
];

/** Answers chat out of nothing. */
const SERVICE_WORKER = `
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    const { pathname } = new URL(event.request.url);
    if (!pathname.startsWith('/clientweb/')) return;
    event.respondWith(event.request.text().then((text) => new Response(text || '{"events":[]}')));
  });`;

const REGISTER = `navigator.serviceWorker.register('/script/worker', { scope: '/' });`;

/** @param target of whom, as an expression in the tab's page. */
function speaker(tab: InspectedTab, target: string, origin: string): Attacker {
  return {
    origin,
    act: (attack, data) =>
      tab.inPage(
        ({ name, given, whom }) =>
          new Promise<string[]>((resolve, reject) => {
            const number = Math.random();
            // A page that still loads does not answer yet.
            const asking = setInterval(() => {
              const attacker = whom
                .split('.')
                .reduce((from: unknown, part) => Reflect.get(Object(from), part), globalThis);
              (attacker as Window | undefined)?.postMessage({ attack: name, data: given, number }, '*');
            }, 50);
            addEventListener('message', function hear({ data: answer }) {
              if (answer?.number !== number || answer.attack) return;
              clearInterval(asking);
              if (!answer.done) return;
              removeEventListener('message', hear);
              if (answer.error === '') resolve(answer.heard);
              else reject(new Error(answer.error));
            });
          }),
        { name: attack, given: data, whom: target },
      ),
  };
}
