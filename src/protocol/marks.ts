/**
 * The marks of all protocols, by which chat traffic is told from everything else: each protocol's own, joined (those of the
 * only one as they are: the hook has no byte to spare). The only file of the protocols that the page hook may take in, so it
 * imports nothing but these.
 */
import { BEGINNINGS, EVENTS, PATHS } from './bright-pattern/marks.ts';

/**
 * `PATHS`: parts of a URL's path. `EVENTS`: every event's name and who says it. `PLAIN_WORDS`: values in an Authorization
 * header that are no secret, in lower case.
 */
export { EVENTS, PATHS, PLAIN_WORDS } from './bright-pattern/marks.ts';

/** Who says something: the client in requests and in what it sends, the server in answers and in what comes. */
export type Speaker = 'client' | 'server';

/** How many characters from the start of a text are searched for a name. */
export const MARK_WINDOW = 65_536;

/** True if the path of an absolute or relative URL is the protocol's. What the query holds does not count. */
export function isChatUrl(url: string): boolean {
  const path = (url.split('#', 1)[0] ?? '').split('?', 1)[0] ?? '';
  return PATHS.some((mark) => path.includes(mark));
}

/** How a text is searched and cut: the hook has copies of its own. */
export interface TextTools {
  readonly indexOf: (text: string, part: string, from?: number) => number;
  readonly slice: (text: string, from: number, to?: number) => string;
}

/**
 * True if the text names an event that this speaker says: by its exact name, which stands as a whole string of JSON,
 * however often that was escaped or percent-encoded, or as the type of a server-sent event. What the other side says is only quoted here: in logs, error reports, analytics.
 * @param names `EVENTS`; the hook gives it without a prototype
 */
export function namesEventWith(
  { indexOf, slice }: TextTools,
  names: typeof EVENTS,
  text: string,
  speaker: Speaker,
): boolean {
  let to = 0;
  for (let i = 0; i < BEGINNINGS.length; i++) {
    const beginning = BEGINNINGS[i] ?? '';
    for (let at = indexOf(text, beginning); at >= 0; at = indexOf(text, beginning, to)) {
      to = at + beginning.length;
      while (isNameLetter(text[to])) to++;
      const said = names[slice(text, at, to)];
      if ((said === speaker || said === 'both') && isWhole(at)) return true;
    }
  }
  return false;

  /** Behind its end stands what stands before its beginning: `"`, `\"`, `\u0022`, `%22`, `%5C%22` …, up to 300 letters: a quote may be escaped, and that again. */
  function isWhole(from: number): boolean {
    const next = text[to];
    if (next === '"' || next === '\\' || next === '%') {
      let length = 1;
      for (let last: string | undefined = next; last !== '"' && length < 300; last = text[to + length++])
        if (last === '2' && text[to + length] === '2') {
          length++;
          break;
        }
      const before = from - length;
      return (
        before >= 0 && text[before - 1] !== '\\' && slice(text, before, from) === slice(text, to, to + length)
      );
    }
    const before = slice(text, from > 8 ? from - 8 : 0, from);
    const field = indexOf(before, 'event:');
    const rest = slice(before, field + 6);
    return (
      field >= 0 && (rest === '' || rest === ' ') && (before[field - 1] ?? '\n') < ' ' && (next ?? '\n') < ' '
    );
  }
}

/** `namesEventWith` of the first `MARK_WINDOW` characters of this world's own texts. */
export function namesEvent(text: string, speaker: Speaker): boolean {
  const tools: TextTools = {
    indexOf: (whole, part, from) => whole.indexOf(part, from),
    slice: (whole, from, to) => whole.slice(from, to),
  };
  const head = text.length > MARK_WINDOW ? text.slice(0, MARK_WINDOW) : text;
  return namesEventWith(tools, EVENTS, head, speaker);
}

function isNameLetter(letter = ''): boolean {
  return (letter >= 'a' && letter <= 'z') || letter === '_';
}
