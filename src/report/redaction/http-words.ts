/** Words of HTTP, of browsers and of our own capture, which say nothing of a person. */

/** The reason phrases, which say nothing that the status does not. */
export const STATUS_TEXTS: ReadonlySet<string> = new Set(
  `|Continue|Switching Protocols|Early Hints|OK|Created|Accepted|Non-Authoritative Information|No Content|Reset Content|Partial Content|Multiple Choices|Moved Permanently|Found|See Other|Not Modified|Temporary Redirect|Permanent Redirect|Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Not Acceptable|Proxy Authentication Required|Request Timeout|Conflict|Gone|Length Required|Precondition Failed|Payload Too Large|Content Too Large|URI Too Long|Unsupported Media Type|Range Not Satisfiable|Expectation Failed|I'm a Teapot|Misdirected Request|Unprocessable Entity|Unprocessable Content|Locked|Failed Dependency|Too Early|Upgrade Required|Precondition Required|Too Many Requests|Request Header Fields Too Large|Unavailable For Legal Reasons|Internal Server Error|Not Implemented|Bad Gateway|Service Unavailable|Gateway Timeout|HTTP Version Not Supported|Service Unavailable`.split(
    '|',
  ),
);

export const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'CONNECT',
  'TRACE',
]);
/** Notes of payloads in the words of our capture. */
export const NOTE =
  /^(?:(?:opaque|parsed|json|form|data|url|search|params|document|stream|blob|file|not|chat|heartbeat|handshake|acknowledgement|close|error|in|the|too|large|array|buffer|bytes|none|redacted|kept|unread|body|unknown|response|type|cut|off)(?:[ -]|$))+$/;
/** Why browsers and our capture say that something ended. */
export const REASONS: ReadonlySet<string> = new Set([
  'abort()',
  'close()',
  'opened again',
  'cancelled by the page',
  'navigation',
  'timeout',
  'AbortError',
  'TimeoutError',
  'Failed to fetch',
  'Load failed',
  'NetworkError when attempting to fetch resource.',
  'The user aborted a request.',
  'signal is aborted without reason',
  'signal timed out',
  'The operation was aborted.',
  'network error',
  'Script error.',
]);
