import { readFileSync } from 'node:fs';
import { startDemo } from '/work/main/demo/demo.ts';
import { launchChromium } from '/work/main/scripts/browser/chromium.ts';
import { LAUNCH_DEFAULTS } from '/work/main/scripts/browser/inspected-browser.ts';

const demo = await startDemo({ pace: 0 });
const b = await launchChromium({
  ...LAUNCH_DEFAULTS,
  extension: process.env.EXT ?? '/work/main/dist/chrome',
});
try {
  await b.open(`${demo.url}?auto=1&scenario=ordinary&transports=${process.argv[2] ?? 'ws'}`);
  const t0 = Date.now();
  while (
    !(await b.inPage(() => document.documentElement.dataset.done === 'true', null)) &&
    Date.now() - t0 < 15000
  )
    await new Promise((r) => setTimeout(r, 100));
  const panel = await b.openDevTools('Chat');
  await new Promise((r) => setTimeout(r, 2500));
  console.log('status', await panel.text({ role: 'status' }).catch((e) => e.message));
  const d = await panel.download({ role: 'button', name: 'Export' });
  for (const line of readFileSync(d.path, 'utf8').split('\n').slice(0, 80)) {
    if (!line) continue;
    const o = JSON.parse(line);
    console.log(
      o.documentId?.slice(0, 4),
      o.frame,
      o.seq,
      o.kind,
      o.of ?? '',
      o.direction ?? o.phase ?? o.method ?? o.status ?? o.role ?? '',
      (o.url ?? '').slice(-50),
      (o.payload?.data ?? o.body?.data ?? '').slice(0, 90),
    );
  }
  console.log(await b.uncaughtErrors());
} finally {
  await b.close();
  await demo.close();
}
process.exit(0);
