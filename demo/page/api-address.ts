/** How the vendor's widget addresses the API. */

export const AUTHORIZATION = 'MOBILE-API-140-327-PLAIN appId="demo-shop", clientId="WebChat"';
export const JSON_TYPE = 'application/json; charset=UTF-8';
const TENANT = 'shop.example';

/** The URL of an API path, with the tenant, what else is asked, and the time that keeps caches away. */
export function apiUrl(
  origin: string,
  version: 'v1' | 'v2',
  path: string,
  query: Readonly<Record<string, string>> = {},
): string {
  const all = new URLSearchParams({ tenantUrl: TENANT, ...query, timestamp: String(Date.now()) });
  return `${origin}/clientweb/api/${version}/${path}?${all}`;
}
