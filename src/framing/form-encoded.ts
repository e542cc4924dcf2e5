/** Form-encoded bodies (`a=1&payload=%7B…%7D`): each value that may hold JSON is a content. */
import { type Part, type TextFraming, tellsOf } from './layer.ts';

const NAME = 'form-encoded';
const FIRST_PAIR = /^[\w.\-~%+[\]*!']{1,200}=/;

export const formEncoded: TextFraming = {
  name: NAME,
  split: (text) => {
    if (!FIRST_PAIR.test(text)) return null;
    const parts: Part[] = [];
    let start = 0;
    while (start < text.length) {
      const next = text.indexOf('&', start);
      const end = next < 0 ? text.length : next;
      const equals = text.indexOf('=', start);
      if (equals > start && equals < end) {
        const name = decoded(text.slice(start, equals));
        const value = decoded(text.slice(equals + 1, end));
        if (name === null || value === null) return null;
        const tells = tellsOf(NAME, { name, namespace: undefined, id: undefined, topic: undefined });
        const form = value === text.slice(equals + 1, end) ? 'same' : 'whole';
        parts.push({ kind: 'content', text: value, start: equals + 1, end, form, path: [name], tells });
      }
      start = end + 1;
    }
    return parts.length > 0 ? parts : null;
  },
};

/** Null where the percent signs are no encoding. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
