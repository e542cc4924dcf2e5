/** What a request is for: method and URL as the browser will make them of what the page wrote. */
import { construct, getter, indexOf, upperCase } from './natives.ts';

const NativeURL = URL;
const hrefOf = getter(URL.prototype, 'href');
const baseOf = getter(Node.prototype, 'baseURI');
const page = document;

/** Absolute URL of a text or a URL object; throws for what becomes a URL only by running the page's code. */
export function absoluteUrl(given: unknown): string {
  const url = typeof given === 'string' ? given : hrefOf(given);
  return indexOf(url, 'http://') === 0 || indexOf(url, 'https://') === 0
    ? url
    : hrefOf(construct(NativeURL, [url, baseOf(page)]));
}

/** The methods that Fetch writes in capitals, whatever the page wrote. */
export function normalMethod(method: string): string {
  const upper = upperCase(method);
  return indexOf(' DELETE GET HEAD OPTIONS POST PUT ', ` ${upper} `) >= 0 ? upper : method;
}
