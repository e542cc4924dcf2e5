/** The Authorization header of the API, and what a request needs beside it. */
import type { Endpoint } from '../chat-protocol.ts';
import { issue } from '../field-fault.ts';
import type { SchemaIssue } from '../schema-issue.ts';
import { shortText } from '../short-text.ts';

export const AUTHORIZATION_SCHEME = 'MOBILE-API-140-327-PLAIN';
/** As `clientId`: the server tells the client by its cookie. */
export const COOKIE_CLIENT = 'WebChat';
const REQUIRED = ['appId', 'clientId'] as const;

export interface Authorization {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The header is read up to here. */
const LONGEST = 4_096;

/** Reads `SCHEME name="value", name=value`; null where the text is not of that form. The capture masks the values. */
export function parseAuthorization(header: string): Authorization | null {
  const text = header.trim();
  if (text.length > LONGEST) return null;
  const space = text.search(/\s/);
  if (space < 0) return { scheme: text, parameters: new Map() };
  const parameters = new Map<string, string>();
  for (const part of text.slice(space).split(',')) {
    const pair = /^\s*([A-Za-z][\w-]*)\s*=\s*(?:"([^"]*)"|([^\s"]*))\s*$/.exec(part);
    if (!pair?.[1]) return null;
    parameters.set(pair[1], pair[2] ?? pair[3] ?? '');
  }
  return { scheme: text.slice(0, space), parameters };
}

/** Faults of the header, then of the URL. Null: the header is not in the file, which is no fault. */
export function requestIssues(endpoint: Endpoint, header: string | null): readonly SchemaIssue[] {
  const issues = header === null ? NO_ISSUES : rememberedIssues(header);
  return endpoint.issues.length === 0 ? issues : [...issues, ...endpoint.issues];
}

/** The fault of a URL without the tenant. */
export const missingTenant = badAuthorization('tenantUrl', 'the tenantUrl in the query', 'absent');

const NO_ISSUES: readonly SchemaIssue[] = [];

/** All calls of a page have one header. */
let lastHeader = '';
let lastIssues: readonly SchemaIssue[] | null = null;

function rememberedIssues(header: string): readonly SchemaIssue[] {
  if (lastIssues !== null && header === lastHeader) return lastIssues;
  const issues = headerIssues(header);
  // A longer one is not worth to be held on to.
  if (header.length > LONGEST) return issues;
  lastHeader = header;
  lastIssues = issues;
  return issues;
}

function headerIssues(header: string): SchemaIssue[] {
  const parsed = parseAuthorization(header);
  const form = `${AUTHORIZATION_SCHEME} appId="…", clientId="…"`;
  if (!parsed) return [badAuthorization('Authorization', form, 'of another form')];
  if (parsed.scheme.toUpperCase() !== AUTHORIZATION_SCHEME) {
    return [
      badAuthorization('Authorization', AUTHORIZATION_SCHEME, `of the scheme ${shortText(parsed.scheme)}`),
    ];
  }
  const missing = REQUIRED.filter((name) => !parsed.parameters.get(name));
  return missing.map((name) => badAuthorization(name, form, 'absent'));
}

function badAuthorization(field: string, expected: string, actual: string): SchemaIssue {
  return issue('client/bad-authorization', 'error', 'documented', [], { field, expected, actual });
}
