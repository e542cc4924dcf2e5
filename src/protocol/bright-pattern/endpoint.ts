/** From a method and a URL to the call of the API that they are. */
import type { Endpoint } from '../chat-protocol.ts';
import { type Call, calls, downloadByFile } from './call.ts';
import { EndpointMemory } from './endpoint-memory.ts';

/** A URL is read up to here; a longer one is still told by its path. */
const URL_LIMIT = 16_384;

/** What a method and a URL mean; null where they are no call of this API. Hosts and prefixes of the path do not count. */
export function endpoint(method: string, url: string): Endpoint | null {
  const text = url.length > URL_LIMIT ? url.slice(0, URL_LIMIT) : url;
  const fragment = text.indexOf('#');
  const end = fragment < 0 ? text.length : fragment;
  const mark = text.indexOf('?');
  const pathEnd = mark < 0 || mark > end ? end : mark;
  const memory = method === 'GET' ? asked : method === 'POST' ? posted : null;
  const known = memory?.recall(text, pathEnd, end);
  if (known !== undefined) return known;
  const found = text.includes('/clientweb/')
    ? callAt(method, text.slice(0, pathEnd), text.slice(pathEnd + 1, end))
    : null;
  return found === null || memory === null ? found : memory.remember(text, pathEnd, end, found);
}

const asked = new EndpointMemory(0);
const posted = new EndpointMemory(1);

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
    if (pattern.length !== segments.length || call.method !== verb || !matches(pattern, segments)) continue;
    const place = pattern.indexOf('{chatId}');
    return described(call, apiVersion, place < 0 ? null : decoded(segments[place] ?? ''), tenantUrl);
  }
  return null;
}

const patterns = calls.map((call) => ({ call, pattern: call.path.slice(1).split('/') }));

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.every((part, index) => part.startsWith('{') || part === segments[index]);
}

function described(
  call: Call,
  apiVersion: 'v1' | 'v2',
  chatId: string | null,
  tenantUrl: string | null,
): Endpoint {
  return {
    number: 0,
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
