/**
 * The headers that are captured, in lower case; cookies and everything else stay in the page. The hook keeps to it, and so
 * does what DevTools tell of requests that no hook saw.
 */
export const CAPTURED_REQUEST_HEADERS: readonly string[] = ['accept', 'authorization', 'content-type'];

export const CAPTURED_ANSWER_HEADERS: readonly string[] = [
  'cache-control',
  'content-length',
  'content-type',
  'date',
  'location',
  'retry-after',
];
