/** `npm run build`: the extension for both browsers and the command line, each held to its size. */
import { buildEverything } from './build/bundles.ts';

process.exitCode = buildEverything() ? 0 : 1;
