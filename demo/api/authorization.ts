import type { ErrorCode } from './errors.ts';

const SCHEME = 'MOBILE-API-140-327-PLAIN';

export interface Caller {
  readonly appId: string;
  readonly clientId: string;
}

/** Reads `MOBILE-API-140-327-PLAIN appId="…", clientId="…"` (quotes are optional), or says what is wrong with it. */
export function readAuthorization(header: string | undefined): Caller | ErrorCode {
  if (header === undefined || header === '') return '2000';
  const [scheme = ''] = header.split(' ', 1);
  if (scheme !== SCHEME) return '2002';
  const rest = header.slice(scheme.length).trim();
  const parameters = new Map<string, string>();
  for (const part of rest === '' ? [] : rest.split(',')) {
    const [, name, quoted, bare] = /^\s*(\w+)=(?:"([^"]*)"|([^\s"]*))\s*$/.exec(part) ?? [];
    if (name === undefined) return '2001';
    parameters.set(name, quoted ?? bare ?? '');
  }
  const appId = parameters.get('appId');
  const clientId = parameters.get('clientId');
  if (appId === undefined || appId === '') return '2003';
  if (clientId === undefined || clientId === '') return '2004';
  return { appId, clientId };
}

/** True for a tenant's host, with or without a scheme and a closing slash, as clients write it. */
export function isTenantUrl(value: string | null): boolean {
  return value !== null && /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)*(?::\d+)?\/?$/.test(value);
}
