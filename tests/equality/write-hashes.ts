/** `npx tsx tests/equality/write-hashes.ts`: keeps what is said now, for `equality.test.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GROUPS, hashesOfRecorded, hashOfGroup } from './recorded.ts';

const generated = Array.from({ length: GROUPS }, (_, group) => hashOfGroup(group));
const text = JSON.stringify({ recorded: hashesOfRecorded(), generated }, null, 2);
writeFileSync(join(import.meta.dirname, 'hashes.json'), `${text}\n`);
