/** Writes `docs/protocol.md` from the declarations: `npm run docs:protocol`. */
import { writeFile } from 'node:fs/promises';
import { reference } from '../src/protocol/bright-pattern/reference.ts';

await writeFile(new URL('../docs/protocol.md', import.meta.url), reference());
