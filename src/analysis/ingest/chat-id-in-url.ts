/** What a relay's URL says of the chat: a customer's own paths say nothing of the protocol, but often carry an id. */

/** The key of the chat that a URL names, the same for every URL that names it; null where it names none. */
export function chatToken(url: string): string | null {
  const head = url.slice(0, LONGEST);
  const [, authority = '', path = '', query = ''] = URL_PARTS.exec(head) ?? [];
  const parameters = query === '' ? [] : parametersOf(query);
  for (const names of [CHAT_PARAMETERS, SESSION_PARAMETERS]) {
    for (const { plain, value } of parameters) {
      if (names.has(plain) && isId(value)) return keyOf(value, authority);
    }
  }
  if (!ANY_UUID.test(head)) return null;
  const segments = path.split('/');
  const inPath = segments.findIndex(
    (segment, at) => WHOLE_UUID.test(segment) && !ANOTHERS_ID.test(plainName(segments[at - 1] ?? '')),
  );
  if (inPath !== -1) return keyOf(segments[inPath] ?? '', authority);
  const other = parameters.find(({ plain, value }) => WHOLE_UUID.test(value) && !ANOTHERS_ID.test(plain));
  return other === undefined ? null : keyOf(other.value, authority);
}

interface Parameter {
  /** The name, however its words are put together. */
  readonly plain: string;
  readonly value: string;
}

/** Of a query without escapes, as most are, `URLSearchParams` would only split it, at many times the cost. */
function parametersOf(query: string): readonly Parameter[] {
  if (!PLAIN_QUERY.test(query)) {
    return [...new URLSearchParams(query)].map(([name, value]) => ({ plain: plainName(name), value }));
  }
  const parameters: Parameter[] = [];
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    parameters.push({ plain: plainName(name), value: equals < 0 ? '' : pair.slice(equals + 1) });
  }
  return parameters;
}

/** Every UUID in a URL, as it is written. */
export function uuidsIn(url: string): string[] {
  return url.slice(0, LONGEST).match(UUIDS) ?? [];
}

/** Host and port of a URL: a relay's socket and its HTTP calls have them in common. */
export function authorityOf(url: string): string {
  return URL_PARTS.exec(url.slice(0, LONGEST))?.[1] ?? '';
}

const LONGEST = 4096;
/** What stands for itself in a query. */
const PLAIN_QUERY = /^[\w.~:/,;@&=-]*$/;
const URL_PARTS = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i;
const UUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const ANY_UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const WHOLE_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CHAT_PARAMETERS = new Set(['chat', 'chatid', 'chatsession', 'chatsessionid']);
const SESSION_PARAMETERS = new Set(['conversation', 'conversationid', 'session', 'sessionid', 'sid']);
/** What an id may be of instead: the customer's installation, somebody, or this one request. */
const ANOTHERS_ID =
  /^(?!.*(?:chat|session|conversation)).*(?:^_|nonce|request|trace|correlation|cache|rand|tenant|app|client|user|visitor|device|token|ticket|key|auth|org|account|site|widget|^v$|^t$|^ts$)/;
/** A parameter that switches something is no id. */
const SWITCH = /^(true|false|on|off|yes|no|0|1)?$/i;

function plainName(name: string): string {
  const lower = name.toLowerCase();
  return JOINED.test(lower) ? lower.replaceAll(/(?!^)[-_]/g, '') : lower;
}

const JOINED = /[-_]/;

const isId = (value: string): boolean => value.length <= 200 && !SWITCH.test(value);

/** A UUID is the same chat wherever it is seen; any other id only at its own host. */
function keyOf(id: string, authority: string): string {
  return WHOLE_UUID.test(id) ? id.toLowerCase() : `${authority.toLowerCase()} ${id}`;
}
