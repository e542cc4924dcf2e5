/** User name and password, at the place where browsers look for them. */
const CREDENTIALS = /^([a-z][a-z\d+.-]*:[/\\]{2,})[^/\\?#]*@/i;

/** The URL as written, without user name and password: they are secrets, and DevTools and page do not write them alike. */
export function withoutCredentials(url: string): string {
  return url.includes('@') ? url.replace(CREDENTIALS, '$1') : url;
}
