/** What kind of file a text is, from its beginning. */

/** As much of a text as tells its kind. */
export const HEAD_CHARS = 4096;

/**
 * `trace`: a Chat Inspector trace (one that may be damaged). `json`: may be a HAR. `empty`: nothing but white space.
 * `other`: neither. `head` is the text's beginning, at least {@link HEAD_CHARS} of it where there is as much.
 */
export function textKind(head: string): 'trace' | 'json' | 'empty' | 'other' {
  const start = head.replace(/^\uFEFF?\s*/, '');
  if (start === '') return 'empty';
  const firstLine = start.split('\n', 1)[0] ?? '';
  if (/"format"\s*:\s*"chat-inspector-trace"/.test(firstLine)) return 'trace';
  return start.startsWith('{') || start.startsWith('[') ? 'json' : 'other';
}

/** True if the bytes begin like a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
