import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The file that starts a tool of node_modules, to be run by this Node: works without a shell on every system. */
export function projectTool(packageName: string, file: string): string {
  return join(PROJECT, 'node_modules', packageName, file);
}
