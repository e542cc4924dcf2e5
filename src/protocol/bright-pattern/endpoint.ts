/** From a method and a URL to the call of the API that they are. */
import type { Endpoint, Operation } from '../chat-protocol.ts';
import type { SchemaIssue } from '../schema-issue.ts';
import { missingTenant } from './authorization.ts';
import { type Call, calls, downloadByFile, operationOf } from './call.ts';
import { EndpointMemory } from './endpoint-memory.ts';

/** A call of the API with what its URL says. */
export interface ApiEndpoint extends Endpoint {
  readonly apiVersion: 'v1' | 'v2';
  /** Value of `tenantUrl` in the query; null when absent. */
  readonly tenantUrl: string | null;
}

/** A URL is read up to here; a longer one is still told by its path. */
const URL_LIMIT = 16_384;

/** What a method and a URL mean; null where they are no call of this API. Hosts and prefixes of the path do not count. */
export function endpoint(method: string, url: string): ApiEndpoint | null {
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

const asked = new EndpointMemory<ApiEndpoint>(0);
const posted = new EndpointMemory<ApiEndpoint>(1);

function callAt(method: string, location: string, query: string): ApiEndpoint | null {
  const found = /\/clientweb\/+(?:api\/+(v[12])|(file))\/(.*)$/.exec(location);
  if (!found) return null;
  const segments = (found[3] ?? '').split('/').filter((segment) => segment !== '');
  const verb = method.toUpperCase();
  const tenantUrl = queryValue(query, 'tenantUrl');
  if (found[2]) {
    if (verb !== 'GET' || segments.length !== 1) return null;
    return { number: 0, operation: byFile, chatId: null, issues: NO_ISSUES, apiVersion: 'v2', tenantUrl };
  }
  for (const { call, operation, pattern } of patterns) {
    if (pattern.length !== segments.length || call.method !== verb || !matches(pattern, segments)) continue;
    const place = pattern.indexOf('{chatId}');
    return {
      number: 0,
      operation,
      chatId: place < 0 ? null : decoded(segments[place] ?? ''),
      issues: call.tenantUrl === 'required' && !tenantUrl ? MISSING_TENANT : NO_ISSUES,
      apiVersion: found[1] === 'v1' ? 'v1' : 'v2',
      tenantUrl,
    };
  }
  return null;
}

interface Pattern {
  readonly call: Call;
  readonly operation: Operation;
  readonly pattern: readonly string[];
}

const patterns = calls.map(
  (call): Pattern => ({ call, operation: operationOf(call), pattern: call.path.slice(1).split('/') }),
);
const byFile = operationOf(downloadByFile);
const NO_ISSUES: readonly SchemaIssue[] = [];
const MISSING_TENANT: readonly SchemaIssue[] = [missingTenant];

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.every((part, index) => part.startsWith('{') || part === segments[index]);
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
