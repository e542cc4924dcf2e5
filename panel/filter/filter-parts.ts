/** Text of the filter beside which another part is put. */

/** The text with an `or` in it in brackets, so that a part beside it holds for all of it. */
export function asOnePart(filter: string): string {
  return /(^|\s)or(\s|$)/i.test(filter) && !isGrouped(filter) ? `(${filter})` : filter;
}

function isGrouped(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  return [...text].every((char, at) => {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    return depth > 0 || at === text.length - 1;
  });
}
