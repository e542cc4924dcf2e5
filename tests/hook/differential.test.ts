import { beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../scripts/browser/inspected-browser.ts';
import { bundleFor, launch } from '../../scripts/browser/launch.ts';
import { bundleFolder } from '../../scripts/build/bundle-folder.ts';
import { BROWSER, PANEL_TITLE } from '../e2e/harness/inspection.ts';
import { emptyExtension } from './empty-extension.ts';
import { probe } from './probes/probes.ts';
import { startHookServer } from './server.ts';

type Results = Record<string, unknown>;

/** What cannot be hidden, exactly; the list is that of docs/browsers.md. */
const VISIBLE: Readonly<Record<string, (native: unknown, tapped: unknown) => void>> = {
  // Firefox makes most of the window's names when they are first used: their order tells which were.
  'descriptors of the window': (native, tapped) => {
    expect([...list(tapped)].sort()).toEqual([...list(native)].sort());
  },
  'descriptors of EventSource.prototype': (native, tapped) => {
    const own = 'addEventListener: value function true true true addEventListener/2';
    expect([...list(tapped)].sort()).toEqual([...list(native), own].sort());
  },
  'cannot be hidden: source texts': (native, tapped) => {
    const bare = (text: unknown) => String(text).replaceAll(/\s+/g, ' ');
    expect(bare(list(native)[0])).toBe('function fetch() { [native code] }');
    expect(list(tapped).map(bare)).toEqual(list(native).map(() => 'function () { [native code] }'));
  },
  'cannot be hidden: who tells the source texts': (native, tapped) => {
    expect([native, tapped]).toEqual([true, false]);
  },
  'cannot be hidden: the forbidden caller': (native, tapped) => {
    expect(native).toContain("TypeError: 'caller', 'callee', and 'arguments' properties may not be accessed");
    const firefox = 'TypeError: get caller method called on incompatible Proxy';
    expect(tapped).toBe(BROWSER === 'firefox' ? firefox : native);
  },
  'cannot be hidden: stack frames': (native, tapped) => {
    // That of a built-in, where Firefox leaves its own out.
    const more = BROWSER === 'firefox' ? 0 : 1;
    expect(tapped).toEqual(list(native).map((frames) => Number(frames) + more));
  },
  'cannot be hidden: who asks for `then`': (native, tapped) => {
    // The answer, as it is handed on, and what reading the copy gives: its bytes and its end.
    expect(native).toEqual(['Response']);
    expect(tapped).toEqual(['Response', 'Response', 'done,value', 'done,value']);
  },
  'cannot be hidden: traps of options that are a proxy': (native, tapped) => {
    const looks = ['getPrototypeOf', 'body', 'method', 'headers', 'signal'];
    const own = list(tapped).filter(
      (trap) => !looks.some((look) => trap === look || trap === `getOwnPropertyDescriptor ${look}`),
    );
    expect(own).toEqual(native);
    expect(tapped).not.toEqual(native);
  },
  'cannot be hidden: microtasks of a matched fetch that fails at once': (native, tapped) => {
    const turn = (log: unknown): number => list(log).findIndex((each) => String(each).startsWith('failed'));
    expect(turn(tapped)).toBe(turn(native) + 1);
  },
};

function list(result: unknown): readonly unknown[] {
  return Array.isArray(result) ? result : [];
}

describe('with the extension a page sees what it sees without', () => {
  let native: Results = {};
  let tapped: Results = {};
  let watched: Results = {};

  beforeAll(async () => {
    const ours = bundleFolder(bundleFor(BROWSER));
    native = await probed(emptyExtension());
    tapped = await probed(ours);
    watched = await probed(ours, 'with the panel');
  });

  test('every probe answered', () => {
    expect(Object.keys(tapped)).toEqual(Object.keys(native));
    expect(Object.keys(native).length).toBeGreaterThan(30);
    const silent = Object.entries(native).filter(([, result]) => result === 'no answer');
    expect(silent).toEqual([]);
  });

  test.each([
    ['closed', () => tapped],
    ['open', () => watched],
  ])('nothing differs but what is listed, panel %s', (_panel, seen) => {
    for (const [name, result] of Object.entries(native)) {
      const visible = VISIBLE[name];
      if (visible) visible(result, seen()[name]);
      else expect.soft(seen()[name], name).toEqual(result);
    }
  });
});

/** Runs the probes on a page in a browser with one extension. */
async function probed(extension: string, panel?: 'with the panel'): Promise<Results> {
  const server = await startHookServer();
  const browser = await launch(BROWSER, { extension });
  try {
    await browser.open(`${server.origin}/page`);
    if (panel) await browser.openDevTools(PANEL_TITLE);
    const addresses = { http: server.origin, ws: server.origin.replace('http', 'ws') };
    const results = await browser.inPage(byPage, { probe: String(probe), addresses });
    // The port is the one thing that differs by itself.
    return JSON.parse(results.replaceAll(new URL(server.origin).port, 'PORT'));
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Runs the probes as a script of the page's own: what a test driver runs may have other globals. Gives JSON. */
async function byPage({ probe, addresses }: { probe: string; addresses: Json }): Promise<string> {
  const script = document.createElement('script');
  script.textContent = `(${probe})(${JSON.stringify(addresses)}).then((results) => {
    const answer = document.createElement('p');
    answer.id = 'results';
    answer.textContent = JSON.stringify(results);
    document.body.append(answer);
  });`;
  const answered = new Promise<string>((resolve) => {
    new MutationObserver(() => {
      const answer = document.getElementById('results');
      if (answer) resolve(answer.textContent ?? '');
    }).observe(document.body, { childList: true });
  });
  document.head.append(script);
  return answered;
}
