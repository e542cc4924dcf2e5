/** `npm run lint:addon`: holds dist/chrome and dist/firefox, as built last, against the rules of both stores. */
import { lintAddon } from './checks/lint-addon.ts';

process.exitCode = lintAddon() ? 0 : 1;
