import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elementSlices } from '../../text/json-text.ts';
import { compactBounds } from './compact-list.ts';

/** The bounds of the list in a text, as a carriage asks for them. */
function bounds(text: string): number[] | null {
  const value: unknown = JSON.parse(text);
  const list = Array.isArray(value) ? value : (value as { readonly events: unknown[] }).events;
  return compactBounds(text, value, list, 'events');
}

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('},{"', '\\', '"', ''));
const element = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(text, text) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
);

test('says of any list what a look at every character says, or nothing', () => {
  const shown = fc.tuple(fc.array(element, { maxLength: 4 }), fc.boolean(), fc.constantFrom(0, 0, 1));
  fc.assert(
    fc.property(shown, ([list, bare, space]) => {
      const written = JSON.stringify(bare ? list : { events: list }, null, space);
      const told = bounds(written);
      if (told !== null) expect(told).toEqual(elementSlices(written, 'events')?.slices.flat());
    }),
    { numRuns: 2_000 },
  );
});

test('tells the elements of a list as servers write it', () => {
  expect(bounds('{"events":[{"event":"a"},{"event":"b","msg":"x"}]}')).toEqual([11, 24, 25, 48]);
  expect(bounds('[{"event":"a"},{"":""}]')).toEqual([1, 14, 15, 22]);
});

test('says nothing where a length could have come about in another way', () => {
  for (const written of [
    '{"events":[{"event":"a" }]}',
    '{"events":[{"event":"\\u0061"}]}',
    '{"events":[{"event":"a","event":"a"}]}',
    '{"events":[{"event":"a"}],"more":""}',
    '{"events":[{"event":"a","count":1}]}',
    '{"events":[]}',
    '{"events":[1]}',
    '{"events":[1],"events":[{"event":"a"}]}',
  ]) {
    expect(bounds(written), written).toBeNull();
  }
});
