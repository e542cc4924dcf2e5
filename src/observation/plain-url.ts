/**
 * A URL as written, without user name and password, which are secrets, and without its fragment, which never is on a
 * wire. Also of one that is relative, such as a `Location`.
 */
export function plainUrl(url: string): string {
  const hash = url.indexOf('#');
  const plain = hash < 0 ? url : url.slice(0, hash);
  return plain.includes('@') ? plain.replace(CREDENTIALS, '$1') : plain;
}

/** At the place where browsers look for them; the schemes of the web need no slashes before their host. */
const CREDENTIALS = /^(\s*(?:(?:https?|wss?|ftp):[/\\]*|(?:[a-z][a-z\d+.-]*:)?[/\\]{2,}))[^/\\?#]*@/i;
