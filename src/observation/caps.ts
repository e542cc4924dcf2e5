import { PAGE_CAPS } from './page-caps.ts';

/** Every limit of the product, in one place: as it is unless a person sets another. Sizes in bytes unless the name says otherwise. */
export const CAPS = {
  ...PAGE_CAPS,
  /** What the flight recorder keeps of earlier documents in all. */
  recorderBytes: 8 * 1024 * 1024,
  recorderIdleMinutes: 30,
  /** What one panel keeps. */
  panelEvents: 1_000_000,
  panelBytes: 768 * 1024 * 1024,
  /** One text of an observation that is no body, such as a URL, in characters; what a page says longer is lost. */
  text: 2 * 1024 * 1024,
  /** Headers of a message, protocols of a socket. */
  list: 1_000,
  /** Observations of one document, counted from its beginning. */
  documentObservations: 1_000_000_000,
} as const;

const KIB = 1024;
const MIB = 1024 * KIB;

/** Those that a person may set, and how far. */
export const CAP_RANGES = {
  /** A frame is one message of a port, which carries 64 MiB, and a character may take six bytes there. */
  body: { least: 64 * KIB, most: 8 * MIB },
  ringObservations: { least: 500, most: 50_000 },
  ringBytes: { least: MIB, most: 128 * MIB },
  /** The browsers give `storage.session` 10 MB in all. */
  recorderTabBytes: { least: 256 * KIB, most: 8 * MIB },
  recorderBytes: { least: MIB, most: 8 * MIB },
  panelEvents: { least: 1_000, most: 2_000_000 },
  panelBytes: { least: 16 * MIB, most: 1_536 * MIB },
} as const satisfies Partial<Record<keyof typeof CAPS, { readonly least: number; readonly most: number }>>;

export type SettableCap = keyof typeof CAP_RANGES;
export type SettableCaps = Readonly<Record<SettableCap, number>>;

export const DEFAULT_CAPS: SettableCaps = {
  body: CAPS.body,
  ringObservations: CAPS.ringObservations,
  ringBytes: CAPS.ringBytes,
  recorderTabBytes: CAPS.recorderTabBytes,
  recorderBytes: CAPS.recorderBytes,
  panelEvents: CAPS.panelEvents,
  panelBytes: CAPS.panelBytes,
};
