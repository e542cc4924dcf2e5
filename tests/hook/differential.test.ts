import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { LAUNCH_DEFAULTS } from '../../scripts/browser/inspected-browser.ts';
import { bundleFolder } from '../../scripts/build/bundles.ts';
import { probe } from './probes.ts';
import { startHookServer } from './server.ts';

type Results = Record<string, unknown>;

/** What cannot be hidden, exactly; the list is that of docs/browsers.md. */
const VISIBLE: Readonly<Record<string, (native: unknown, tapped: unknown) => void>> = {
  'descriptors of EventSource.prototype': (native, tapped) => {
    const own = 'addEventListener: value function true true true addEventListener/2';
    expect([...list(tapped)].sort()).toEqual([...list(native), own].sort());
  },
  'cannot be hidden: source texts': (native, tapped) => {
    expect(list(native)[0]).toBe('function fetch() { [native code] }');
    expect(tapped).toEqual(list(native).map(() => 'function () { [native code] }'));
  },
  'cannot be hidden: stack frames': (native, tapped) => {
    expect(tapped).toEqual(list(native).map((frames) => Number(frames) + 1));
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

  beforeAll(async () => {
    native = await probed(emptyExtension());
    tapped = await probed(bundleFolder('chrome'));
  });

  test('every probe answered', () => {
    expect(Object.keys(tapped)).toEqual(Object.keys(native));
    expect(Object.keys(native).length).toBeGreaterThan(30);
    const silent = Object.entries(native).filter(([, result]) => result === 'no answer');
    expect(silent).toEqual([]);
  });

  test('nothing differs but what is listed', () => {
    for (const [name, result] of Object.entries(native)) {
      const visible = VISIBLE[name];
      if (visible) visible(result, tapped[name]);
      else expect.soft(tapped[name], name).toEqual(result);
    }
  });
});

/** Runs the probes on a page, with the panel closed, in a browser with one extension. */
async function probed(extension: string): Promise<Results> {
  const server = await startHookServer();
  const browser = await launchChromium({ ...LAUNCH_DEFAULTS, extension });
  try {
    await browser.open(`${server.origin}/page`);
    const results = await browser.inPage(probe, {
      http: server.origin,
      ws: server.origin.replace('http', 'ws'),
    });
    // The port is the one thing that differs by itself.
    return JSON.parse(JSON.stringify(results).replaceAll(new URL(server.origin).port, 'PORT'));
  } finally {
    await browser.close();
    await server.close();
  }
}

function emptyExtension(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-empty-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ manifest_version: 3, name: 'Nothing', version: '1' }),
  );
  return folder;
}
