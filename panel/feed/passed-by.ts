/** What went by while no chat was seen: shown to a person, and neither kept nor exported. */

export interface PassedBy {
  /** What scripts asked for, and that named no chat event. */
  readonly requests: number;
  readonly sockets: number;
  /** False in Firefox: its log has no messages of sockets, and nothing at all until its Network panel was opened. */
  readonly tellsMessages: boolean;
  /** What looks most like a chat comes first; so many of them as can be looked through. */
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  /** Without query and fragment. */
  readonly url: string;
  readonly kind: 'request' | 'stream' | 'socket';
  /** How many requests or sockets went to such an address. */
  readonly count: number;
  /** Why it was not taken for chat, as a sentence. */
  readonly why: string;
  /** What to set, so that it is taken for chat. */
  readonly pattern: string;
}
