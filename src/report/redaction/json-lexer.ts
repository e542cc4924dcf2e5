/** Strings of JSON in a text. */

/** Behind the closing quote of the string that opens at `at`; -1 where it is cut off. */
export function stringEnd(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1);
  while (quote !== -1) {
    let slashes = quote - 1;
    while (slashes > at && text[slashes] === '\\') slashes -= 1;
    if ((quote - slashes) % 2 === 1) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return -1;
}

/** What a string with its quotes says; null where it is no JSON string. */
export function decodedString(text: string, start: number, end: number): string | null {
  try {
    const value: unknown = JSON.parse(text.slice(start, end));
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
