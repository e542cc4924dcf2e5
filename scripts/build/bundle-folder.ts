/** Where the built extensions lie. */
import { join } from 'node:path';
import { PROJECT } from '../project.ts';

export type Bundle = 'chrome' | 'firefox';

/** The folder of a built extension. */
export function bundleFolder(bundle: Bundle): string {
  return join(PROJECT, 'dist', bundle);
}
