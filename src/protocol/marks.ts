/**
 * The marks by which chat traffic is told from everything else. The only file of the protocol that the page hook may
 * take in, so it imports nothing and stays small. Hosts are white-labelled: what counts is the path, or the bytes.
 */

/** Parts of a URL's path. Doubled slashes come after them (`…/v1//iceservers`). */
export const CHAT_PATHS: readonly string[] = ['/clientweb/api/v1/', '/clientweb/api/v2/', '/clientweb/file/'];

/** Beginnings of event names, as they stand in a frame, a body or a stream. */
export const CHAT_MARKS: readonly string[] = ['chat_session_', 'chat_form_data_cancel'];

/** How many characters from the start of a text are searched for a mark. */
export const MARK_WINDOW = 65_536;

/** True if the path of an absolute or relative URL is the protocol's. What the query holds does not count. */
export function isChatUrl(url: string): boolean {
  const path = (url.split('#', 1)[0] ?? '').split('?', 1)[0] ?? '';
  return CHAT_PATHS.some((mark) => path.includes(mark));
}

/** True if an event name begins somewhere in the first `MARK_WINDOW` characters. */
export function hasChatMark(text: string): boolean {
  const head = text.length > MARK_WINDOW ? text.slice(0, MARK_WINDOW) : text;
  return CHAT_MARKS.some((mark) => head.includes(mark));
}
