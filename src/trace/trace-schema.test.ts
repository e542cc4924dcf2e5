import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { traceLineSchema } from './trace-schema.ts';

/** To write it again: npx tsx -p "JSON.stringify(require('./src/trace/trace-schema.ts').traceLineSchema())" and format it. */
it('docs/trace.schema.json is what the reader checks', () => {
  const written = readFileSync(new URL('../../docs/trace.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(written)).toEqual(traceLineSchema());
});
