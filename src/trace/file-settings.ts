/** What the user sets about reading a file. */

/** Patterns for URLs of relays, and places of events in messages, as people write them. */
export interface FileSettings {
  readonly patterns: readonly string[];
  readonly wrappers: readonly string[];
}
