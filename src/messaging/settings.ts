import { CAP_RANGES, DEFAULT_CAPS, type SettableCap, type SettableCaps } from '../observation/caps.ts';

/** What the person may set about capturing. Kept in `storage.local`; read by the background, written by the panel. */
export interface Settings {
  /** Parts of URLs that count as chat beside the protocol's own paths; `*` stands for anything. */
  readonly patterns: readonly string[];
  /** Where events stand in messages, beside where they are found: `payload`, `data[0]`. */
  readonly wrappers: readonly string[];
  /** Texts that count as marks of chat beside the protocol's event names. */
  readonly marks: readonly string[];
  /** All traffic, chat or not. */
  readonly everything: boolean;
  /** The flight recorder: keeps chat observations in memory while no panel is open. */
  readonly recorder: boolean;
  /** Whether what earlier pages of a tab said is kept when it goes on to the next. */
  readonly preserveLog: boolean;
  /** How much is kept where. */
  readonly caps: SettableCaps;
}

export const DEFAULT_SETTINGS: Settings = {
  patterns: [],
  wrappers: [],
  marks: [],
  everything: false,
  recorder: true,
  preserveLog: true,
  caps: DEFAULT_CAPS,
};

export const SETTINGS_KEY = 'settings';

/** Settings from storage, whatever was stored there: what is not understood is the default. */
export function parseSettings(stored: unknown): Settings {
  if (typeof stored !== 'object' || stored === null) return DEFAULT_SETTINGS;
  return {
    patterns: lines('patterns' in stored ? stored.patterns : null),
    wrappers: lines('wrappers' in stored ? stored.wrappers : null),
    marks: lines('marks' in stored ? stored.marks : null),
    everything: 'everything' in stored && stored.everything === true,
    recorder: 'recorder' in stored && typeof stored.recorder === 'boolean' ? stored.recorder : true,
    preserveLog: !('preserveLog' in stored && stored.preserveLog === false),
    caps: caps('caps' in stored ? stored.caps : null),
  };
}

function caps(value: unknown): SettableCaps {
  const given = (name: SettableCap): number => {
    const number: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    const { least, most } = CAP_RANGES[name];
    if (typeof number !== 'number' || !Number.isFinite(number)) return DEFAULT_CAPS[name];
    return Math.round(Math.min(Math.max(number, least), most));
  };
  return {
    body: given('body'),
    ringObservations: given('ringObservations'),
    ringBytes: given('ringBytes'),
    recorderTabBytes: given('recorderTabBytes'),
    recorderBytes: given('recorderBytes'),
    panelEvents: given('panelEvents'),
    panelBytes: given('panelBytes'),
  };
}

function lines(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((line): line is string => typeof line === 'string')
    .map((line) => line.replaceAll(/[\r\n]/g, '').trim())
    .filter((line) => line !== '');
}
