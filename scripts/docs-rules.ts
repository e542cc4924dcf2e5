/** Writes docs/rules.md, the table of rules, from their declarations: `npm run docs:rules`. */
import { writeFileSync } from 'node:fs';
import { rulesDocument } from '../src/analysis/rules/rules-document.ts';

writeFileSync(new URL('../docs/rules.md', import.meta.url), rulesDocument());
