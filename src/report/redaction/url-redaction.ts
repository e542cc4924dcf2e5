/**
 * URLs stay URLs: the scheme, words of the protocol and of the web, names of parameters and the order of everything stay;
 * hosts become `host-1.invalid`, and each segment and value a token of its own.
 */
import type { Kind } from './kinds.ts';
import type { Redactor } from './redactor.ts';
import { isToken, isUuid, UUIDS_IN_TEXT } from './tokens.ts';

const PARTS = /^([a-z][a-z0-9+.-]*:)?(?:(\/\/)([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;
const SCHEMES: ReadonlySet<string> = new Set(
  'http: https: ws: wss: ftp: file: blob: data: about: mailto: tel: sms: javascript: chrome: chrome-extension: moz-extension: filesystem: view-source:'.split(
    ' ',
  ),
);
/** Segments that every web server has, by which nobody can be told. */
const WEB_WORDS: ReadonlySet<string> = new Set(
  'api app apps auth chat chats client clients cable conversation conversations device devices engine.io event events feed file files graphql history hub hubs index.html info live message messages negotiate news poll polling proxy push relay rest room rooms send session sessions signalr socket socket.io sockets sockjs sse start status stream streams support upload user users v1 v2 v3 v4 visitor visitors web websocket widget ws xhr xhr_send xhr_streaming xhr_polling eventsource htmlfile jsonp'.split(
    ' ',
  ),
);
const SWITCH = /^(?:true|false|on|off|yes|no|\d)?$/i;
/** Names of parameters that many programs have. */
const PARAMETER_WORDS: ReadonlySet<string> = new Set(
  'v t ts time timestamp id ids q query page size limit offset cursor since until from to after before last lang locale format callback jsonp type kind status state version api key token auth sid session sessionid conversation conversationid chat chatid chatsession chatsessionid user userid client clientid visitor visitorid customer tenant app appid device deviceid org account site widget nonce rand cache ticket request requestid trace correlation transport eio room agent channel topic accesstoken authtoken apikey origin host url ref referrer source event events name email phone mail'.split(
    ' ',
  ),
);
const TIME_NAME = /^(?:_|t|ts|time|timestamp|since|until|from|to|now|date)$/i;
/** A value of a parameter up to so many characters can be the id of a chat. */
const LONGEST_ID = 200;

export class UrlRedaction {
  readonly #redactor: Redactor;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** Never throws, whatever the text is. */
  url(url: string): string {
    if (url.trim() === '' || this.#redactor.profile.base === 'none') return url;
    if (this.#redactor.treatmentOf('url') !== 'replace') return this.#searched(url);
    const match = PARTS.exec(url);
    if (match === null) return this.#redactor.value('url', url);
    const [, scheme = '', slashes = '', authority = '', path = '', query, fragment] = match;
    if (scheme !== '' && slashes === '') return this.#opaque(scheme, url.slice(scheme.length));
    if (isToken(decoded(url))) return url;
    if (scheme === '' && slashes === '' && (/\s/.test(url.trim()) || !/^[./?]|\//.test(url)))
      return this.#redactor.value('url', url);
    const kept = scheme === '' || SCHEMES.has(scheme.toLowerCase()) ? scheme : 'x-scheme:';
    const parts = [kept, slashes, slashes === '' ? '' : this.#authority(authority), this.#path(path)];
    if (query !== undefined) parts.push('?', this.#query(query));
    if (fragment !== undefined) parts.push('#', this.#encoded('path', fragment));
    return parts.join('');
  }

  /** `https://host-1.invalid` for an origin; 'null' stays. */
  origin(origin: string): string {
    return origin === 'null' ? origin : this.url(origin);
  }

  #opaque(scheme: string, rest: string): string {
    const known = SCHEMES.has(scheme.toLowerCase()) ? scheme : 'x-scheme:';
    // The URL in a blob's URL has an origin.
    if (/^(?:blob|view-source|filesystem):$/i.test(scheme)) return known + this.url(rest);
    const kind: Kind = /^mailto:/i.test(scheme) ? 'email' : /^(?:tel|sms):/i.test(scheme) ? 'phone' : 'url';
    return rest === '' || rest === 'blank' || rest === 'srcdoc'
      ? known + rest
      : known + this.#encoded(kind, rest);
  }

  #authority(authority: string): string {
    if (authority === '') return '';
    const at = authority.lastIndexOf('@');
    const user = at < 0 ? '' : `${this.#encoded('name', authority.slice(0, at))}@`;
    const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(:\d{1,5})?/.exec(authority.slice(at + 1)) ?? [];
    return user + (host === '' ? '' : this.#redactor.host(host)) + port;
  }

  #path(path: string): string {
    return path
      .split('/')
      .map((segment) => this.#segment(segment))
      .join('/');
  }

  #segment(segment: string): string {
    const plain = decoded(segment);
    if (segment === '' || /^\.{1,2}$/.test(segment) || this.#isWord(plain)) return segment;
    if (isToken(plain)) return segment;
    return this.#withUuids(segment, (part) =>
      this.#isWord(decoded(part).replaceAll(/[-_.~:,;]/g, ''))
        ? part
        : this.#encoded('path', part, kindOfSegment(part)),
    );
  }

  #isWord(text: string): boolean {
    return text === '' || WEB_WORDS.has(text.toLowerCase()) || this.#redactor.rules.isPublicWord(text);
  }

  #query(query: string): string {
    return query
      .split('&')
      .map((pair) => {
        const equals = pair.indexOf('=');
        if (equals < 0) return this.#parameterName(pair);
        return `${this.#parameterName(pair.slice(0, equals))}=${this.#parameterValue(pair.slice(0, equals), pair.slice(equals + 1))}`;
      })
      .join('&');
  }

  #parameterName(name: string): string {
    const plain = decoded(name);
    const stays =
      plain === '' ||
      isToken(plain) ||
      PARAMETER_WORDS.has(
        plain
          .toLowerCase()
          .replaceAll(/(?!^)[-_]/g, '')
          .replace(/^_$/, 't'),
      ) ||
      this.#redactor.rules.isDeclared(plain) ||
      this.#redactor.rules.isPublicWord(plain);
    return stays ? name : this.#encoded('key', name, kindOfSegment(plain));
  }

  #parameterValue(name: string, value: string): string {
    const plain = decoded(value.replaceAll('+', ' '));
    if (SWITCH.test(plain) || isToken(plain) || this.#redactor.rules.isPublicWord(plain)) return value;
    if (TIME_NAME.test(name) && /^1[0-9]{9}(?:\d{3})?$/.test(plain)) return value;
    if (/^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?::\d{1,5})?$/i.test(plain) && /[a-z]/i.test(plain))
      return this.#authority(plain);
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(plain)) return encodeURIComponent(this.url(plain));
    const rule = this.#redactor.rules.of(name);
    const put = this.#withUuids(value, (part) =>
      this.#encoded(rule.kind === 'value' ? 'query' : rule.kind, part),
    );
    return plain.length > LONGEST_ID && put.length <= LONGEST_ID ? put + '.'.repeat(LONGEST_ID) : put;
  }

  /** Each UUID in a text as its own token, and the rest by `other`. */
  #withUuids(text: string, other: (part: string) => string): string {
    const parts: string[] = [];
    let at = 0;
    for (const match of text.matchAll(UUIDS_IN_TEXT)) {
      if (match.index > at) parts.push(other(text.slice(at, match.index)));
      parts.push(
        this.#redactor.treatmentOf('id') === 'replace' ? this.#redactor.value('id', match[0]) : match[0],
      );
      at = match.index + match[0].length;
    }
    if (at < text.length) parts.push(other(text.slice(at)));
    return parts.join('');
  }

  /** A token as a URL writes it. `hint`: said in the token where the analysis looks at words of the segment. */
  #encoded(kind: Kind, text: string, hint = ''): string {
    const plain = decoded(text);
    if (isToken(plain) || isUuid(plain)) return isUuid(plain) ? this.#redactor.value('id', plain) : text;
    const put = this.#redactor.value(kind, plain === '' ? text : plain);
    if (put === plain) return text;
    return encodeURIComponent(hint === '' ? put : put.replace(/^‹(path|key)#/, `‹$1-${hint}#`));
  }

  /** Where URLs stay: what is known in them is replaced in the form that a URL has. */
  #searched(url: string): string {
    const edits = this.#redactor.searchEdits(url);
    const [, before = '', host = ''] = /^([^/?#]*\/\/(?:[^/?#@]*@)?)(\[[^\]]*\]|[^/?#:]*)/.exec(url) ?? [];
    const hostEnd = before.length + host.length;
    const parts: string[] = [];
    let at = 0;
    for (const { start, end, text } of edits) {
      // With anything else in its place it would be no URL.
      const bracket = host.startsWith('[') ? 1 : 0;
      const isHost = host !== '' && start <= before.length + bracket && end === hostEnd - bracket;
      parts.push(url.slice(at, isHost ? before.length : start));
      parts.push(isHost ? this.#redactor.tokens.host(host) : encodeURIComponent(text));
      at = isHost ? hostEnd : end;
    }
    parts.push(url.slice(at));
    return parts.join('');
  }
}

/** Words in a segment by which a relay's traffic is told: of whom an id behind it is. */
function kindOfSegment(segment: string): string {
  const plain = segment.toLowerCase();
  if (plain.startsWith('_')) return 'nonce';
  const [chat] = /chat|session|conversation/.exec(plain) ?? [];
  if (chat !== undefined) return chat;
  const [other] =
    /nonce|request|trace|correlation|cache|rand|tenant|app|client|user|visitor|device|token|ticket|key|auth|org|account|site|widget/.exec(
      plain,
    ) ?? [];
  return other ?? '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
