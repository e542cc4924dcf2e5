/** Headers: what rules and readers look at stays, values that are declared by HTTP stay, everything else is replaced. */
import type { Header } from '../../observation/observation.ts';
import type { Redactor } from './redactor.ts';
import { isToken } from './tokens.ts';
import type { UrlRedaction } from './url-redaction.ts';

const MEDIA_TYPES: ReadonlySet<string> = new Set(
  'application/json application/problem+json application/x-ndjson application/ndjson application/jsonl application/x-jsonlines application/jsonlines application/stream+json application/javascript application/xml application/octet-stream application/x-www-form-urlencoded application/pdf application/zip text/event-stream text/plain text/html text/css text/javascript text/xml multipart/form-data multipart/mixed image/png image/jpeg image/gif image/webp image/svg+xml audio/mpeg video/mp4 font/woff2 */* text/* image/* application/*'.split(
    ' ',
  ),
);
const SCHEMES: ReadonlySet<string> = new Set(['basic', 'bearer', 'digest', 'negotiate', 'ntlm', 'hoba']);
const NUMBERS = /^(?:content-length|age|retry-after|upgrade-insecure-requests|dnt)$/;
const TIMES = /^(?:date|expires|last-modified|retry-after|if-modified-since)$/;
const URLS =
  /^(?:location|content-location|referer|origin|link|refresh|access-control-allow-origin|sourcemap)$/;
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const CACHE =
  /^(?:\s*(?:no-cache|no-store|no-transform|private|public|must-revalidate|proxy-revalidate|immutable|only-if-cached|(?:max-age|s-maxage|stale-while-revalidate|stale-if-error|max-stale|min-fresh)=\d{1,10})\s*(?:,|$))+$/i;
const HTTP_WORDS: ReadonlySet<string> = new Set(
  'gzip br deflate zstd identity chunked keep-alive close upgrade websocket cors same-origin same-site cross-site no-cors empty include omit ?0 ?1 nosniff deny sameorigin vary'.split(
    ' ',
  ),
);
const HEADER_NAMES: ReadonlySet<string> = new Set(
  'accept accept-charset accept-encoding accept-language access-control-allow-credentials access-control-allow-headers access-control-allow-methods access-control-allow-origin access-control-expose-headers access-control-max-age access-control-request-headers access-control-request-method age allow alt-svc authorization cache-control connection content-disposition content-encoding content-language content-length content-location content-range content-security-policy content-type cookie cross-origin-opener-policy cross-origin-resource-policy date dnt etag expires host if-match if-modified-since if-none-match keep-alive last-event-id last-modified link location origin permissions-policy pragma priority proxy-authorization range referer referrer-policy refresh retry-after sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-websocket-accept sec-websocket-extensions sec-websocket-key sec-websocket-protocol sec-websocket-version server server-timing set-cookie strict-transport-security te timing-allow-origin trailer transfer-encoding upgrade upgrade-insecure-requests user-agent vary via www-authenticate x-api-key x-content-type-options x-correlation-id x-csrf-token x-forwarded-for x-frame-options x-powered-by x-real-ip x-request-id x-requested-with x-xss-protection :authority :method :path :scheme :status'.split(
    ' ',
  ),
);
const MASKED = /^\*\*\*\(\d+\)$/;

export class HeaderRedaction {
  readonly #redactor: Redactor;
  readonly #urls: UrlRedaction;

  constructor(redactor: Redactor, urls: UrlRedaction) {
    this.#redactor = redactor;
    this.#urls = urls;
  }

  headers(headers: readonly Header[]): Header[] {
    return headers.map(([name, value]) => [this.#name(name), this.value(name, value)] as const);
  }

  #name(name: string): string {
    return HEADER_NAMES.has(name.toLowerCase()) || isToken(name) || this.#redactor.profile.base === 'none'
      ? name
      : this.#redactor.value('key', name);
  }

  value(header: string, value: string): string {
    const redactor = this.#redactor;
    if (redactor.profile.base === 'none' || value.trim() === '') return value;
    const name = header.toLowerCase();
    if (/authorization$/.test(name)) return this.#authorization(value);
    if (/cookie/.test(name)) return this.#cookies(value);
    if (/token|secret|api-?key|session|signature|csrf|xsrf/.test(name)) return redactor.value('token', value);
    if (name === 'content-type' || name === 'accept') return this.#mediaTypes(value);
    if (URLS.test(name)) return this.#urls.url(value);
    if (NUMBERS.test(name) && /^\d{1,10}$/.test(value)) return value;
    if (TIMES.test(name) && HTTP_DATE.test(value)) return value;
    if (name === 'cache-control' && CACHE.test(value)) return value;
    if (HTTP_WORDS.has(value.toLowerCase())) return value;
    return redactor.value('value', value);
  }

  /** The scheme and the names of parameters stay, as rules look at them. */
  #authorization(value: string): string {
    if (this.#redactor.treatmentOf('token') !== 'replace') return value;
    const text = value.trim();
    const space = text.search(/\s/);
    const scheme = space < 0 ? text : text.slice(0, space);
    const isScheme =
      SCHEMES.has(scheme.toLowerCase()) ||
      this.#redactor.rules.isPublicWord(scheme) ||
      this.#redactor.rules.isPublicWord(scheme.toUpperCase());
    const kept = isScheme || isToken(scheme) ? scheme : this.#redactor.value('token', scheme);
    if (space < 0) return kept;
    const rest = text.slice(space);
    const parameters: string[] = [];
    for (const part of rest.split(',')) {
      const pair = /^(\s*[A-Za-z][\w-]{0,40}\s*=\s*)(?:"([^"]*)"|([^\s"]*))(\s*)$/.exec(part);
      if (pair === null) return `${kept} ${this.#redactor.value('token', rest.trim())}`;
      const quote = pair[2] === undefined ? '' : '"';
      const secret = pair[2] ?? pair[3] ?? '';
      const stays = MASKED.test(secret) || this.#redactor.rules.isPublicWord(secret);
      parameters.push(
        `${pair[1] ?? ''}${quote}${stays ? secret : this.#redactor.value('token', secret)}${quote}${pair[4] ?? ''}`,
      );
    }
    return kept + parameters.join(',');
  }

  /** Attributes stay, names and values of cookies go. */
  #cookies(value: string): string {
    if (this.#redactor.treatmentOf('token') !== 'replace') return value;
    return value.replaceAll(/([^=;]+)(?:=([^;]*))?/g, (pair, name: string, content: string | undefined) => {
      const attribute = /^\s*(?:secure|httponly|partitioned|samesite|max-age|expires|path)\s*$/i.test(name);
      if (
        attribute &&
        (content === undefined ||
          /^(?:lax|strict|none|-?\d{1,12}|\/|[A-Za-z]{3}, [\w: -]{1,40})$/i.test(content))
      )
        return pair;
      const [space] = /^\s*/.exec(name) ?? [''];
      const put = this.#redactor.value('key', name.trim());
      return `${space}${put}${content === undefined ? '' : `=${this.#redactor.value('token', content)}`}`;
    });
  }

  #mediaTypes(value: string): string {
    return value
      .split(',')
      .map((part) => {
        const [type = '', ...parameters] = part.split(';');
        const known = MEDIA_TYPES.has(type.trim().toLowerCase());
        const kept = parameters.filter((each) => /^\s*(?:charset=[\w-]{1,20}|q=[\d.]{1,5})\s*$/i.test(each));
        const put = known ? type : this.#redactor.value('value', type);
        // The boundary of a form is nobody's, but nobody needs it.
        return [put, ...kept].join(';');
      })
      .join(',');
  }
}
