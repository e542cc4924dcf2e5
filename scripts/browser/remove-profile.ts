import { rmSync } from 'node:fs';
import { until } from './until.ts';

/**
 * Removes the folder of a browser that has ended. Processes of its own that end a moment later may still write into it,
 * and a folder that something was written to meanwhile cannot be removed: then once more. Rejects if it never goes.
 */
export async function removeProfile(folder: string): Promise<void> {
  await until('the folder of the browser to be removed', () => {
    rmSync(folder, { recursive: true, force: true });
    return true;
  });
}
