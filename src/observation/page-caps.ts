/** The limits that hold in the page: of `caps.ts` all that the hook has to carry. */
export const PAGE_CAPS = {
  /** One captured body or frame; the rest is cut and the payload says `truncated`. */
  body: 4 * 1024 * 1024,
  /** How far into a body the marks of chat are looked for, in characters. */
  markWindow: 64 * 1024,
  /** What one document keeps for a panel that opens later. */
  ringObservations: 5_000,
  ringBytes: 16 * 1024 * 1024,
  /** What the flight recorder keeps of earlier documents of a tab. */
  recorderTabBytes: 2 * 1024 * 1024,
} as const;
