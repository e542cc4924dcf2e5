/**
 * A user's pattern for URLs: `*` stands for any text, and the parts between must follow each other. No regular expression,
 * so that none can hang.
 */
export function fitsPattern(url: string, pattern: string): boolean {
  let at = 0;
  for (const part of pattern.split('*')) {
    const found = url.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
