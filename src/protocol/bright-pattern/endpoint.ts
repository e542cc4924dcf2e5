/** From a method and a URL to the call of the API that they are. */
import type { Endpoint } from '../chat-protocol.ts';
import { type Call, calls, downloadByFile } from './call.ts';

/** A URL is read up to here; a longer one is still told by its path. */
const URL_LIMIT = 16_384;

/** What a method and a URL mean; null where they are no call of this API. Hosts and prefixes of the path do not count. */
export function endpoint(method: string, url: string): Endpoint | null {
  if (!url.includes('/clientweb/')) return null;
  const text = url.length > URL_LIMIT ? url.slice(0, URL_LIMIT) : url;
  const fragment = text.indexOf('#');
  const end = fragment < 0 ? text.length : fragment;
  const mark = text.indexOf('?');
  const pathEnd = mark < 0 || mark > end ? end : mark;
  const location = text.slice(0, pathEnd);
  const query = pathEnd < end ? pathEnd + 1 : end;
  const places = method === 'GET' ? asked : method === 'POST' ? posted : null;
  const last = places?.get(location);
  if (last !== undefined && sameTenant(last, text, query, end)) return last.endpoint;
  const found = callAt(method, location, text.slice(query, end));
  if (found !== null && places !== null) {
    if (places.size >= PLACES_REMEMBERED) places.clear();
    places.set(location, { endpoint: found, ...tenantPart(text.slice(query, end)) });
  }
  return found;
}

/** A client polls one path again and again, and only the end of the query changes. */
interface Place {
  readonly endpoint: Endpoint;
  /** The query, up to the end of its `tenantUrl` where it has one. */
  readonly head: string;
  readonly whole: boolean;
}

const PLACES_REMEMBERED = 4_000;
const asked = new Map<string, Place>();
const posted = new Map<string, Place>();

function sameTenant(place: Place, text: string, query: number, end: number): boolean {
  const headEnd = query + place.head.length;
  if (headEnd > end || !text.startsWith(place.head, query)) return false;
  return headEnd === end || (!place.whole && text.charCodeAt(headEnd) === AMPERSAND);
}

const AMPERSAND = 0x26;

function tenantPart(query: string): Pick<Place, 'head' | 'whole'> {
  let from = 0;
  for (const pair of query.split('&')) {
    if (pair.startsWith('tenantUrl=')) return { head: query.slice(0, from + pair.length), whole: false };
    if (pair === 'tenantUrl') break;
    from += pair.length + 1;
  }
  return { head: query, whole: true };
}

function callAt(method: string, location: string, query: string): Endpoint | null {
  const found = /\/clientweb\/+(?:api\/+(v[12])|(file))\/(.*)$/.exec(location);
  if (!found) return null;
  const segments = (found[3] ?? '').split('/').filter((segment) => segment !== '');
  const verb = method.toUpperCase();
  const tenantUrl = queryValue(query, 'tenantUrl');
  if (found[2])
    return verb === 'GET' && segments.length === 1 ? described(downloadByFile, 'v2', null, tenantUrl) : null;
  const apiVersion = found[1] === 'v1' ? 'v1' : 'v2';
  for (const { call, pattern } of patterns) {
    if (call.method !== verb || !matches(pattern, segments)) continue;
    const place = pattern.indexOf('{chatId}');
    return described(call, apiVersion, place < 0 ? null : decoded(segments[place] ?? ''), tenantUrl);
  }
  return null;
}

const patterns = calls.map((call) => ({ call, pattern: call.path.slice(1).split('/') }));

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => part.startsWith('{') || part === segments[index])
  );
}

function described(
  call: Call,
  apiVersion: 'v1' | 'v2',
  chatId: string | null,
  tenantUrl: string | null,
): Endpoint {
  return {
    operation: call.operation,
    title: call.title,
    apiVersion,
    chatId,
    tenantUrlRequired: call.tenantUrl === 'required',
    tenantUrl,
    jsonRequest: call.json.includes('request'),
    jsonAnswer: call.json.includes('answer'),
  };
}

function queryValue(query: string, name: string): string | null {
  for (const pair of query.split('&')) {
    const [key = '', value = ''] = splitOnce(pair, '=');
    if (key === name) return decoded(value.replaceAll('+', ' '));
  }
  return null;
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Percent-decoded, or as it came where the escapes are broken. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
