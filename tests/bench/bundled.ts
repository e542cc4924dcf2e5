/** Bundles a script as the command line is bundled: what is measured is what ships, not modules as a loader hands them over. */
import { basename, join } from 'node:path';
import { build } from 'vite';
import { PROJECT } from '../../scripts/project.ts';

/** The path of the bundle of `entry`, a path in the project, in `folder`. */
export async function bundled(entry: string, folder: string): Promise<string> {
  const name = `${basename(entry, '.ts')}.mjs`;
  await build({
    root: PROJECT,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      ssr: entry,
      minify: false,
      rollupOptions: { output: { format: 'es', entryFileNames: name } },
    },
    ssr: { noExternal: true, target: 'node' },
  });
  return join(folder, name);
}
