/** `npm run dev`: builds dist/chrome again on every change. Reload the extension in the browser to see it. */
import { spawn } from 'node:child_process';
import { buildReportPage } from './build/bundles.ts';
import { PROJECT, projectTool } from './project.ts';

buildReportPage();

const watch = spawn(process.execPath, [projectTool('vite', 'bin/vite.js'), 'build', '--watch'], {
  cwd: PROJECT,
  stdio: 'inherit',
});
watch.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => watch.kill(signal));
