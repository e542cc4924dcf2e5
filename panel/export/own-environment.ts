/** This browser, as a trace that is captured in it says it. */
import { plainEnvironment, type TraceEnvironment } from '../../src/trace/environment.ts';

/** As far as Chromium tells more than its user agent. */
interface Brands {
  readonly userAgentData?: {
    readonly brands?: readonly { readonly brand: string; readonly version: string }[];
    readonly platform?: string;
  };
}

export function ownEnvironment(): TraceEnvironment | null {
  const { userAgentData } = navigator as Navigator & Brands;
  // One of the brands is made up, so that nobody counts on the list; a product's own name stands beside “Chromium”.
  const brands = (userAgentData?.brands ?? []).filter(({ brand }) => !/not.*brand/i.test(brand));
  const brand = brands.find((each) => each.brand !== 'Chromium') ?? brands[0];
  const [, name = '', version = ''] = /(Firefox|Edg|Chrome)\/([\d.]+)/.exec(navigator.userAgent) ?? [];
  return plainEnvironment({
    browser: brand === undefined ? `${name} ${version}`.trim() : `${brand.brand} ${brand.version}`,
    platform: userAgentData?.platform || navigator.platform,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
}
