/** Replacements of slices of a text: what lies between them stays byte for byte. */

/** `[start, end)` of the text becomes `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with the edits made. They are in order and do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** The same edits of a text in which theirs begins at `offset`. */
export function moved(edits: readonly Edit[], offset: number): Edit[] {
  return edits.map(({ start, end, text }) => ({ start: start + offset, end: end + offset, text }));
}

/**
 * The parts of an edited text that came of the parts of the text: a replacement belongs to the part in which it begins.
 * `ends`: where each part of the text ends, in order.
 */
export function editedParts(text: string, edits: readonly Edit[], ends: readonly number[]): string[] {
  const parts: string[] = [];
  let at = 0;
  let next = 0;
  for (const end of ends) {
    const pieces: string[] = [];
    for (let edit = edits[next]; edit !== undefined && edit.start < end; edit = edits[next]) {
      pieces.push(text.slice(at, edit.start), edit.text);
      at = edit.end;
      next += 1;
    }
    if (at < end) {
      pieces.push(text.slice(at, end));
      at = end;
    }
    parts.push(pieces.join(''));
  }
  return parts;
}
