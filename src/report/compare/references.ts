/**
 * Names in a text that differ from one recording to the next without meaning anything: ids, hosts, and the tokens of a
 * redaction. A text comes apart into what is fixed and the references in it, in order.
 */

/** What stands in the fixed part where a reference was: a character that texts have no use for. */
const PLACE = '\uFFFC';

export interface ComparedText {
  /** The text with a place for each reference. */
  readonly fixed: string;
  /** Each as its class, a blank and its value; what has another class never stands for the same. */
  readonly references: readonly string[];
}

const NONE: readonly string[] = [];

/** The references in a text of any length; linear in it. */
export function comparedText(text: string): ComparedText {
  if (!mayRefer(text)) return { fixed: text, references: NONE };
  const references: string[] = [];
  const fixed = text.replace(REFERENCE, (found, token?: string, uuid?: string, scheme?: string) => {
    if (token !== undefined) {
      references.push(`token ${found}`);
      // Its kind and how long the text was are as good as words.
      return found.replace(/#\d+/, PLACE);
    }
    if (uuid !== undefined) references.push(idReference(found));
    else {
      references.push(`host ${found.slice((scheme?.length ?? 0) + 3).toLowerCase()}`);
      return `${scheme}://${PLACE}`;
    }
    return PLACE;
  });
  return { fixed, references };
}

/** A value that is one reference as a whole, such as the id of a message. */
export function wholeReference(kind: string, value: string): ComparedText {
  return { fixed: PLACE, references: [referenceOf(kind, value)] };
}

function referenceOf(kind: string, value: string): string {
  if (TOKEN.test(value)) return `token ${value}`;
  return UUID.test(value) ? idReference(value) : `${kind} ${value}`;
}

function idReference(value: string): string {
  return `id ${value.toLowerCase()}`;
}

function mayRefer(text: string): boolean {
  return text.includes('://') || text.includes('‹') || (text.length >= 36 && text.includes('-'));
}

const TOKEN = /‹[\w-]{1,40}#\d{1,12}[^›]{0,400}›/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A scheme is short: an unbounded one would be looked for again from each of its letters. */
const REFERENCE =
  /(‹[\w-]{1,40}#\d{1,12}[^›]{0,400}›)|([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|\b([a-z][a-z0-9+.-]{0,15}):\/\/[^\s/"'<>?#‹]+/gi;
