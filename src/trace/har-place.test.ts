import { describe, expect, it } from 'vitest';
import { dialects } from '../../tests/fixtures/har/dialects.ts';
import { entryPlaces } from './har-place.ts';
import { type FilePlace, type HarEntryText, HarText } from './har-text.ts';

const read = (text: string): HarEntryText[] => new HarText().push(text);

describe('the places of an entry', () => {
  it.each(Object.entries(dialects))('of %s are those of its bodies and messages', (_, dialect) => {
    for (const space of [undefined, '\t']) {
      const text = JSON.stringify(dialect(), null, space);
      const at = ({ line, column }: FilePlace) => text.split('\n')[line - 1]?.slice(column - 1) ?? '';
      for (const entry of read(text)) {
        const { request, answer, messages } = entryPlaces(entry);
        const { value } = entry as { value: ReturnType<typeof JSON.parse> };
        for (const [place, body] of [
          [request, value.request.postData?.text],
          [answer, value.response?.content?.text],
        ] as const) {
          if (body === undefined) expect(place).toBeNull();
          else expect(at(place ?? { line: 0, column: 0 }).startsWith(JSON.stringify(body))).toBe(true);
        }
        const list = value._webSocketMessages ?? value._eventSourceMessages ?? [];
        expect(messages).toHaveLength(list.length);
        for (const place of messages) expect(at(place).charAt(0)).toBe('{');
      }
    }
  });

  it('are found behind keys and values that look like them', () => {
    const text =
      '{"log":{"entries":[{"response":{"content":{"text":"no"}},"x":"{\\"response\\":[",\n"a\\\\":{"response":1},' +
      '"response":{"t":[1,-2.5e3 ,true],"content":{"text":\n"yes"}},"request":{"postData":null}}]}}';
    expect(read(text).map(entryPlaces)).toEqual([
      { entry: { line: 1, column: 20 }, request: null, answer: { line: 3, column: 1 }, messages: [] },
    ]);
  });
});
