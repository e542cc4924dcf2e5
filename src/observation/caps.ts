/** Every limit of the product, in one place. Sizes in bytes unless the name says otherwise. */
export const CAPS = {
  /** One captured body or frame; the rest is cut and the payload says `truncated`. */
  body: 4 * 1024 * 1024,
  /** How far into a body the marks of chat are looked for, in characters. */
  markWindow: 64 * 1024,
  /** What one document keeps for a panel that opens later. */
  ringObservations: 5_000,
  ringBytes: 16 * 1024 * 1024,
  /** What the flight recorder keeps of earlier documents. */
  recorderTabBytes: 2 * 1024 * 1024,
  recorderBytes: 8 * 1024 * 1024,
  recorderIdleMinutes: 30,
  /** What one panel keeps. */
  panelEvents: 1_000_000,
  panelBytes: 768 * 1024 * 1024,
  /** Depth of JSON that the analysis reads; what is deeper is a finding. */
  jsonDepth: 200,
} as const;
