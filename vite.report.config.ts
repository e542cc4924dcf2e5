import { defineConfig } from 'vite';
import { reportPageFile } from './scripts/build/report-page.ts';

/** The viewer of reports as one script and one style sheet, for browsers as old as the extension runs in. */
export default defineConfig({
  plugins: [reportPageFile()],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: 'dist/report',
    emptyOutDir: true,
    target: ['chrome120', 'firefox128'],
    sourcemap: false,
    license: { fileName: 'licenses.md' },
    // A library has no helper that loads other files.
    lib: { entry: 'panel/report/main.tsx', formats: ['iife'], name: 'report', fileName: 'viewer' },
    cssCodeSplit: false,
  },
});
