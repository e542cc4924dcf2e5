import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObservation, tidied } from '../observation/shape.ts';
import { anyObservation, nearlyObservation } from '../observation/testing/any-observation.ts';
import { observationSchema } from './observation-schema.ts';

describe('the check that everything passes and the schema that is published agree', () => {
  it('on what fits', () => {
    fc.assert(
      fc.property(anyObservation, (observation) => {
        expect(isObservation(observation)).toBe(true);
        expect(tidied(observation)).toBe(observation);
        expect(observationSchema.safeParse(observation).data).toEqual(observation);
      }),
    );
  });

  it('on what nearly fits, and on what of it is kept', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyObservation, fc.jsonValue()), (value) => {
        const read = observationSchema.safeParse(value);
        // A document of version 1, which has no origin, is given one by the schema alone.
        if (read.success && read.data.kind === 'document' && !hasOrigin(value)) return;
        expect(isObservation(value)).toBe(read.success);
        if (!isObservation(value)) return;
        const text = JSON.stringify(tidied(value));
        expect(JSON.parse(text)).toEqual(tidied(value));
        expect(Object.keys(tidied(value)).sort()).toEqual(Object.keys(read.data ?? {}).sort());
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(read.data)));
      }),
      { numRuns: 3_000 },
    );
  });
});

const hasOrigin = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'origin' in value;
