/** The one of `names` that a person may have meant: it holds `given`, or is at most a third of it away in edits. */
export function nearest(given: string, names: readonly string[]): string | null {
  const holds = names.filter((name) => given.length > 2 && name.includes(given));
  if (holds.length === 1) return holds[0] ?? null;
  if (given.length > 100) return null;
  const ranked = names
    .map((name) => ({ name, edits: editDistance(given, name) }))
    .sort((one, other) => one.edits - other.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= given.length / 3 ? best.name : null;
}

/** A letter left out is half an edit: people shorten words. */
const LEFT_OUT = 0.5;

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index * LEFT_OUT);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const change = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(change, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + LEFT_OUT));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
