import { chmodSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import { reportPageModule } from './scripts/build/report-page.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** The command line as one file that runs with Node alone. */
export default defineConfig({
  define: { 'process.env.CHAT_INSPECTOR_VERSION': JSON.stringify(version) },
  build: {
    outDir: 'dist/cli',
    target: 'node20',
    ssr: 'src/cli/main.ts',
    minify: false,
    // The licences of the bundled packages ask to go with every copy.
    license: { fileName: 'licenses.md' },
    rollupOptions: {
      output: {
        format: 'es',
        codeSplitting: false,
        entryFileNames: 'chat-inspector.js',
        banner: '#!/usr/bin/env node',
      },
    },
  },
  ssr: { noExternal: true, target: 'node' },
  plugins: [
    reportPageModule(),
    {
      name: 'executable',
      writeBundle: () => chmodSync(new URL('dist/cli/chat-inspector.js', import.meta.url), 0o755),
    },
  ],
});
