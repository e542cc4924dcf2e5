import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Says in a built script, by a source map of its own, that debuggers may pass over it. Chrome's DevTools then name the
 * page's script, not ours, as the initiator of a request and in the Console, and step over it.
 */
export function ignoreListed(file: string): Plugin {
  let folder = '';
  return {
    name: 'ignore-listed',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir);
    },
    // Only now: the extension's plugin builds its content scripts by themselves and adds them as finished files.
    writeBundle: () => {
      const path = join(folder, file);
      writeFileSync(path, `${readFileSync(path, 'utf8').trimEnd()}\n${MAP_COMMENT}\n`);
    },
  };
}

/** One mapping is enough for the whole of a script. */
const MAP = { version: 3, sources: ['hook'], names: [], mappings: 'AAAA', ignoreList: [0] };
const MAP_COMMENT = `//# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(MAP))}`;
