/** `npm run build`: the extension for both browsers and the command line, each held to its size. */
import { buildEverything } from './build/bundles.ts';

try {
  process.exitCode = buildEverything() ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
