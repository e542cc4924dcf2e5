/** The trace format as a JSON Schema of one line, for programs that read or write it (`docs/trace.schema.json`). */
import * as z from 'zod/mini';
import { headerSchema } from './ndjson.ts';
import { observationSchema } from './observation-schema.ts';

/** JSON Schema 2020-12 of a line: the header, which is the first, or an observation. */
export function traceLineSchema(): object {
  const options = { io: 'input', target: 'draft-2020-12' } as const;
  const { $schema, ...header } = z.toJSONSchema(headerSchema, options);
  const { $schema: _, ...observation } = z.toJSONSchema(observationSchema, options);
  return {
    $schema,
    title: 'A line of a Chat Inspector trace',
    description:
      'The first line is the header, every other line an observation. Keys that are not listed may be there and are ignored.',
    oneOf: [
      { title: 'Header', ...header },
      { title: 'Observation', ...observation },
    ],
  };
}
