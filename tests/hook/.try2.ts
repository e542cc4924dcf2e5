import { readFileSync } from 'node:fs';
import { startDemo } from '/work/main/demo/demo.ts';
import { launchChromium } from '/work/main/scripts/browser/chromium.ts';
import { LAUNCH_DEFAULTS } from '/work/main/scripts/browser/inspected-browser.ts';

const demo = await startDemo({ log: false });
const b = await launchChromium({
  ...LAUNCH_DEFAULTS,
  extension: process.env.EXT ?? '/work/main/dist/chrome',
});
try {
  await b.open(`${demo.url}?transports=ws`);
  const n = Number(process.argv[2] ?? 6000);
  const t0 = Date.now();
  console.log(
    await b.inPage(
      (count) =>
        new Promise<number>((resolve) => {
          const socket = new WebSocket(`ws://${location.host}/rt?flood=${count}`);
          let messages = 0;
          socket.addEventListener('message', () => {
            messages += 1;
          });
          socket.addEventListener('close', () => resolve(messages));
        }),
      n,
    ),
    Date.now() - t0,
  );
  const panel = await b.openDevTools('Chat');
  for (let i = 0; i < 5; i++) {
    await new Promise((r) => setTimeout(r, 1000));
    console.log('status', await panel.text({ role: 'status' }).catch((e) => e.message));
  }
  const d = await panel.download({ role: 'button', name: 'Export' });
  const lines = readFileSync(d.path, 'utf8').split('\n');
  console.log(lines.length);
  for (const line of [...lines.slice(0, 8), ...lines.slice(-5)]) {
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
      o.from,
      o.to,
    );
  }
  console.log(await b.uncaughtErrors());
} finally {
  await b.close();
  await demo.close();
}
process.exit(0);
