import type { Header } from '../observation/observation.ts';
import { plainHeader } from '../observation/plain-observation.ts';
import { PLAIN_WORDS } from '../protocol/marks.ts';

const MASK = '***';
/** Headers whose value is a credential and nothing else. */
const CREDENTIALS = new Set(['authorization', 'proxy-authorization']);
const COOKIES = new Set(['cookie', 'set-cookie', 'cookie2', 'set-cookie2']);

/** Headers as a trace keeps them: without cookies, with the values in Authorization masked, and URLs without secrets. */
export function withoutSecrets(headers: readonly Header[]): Header[] {
  return headers
    .filter(([name]) => !COOKIES.has(name.toLowerCase()))
    .map((header) =>
      CREDENTIALS.has(header[0].toLowerCase())
        ? [header[0], maskAuthorization(header[1])]
        : plainHeader(header),
    );
}

/**
 * An Authorization value of which scheme, parameter names, quoting and words that are no secret are left: enough to judge its
 * form, and nothing to log in with. What is not a list of parameters is masked whole.
 */
export function maskAuthorization(value: string): string {
  const [, scheme, gap, rest] = /^\s*([A-Za-z][\w-]{0,63})([ \t]+)([\s\S]+)$/.exec(value) ?? [];
  if (scheme === undefined || gap === undefined || rest === undefined)
    return value.trim() === '' ? value : MASK;
  // Basic and Bearer credentials may end in `=` and look like a parameter.
  if (/^[A-Za-z0-9._~+/-]+=*\s*$/.test(rest)) return `${scheme}${gap}${MASK}`;
  return `${scheme}${gap}${rest.split(',').map(maskParameter).join(',')}`;
}

function maskParameter(part: string): string {
  const [, name, equals, given] = /^(\s*[A-Za-z][\w-]{0,63})(\s*=\s*)([\s\S]*)$/.exec(part) ?? [];
  if (name === undefined || equals === undefined || given === undefined)
    return part.trim() === '' ? part : MASK;
  const value = given.trimEnd();
  const quoted = /^"([^"]*)"$/.exec(value)?.[1];
  const bare = quoted ?? value;
  const shown = PLAIN_WORDS.includes(bare.toLowerCase()) ? bare : MASK;
  return `${name}${equals}${quoted === undefined ? shown : `"${shown}"`}`;
}
