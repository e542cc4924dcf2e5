/** What of an address moves from request to request, or from one load of the page to the next, and so tells nothing. */

export interface Address {
  readonly origin: string;
  /** `*` stands for a step that holds an id which the page made up. */
  readonly path: string;
  /** Parameters that stay, in their order. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names of those that move. */
  readonly ignored: readonly string[];
}

/** A time, a number that counts, an id or a token by its look. */
const LOOKS_MADE_UP =
  /^\d{9,}(?:\.\d+)?$|^0?\.\d{6,}$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$|^[0-9a-f]{16,}$|^(?=.*\d)[\w~+/=-]{20,}$/i;

export class MovingParameters {
  /** Values of each parameter of each path, as far as two. */
  readonly #values = new Map<string, Set<string>>();
  readonly #urls = new Map<string, number>();
  /** Ids that the page made up. */
  readonly #made = new Set<string>();

  /** @param heard whether a server said that text */
  constructor(urls: readonly URL[], heard: (text: string) => boolean = () => false) {
    // Asking costs a look into all that was heard: only of what stands in a path as well.
    const steps = new Set(urls.flatMap(({ pathname }) => pathname.split('/')));
    for (const url of urls) {
      const place = placeOf(url);
      this.#urls.set(place, (this.#urls.get(place) ?? 0) + 1);
      for (const [name, value] of url.searchParams) {
        if (steps.has(value) && LOOKS_MADE_UP.test(value) && !this.#made.has(value) && !heard(value))
          this.#made.add(value);
        const key = JSON.stringify([place, name]);
        const known = this.#values.get(key);
        if (known === undefined) this.#values.set(key, new Set([value]));
        else if (known.size < 1_000) known.add(value);
      }
    }
  }

  address(url: URL): Address {
    const query: (readonly [string, string])[] = [];
    const ignored = new Set<string>();
    for (const [name, value] of url.searchParams) {
      if (this.#moves(url, name, value)) ignored.add(name);
      else query.push([name, value]);
    }
    return {
      origin: url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin,
      path: url.pathname
        .split('/')
        .map((step) => (this.#made.has(step) ? '*' : step))
        .join('/'),
      query,
      ignored: [...ignored],
    };
  }

  /** Another value nearly each time is one that moves; a few values that come again are what is asked for. */
  #moves(url: URL, name: string, value: string): boolean {
    if (LOOKS_MADE_UP.test(value)) return true;
    const place = placeOf(url);
    const values = this.#values.get(JSON.stringify([place, name]))?.size ?? 1;
    const requests = this.#urls.get(place) ?? 1;
    return values > 2 && values > requests / 2;
  }
}

const placeOf = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`;
