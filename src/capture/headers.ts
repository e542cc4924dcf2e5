/** Picks the headers that are captured, and masks what is secret in them. */
import { CAPTURED_ANSWER_HEADERS, CAPTURED_REQUEST_HEADERS } from '../observation/captured-headers.ts';
import type { Header } from '../observation/observation.ts';
import { PLAIN_WORDS } from '../protocol/marks.ts';
import { keptUrl } from './address.ts';
import { indexOf, lowerCase, privateList, slice, uncurry } from './natives.ts';

const trim: (text: string) => string = uncurry(String.prototype.trim);

/** The header as it may be captured, or null. */
export function requestHeader(name: string, value: string): Header | null {
  const known = lowerCase(name);
  if (!includes(CAPTURED_REQUEST_HEADERS, known)) return null;
  return [name, known === 'authorization' ? maskAuthorization(value) : value];
}

const getHeader: (headers: unknown, name: string) => string | null = uncurry(Headers.prototype.get);

/** The captured ones of an answer's `Headers`. */
export function answerHeadersOf(given: Headers): Header[] {
  const headers: Header[] = privateList();
  for (let i = 0; i < CAPTURED_ANSWER_HEADERS.length; i++) {
    const name = CAPTURED_ANSWER_HEADERS[i] ?? '';
    const value = getHeader(given, name);
    if (value !== null) headers[headers.length] = [name, name === 'location' ? keptUrl(value) : value];
  }
  return headers;
}

/** The captured ones of a block of header lines as XMLHttpRequest gives them: names in lower case. */
export function answerHeaders(block: string): Header[] {
  const headers: Header[] = privateList();
  const lines = `\r\n${block}`;
  for (let i = 0; i < CAPTURED_ANSWER_HEADERS.length; i++) {
    const name = CAPTURED_ANSWER_HEADERS[i] ?? '';
    const at = indexOf(lines, `\r\n${name}:`);
    if (at < 0) continue;
    const from = at + name.length + 3;
    const end = indexOf(lines, '\r\n', from);
    const value = trim(slice(lines, from, end < 0 ? lines.length : end));
    headers[headers.length] = [name, name === 'location' ? keptUrl(value) : value];
  }
  return headers;
}

/** Media type without parameters, in lower case; '' where there is none. */
export function mediaType(headers: readonly Header[]): string {
  const type = headerValue(headers, 'content-type');
  const semicolon = indexOf(type, ';');
  return trim(lowerCase(semicolon < 0 ? type : slice(type, 0, semicolon)));
}

/** The value of a header by its name in lower case; '' where there is none. */
export function headerValue(headers: readonly Header[], name: string): string {
  for (let i = 0; i < headers.length; i++) {
    const header = headers[i];
    if (header && lowerCase(header[0]) === name) return header[1];
  }
  return '';
}

/** Media types whose bodies are words. */
export function isText(type: string): boolean {
  return type === '' || indexOf(type, 'text/') === 0 || indexOf(type, 'json') > 0;
}

/** Media types of files that may name events without being chat: the scripts of a widget above all. */
export function isPageFile(type: string): boolean {
  return indexOf(type, 'html') >= 0 || indexOf(type, 'css') >= 0 || indexOf(type, 'javascript') >= 0;
}

/** Media types of bodies that are read as they arrive, not when they end. */
export function isStreaming(type: string): boolean {
  return (
    type === 'text/event-stream' ||
    indexOf(type, 'ndjson') >= 0 ||
    indexOf(type, 'jsonl') >= 0 ||
    indexOf(type, 'stream+json') >= 0
  );
}

/**
 * Keeps scheme, parameter names, quoting and words that are no secret (`PLAIN_WORDS` of the protocols);
 * every other value becomes `***`: `SCHEME appId="***", clientId="***"`.
 */
export function maskAuthorization(value: string): string {
  const space = indexOf(value, ' ');
  if (space < 0) return '***';
  let masked = slice(value, 0, space + 1);
  let at = space + 1;
  while (at < value.length) {
    const comma = endOfParameter(value, at);
    masked += maskParameter(slice(value, at, comma));
    if (comma < value.length) masked += ',';
    at = comma + 1;
  }
  return masked;
}

/** The next comma that is not inside quotes. */
function endOfParameter(value: string, from: number): number {
  let quoted = false;
  for (let i = from; i < value.length; i++) {
    if (value[i] === '"') quoted = !quoted;
    else if (value[i] === ',' && !quoted) return i;
  }
  return value.length;
}

function maskParameter(parameter: string): string {
  const equals = indexOf(parameter, '=');
  // No `name=value`: a token, such as that of `Bearer`. Padding at its end is no parameter either.
  if (equals < 0 || trim(slice(parameter, equals)) === '=' || trim(slice(parameter, equals)) === '==')
    return '***';
  const name = slice(parameter, 0, equals + 1);
  const text = trim(slice(parameter, equals + 1));
  const opened = text[0] === '"';
  const closed = text.length > 1 && text[text.length - 1] === '"';
  const inner = slice(text, opened ? 1 : 0, closed ? text.length - 1 : text.length);
  const kept = includes(PLAIN_WORDS, lowerCase(inner)) ? inner : '***';
  return `${name}${opened ? '"' : ''}${kept}${closed ? '"' : ''}`;
}

/** Looks at own elements only, which a page cannot reach. */
function includes(list: readonly string[], name: string): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === name) return true;
  return false;
}
