/** An observation without what is no chat and may be a secret in it, wherever it comes from: the hook, DevTools, a file. */
import type { Header, UnstampedObservation } from './observation.ts';
import { plainUrl } from './plain-url.ts';
import { plainSubprotocol } from './subprotocol.ts';

/** URLs without credentials and fragment, subprotocols that are no known names without their letters. */
export function plainObservation<T extends Partial<UnstampedObservation>>(observation: T): T {
  const plain: { url?: string; headers?: readonly Header[]; protocols?: readonly string[] } = {};
  if ('url' in observation && observation.url !== undefined) {
    const url = plainUrl(observation.url);
    if (url !== observation.url) plain.url = url;
  }
  if ('headers' in observation && observation.headers?.some(holdsUrl))
    plain.headers = observation.headers.map(plainHeader);
  if ('protocols' in observation && observation.protocols !== undefined)
    plain.protocols = observation.protocols.map(plainSubprotocol);
  return Object.keys(plain).length === 0 ? observation : { ...observation, ...plain };
}

/** A header as it is kept: what is a URL without credentials and fragment. */
export function plainHeader(header: Header): Header {
  return holdsUrl(header) ? [header[0], plainUrl(header[1])] : header;
}

const URL_HEADERS = new Set(['location', 'content-location', 'referer', 'origin']);

function holdsUrl([name]: Header): boolean {
  return URL_HEADERS.has(name.toLowerCase());
}
