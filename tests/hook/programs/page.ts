import type { InspectedBrowser } from '../../../scripts/browser/inspected-browser.ts';
import type { HookServer } from '../server.ts';
import { runPrograms } from './programs.ts';

/** A browser, and the server whose page it shows. */
export interface Side {
  readonly browser: InspectedBrowser;
  readonly server: HookServer;
}

/** Runs programs in the page that is open; gives what each of them saw. */
export async function runInPage(
  { browser, server }: Side,
  which: number,
  seeds: readonly number[],
): Promise<string[][]> {
  const asked = {
    addresses: { http: server.origin, ws: server.origin.replace('http', 'ws') },
    programs: seeds.map((seed) => ({ which, seed })),
  };
  const logs = await browser.inPage(byPage, { run: String(runPrograms), asked });
  // The port differs by itself, and what separates the fields of a form.
  const { port } = new URL(server.origin);
  return JSON.parse(
    logs.replaceAll(port, 'PORT').replaceAll(/-+(WebKit|gecko)FormBoundary\w+/gi, 'BOUNDARY'),
  );
}

/** As a script of the page's own: what a test driver runs may have other globals. Gives JSON. */
async function byPage({ run, asked }: { run: string; asked: unknown }): Promise<string> {
  const answered = new Promise<string>((resolve) => {
    document.addEventListener('answered', (event) => resolve((event as CustomEvent<string>).detail), {
      once: true,
    });
  });
  const script = document.createElement('script');
  script.textContent = `(${run})(${JSON.stringify(asked)}).then((logs) => {
    document.dispatchEvent(new CustomEvent('answered', { detail: JSON.stringify(logs) }));
  });`;
  document.head.append(script);
  return answered;
}
