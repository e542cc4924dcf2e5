import { parseArgs } from 'node:util';
import { startDemo } from './demo.ts';

/** `tsx demo/main.ts [--port N] [--scenario NAME] [--pace MS] [--log FILE]`: runs until it is told to stop. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    scenario: { type: 'string', default: 'ordinary' },
    pace: { type: 'string', default: '400' },
    log: { type: 'string' },
  },
});

try {
  const demo = await startDemo({
    port: Number(values.port),
    scenario: values.scenario,
    pace: Number(values.pace),
    ...(values.log === undefined ? {} : { logFile: values.log }),
  });
  process.stdout.write(`${JSON.stringify({ ready: true, url: demo.url, widgetOrigin: demo.apiOrigin })}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      demo.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  process.stderr.write(`The demo cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
