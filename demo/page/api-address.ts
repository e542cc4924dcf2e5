/** How the vendor's widget addresses the API. */

export const AUTHORIZATION = 'MOBILE-API-140-327-PLAIN appId="demo-shop", clientId="WebChat"';
export const JSON_TYPE = 'application/json; charset=UTF-8';
const TENANT = 'shop.example';

/** The URL of an API path, with the tenant and the time that keeps caches away. */
export function apiUrl(origin: string, version: 'v1' | 'v2', path: string): string {
  return `${origin}/clientweb/api/${version}/${path}?tenantUrl=${TENANT}&timestamp=${Date.now()}`;
}
