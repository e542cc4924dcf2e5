/**
 * A request as a command for a terminal, or as a call for a Console: to send it again by hand. What was captured is
 * hostile: it stands in quotes that nothing ends, and without a control character that a terminal would obey.
 */
import type { ExchangeView } from '../../../src/analysis/api/analysis.ts';

type Request = Pick<ExchangeView, 'method' | 'url' | 'requestHeaders' | 'requestBody'>;

/** For bash and zsh. Cookies and the values of most headers were never captured, and are not in it. */
export function asCurl({ method, url, requestHeaders, requestBody }: Request): string {
  const parts = [`curl ${shellWord(url)}`];
  // curl itself sends GET, and POST where there are data.
  if (method !== (requestBody === null ? 'GET' : 'POST')) parts.push(`-X ${shellWord(method)}`);
  for (const [name, value] of requestHeaders) parts.push(`-H ${shellWord(`${name}: ${value}`)}`);
  if (requestBody !== null) parts.push(`--data-raw ${shellWord(requestBody)}`);
  return parts.join(' \\\n  ');
}

export function asFetch({ method, url, requestHeaders, requestBody }: Request): string {
  const options = {
    method,
    ...(requestHeaders.length === 0 ? {} : { headers: requestHeaders }),
    ...(requestBody === null ? {} : { body: requestBody }),
    credentials: 'include',
  };
  return `fetch(${scriptText(url)}, ${scriptText(options, 2)});`;
}

/** Letters, digits and marks of ASCII, without the quote and the backslash. */
const PLAIN = /^[ !-&(-[\]-~]*$/;

function shellWord(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const escaped = text.replaceAll(/[^ !-&(-[\]-~]/gu, (char) => {
    if (char === "'" || char === '\\') return `\\${char}`;
    if (char === '\n') return '\\n';
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `$'${escaped}'`;
}

/** JSON is script; characters that hide, or turn a text round, stand in it as escapes. */
function scriptText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) =>
    // Half by half: none of them needs more than one escape for that.
    char
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
