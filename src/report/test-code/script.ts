/** A session as a script: what the page sent, in order, and what the servers said, each with the steps that it came after. */
import type { Header } from '../../observation/observation.ts';

/** Bytes as they go into a file of code. */
export interface ScriptBytes {
  readonly encoding: 'text' | 'base64';
  readonly data: string;
}

/** Something that a server said: given once the first `after` steps are made. */
export interface Cue {
  readonly after: number;
  /** Milliseconds from the last of those steps, or from what asked for it where that came later. */
  readonly wait: number;
}

export interface ScriptAnswer extends Cue {
  /** 0 for a request that failed without an answer. */
  readonly status: number;
  readonly headers: readonly Header[];
  /** In more than one piece where the page read it while it came. */
  readonly pieces: readonly (Cue & ScriptBytes)[];
}

/** Requests that are told apart by nothing but what moves in them: one queue of answers. */
export interface ScriptEndpoint {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  /** Parameters of the query that tell it from others. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Parameters that move from request to request. */
  readonly ignored: readonly string[];
  /** What the step is called that a request of it is by itself; null where only what it carries counts. */
  readonly step: string | null;
  /** A poll: its answers wait for the steps before them, and further requests are held. */
  readonly held: boolean;
  /** How many of them were open at once. */
  readonly atOnce: number;
  readonly answers: readonly ScriptAnswer[];
}

export interface ScriptMessage extends Cue, ScriptBytes {}

export interface ScriptClose extends Cue {
  readonly code: number;
  readonly reason: string;
}

export interface ScriptSocket {
  readonly origin: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly ignored: readonly string[];
  readonly messages: readonly ScriptMessage[];
  /** Null where the page closed it, or nobody did. */
  readonly close: ScriptClose | null;
}

export interface ScriptStreamEvent extends Cue {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

export interface ScriptStream {
  readonly origin: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly ignored: readonly string[];
  readonly events: readonly ScriptStreamEvent[];
}

export interface SessionScript {
  readonly letter: string;
  readonly id: string;
  readonly protocol: string;
  /** When it began, Unix milliseconds. */
  readonly startedAt: number;
  readonly eventCount: number;
  /** The page that the tab showed; null where nobody said it. */
  readonly page: string | null;
  /** Names that count as steps where they stand in what the page sends. */
  readonly names: readonly string[];
  /** What the page sent, in order. */
  readonly steps: readonly string[];
  readonly endpoints: readonly ScriptEndpoint[];
  readonly sockets: readonly ScriptSocket[];
  readonly streams: readonly ScriptStream[];
  /** What others said in messages, as a person reads it, in order. */
  readonly heard: readonly string[];
  /** What of the session cannot be played, each in a sentence. */
  readonly notes: readonly string[];
}
