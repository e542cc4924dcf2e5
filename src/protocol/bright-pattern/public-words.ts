/** Words of the API that are nobody's: segments of its paths, the scheme of its header and what it means by no client. */
import { AUTHORIZATION_SCHEME, COOKIE_CLIENT } from './authorization.ts';
import { calls, downloadByFile } from './call.ts';

export const publicWords: ReadonlySet<string> = new Set([
  ...['clientweb', 'api', 'v1', 'v2', 'tenantUrl', AUTHORIZATION_SCHEME, COOKIE_CLIENT],
  ...[...calls, downloadByFile].flatMap(({ path }) =>
    path.split('/').filter((word) => /^[a-z]+$/.test(word)),
  ),
]);
