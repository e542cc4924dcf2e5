/**
 * A text with its escapes undone, and where each character of it stands in the text: percent-encoding, references of
 * HTML and escapes of JSON, also of one in the other.
 */

export interface DecodedView {
  readonly text: string;
  /** Where the character at a place begins in the text as it was; one more entry than characters. */
  readonly places: readonly number[];
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  period: '.',
  lowbar: '_',
};
const ESCAPE =
  /(?:%[0-9a-f]{2})+|&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));|\\u([0-9a-f]{4})|\\(["\\/bfnrt])/gi;
const LAYERS = 4;

/** Null where the text has no escapes. All characters of one escape, or of a run of bytes, stand at its beginning. */
export function decodedView(text: string): DecodedView | null {
  const first = undone(text);
  if (first === null) return null;
  let view = first;
  for (let layer = 1; layer < LAYERS; layer += 1) {
    const next = undone(view.text);
    if (next === null) break;
    const { places } = view;
    view = { text: next.text, places: next.places.map((place) => places[place] ?? 0) };
  }
  return view;
}

function undone(text: string): DecodedView | null {
  if (!/[%&\\]/.test(text)) return null;
  let out = '';
  const places: number[] = [];
  let at = 0;
  let found = false;
  const copy = (end: number) => {
    for (let place = at; place < end; place += 1) places.push(place);
    out += text.slice(at, end);
  };
  for (const match of text.matchAll(ESCAPE)) {
    const decoded = decodedEscape(match);
    if (decoded === null) continue;
    found = true;
    copy(match.index);
    for (let unit = 0; unit < decoded.length; unit += 1) places.push(match.index);
    out += decoded;
    at = match.index + match[0].length;
  }
  if (!found) return null;
  copy(text.length);
  places.push(text.length);
  return { text: out, places };
}

function decodedEscape(match: RegExpMatchArray): string | null {
  const [whole, decimal, hex, named, unicode, short] = match;
  if (whole.startsWith('%')) {
    try {
      return decodeURIComponent(whole);
    } catch {
      return whole.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      );
    }
  }
  if (named !== undefined) return NAMED[named.toLowerCase()] ?? null;
  if (short !== undefined) return { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[short] ?? short;
  const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? unicode ?? '0', 16);
  return code > 0x10ffff ? null : String.fromCodePoint(code);
}

/** A slice of a view as a slice of the text as it was: an escape that it touches is in it whole. */
export function placeIn({ places }: DecodedView, start: number, end: number): readonly [number, number] {
  const last = places[end - 1] ?? 0;
  let behind = end;
  while (behind < places.length - 1 && (places[behind] ?? 0) <= last) behind += 1;
  return [places[start] ?? 0, places[behind] ?? last + 1];
}
