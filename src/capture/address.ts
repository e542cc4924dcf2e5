/** What a request is for: method and URL as the browser will make them of what the page wrote. */
import { construct, getter, indexOf, slice, upperCase } from './natives.ts';

const NativeURL = URL;
const hrefOf = getter(URL.prototype, 'href');
const baseOf = getter(Node.prototype, 'baseURI');
const page = document;

/** A URL, also a relative one, as it is kept: without credentials and fragment. */
export function keptUrl(given: string): string {
  const hash = indexOf(given, '#');
  const url = hash < 0 ? given : slice(given, 0, hash);
  if (indexOf(url, '@') < 0) return url;
  // As the browser writes it, they end with the first @, before the first slash behind the two of the host.
  const whole = hrefOf(construct(NativeURL, [url, baseOf(page)]));
  const at = indexOf(whole, '@');
  const host = indexOf(whole, '//') + 2;
  const end = indexOf(whole, '/', host);
  return host > 1 && (end < 0 || at < end) && at > 0 ? slice(whole, 0, host) + slice(whole, at + 1) : url;
}

/**
 * Absolute URL of a text or a URL object, as it is kept; throws for what becomes a URL only by running the page's code.
 */
export function absoluteUrl(given: unknown): string {
  const url = typeof given === 'string' ? given : hrefOf(given);
  return keptUrl(
    indexOf(url, 'http://') === 0 || indexOf(url, 'https://') === 0
      ? url
      : hrefOf(construct(NativeURL, [url, baseOf(page)])),
  );
}

/** The methods that Fetch writes in capitals, whatever the page wrote. */
export function normalMethod(method: string): string {
  const upper = upperCase(method);
  return indexOf(' DELETE GET HEAD OPTIONS POST PUT ', ` ${upper} `) >= 0 ? upper : method;
}
