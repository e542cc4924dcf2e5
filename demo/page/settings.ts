import type { Part } from '../cues.ts';
import type { Transport } from '../script.ts';

/** What the server tells the page: what it was asked for, and the visitor's part of the scenario. */
export interface Settings {
  readonly scenario: string;
  /** The transports to show, in order, each with the visitor's part. */
  readonly parts: readonly { readonly transport: Transport; readonly part: Part }[];
  /** The visitor is scripted and starts by itself. */
  readonly auto: boolean;
  /** Milliseconds before each thing the visitor does. */
  readonly pace: number;
  /** What the visitor typed before the chat: it travels with Request Chat. Empty for nothing. */
  readonly about: string;
  /** The version of the vendor's API to use. */
  readonly api: 'v1' | 'v2';
  readonly apiOrigin: string;
  readonly pageOrigin: string;
  /** The widget's document for these settings. */
  readonly widgetUrl: string;
  /** How the page wants binary frames. */
  readonly binary: BinaryType;
  /** Name of what stands around the messages of the relay; null for nothing. */
  readonly framing: string | null;
  /** The choice as a query, for the relay. */
  readonly choice: string;
}

/** The settings that the server wrote into this document. */
export function readSettings(): Settings {
  const element = document.getElementById('settings');
  return JSON.parse(element?.textContent ?? '');
}
