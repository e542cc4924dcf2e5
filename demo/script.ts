/**
 * The words a scenario is written in. A scenario is data: a list of steps, some of the server, some of the visitor.
 * Values that are only known when it plays are written as placeholders (see `placeholder.ts`).
 */

export const TRANSPORTS = ['xhr', 'fetch', 'ws', 'sse'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** How events are packed: one by itself, an array, or `{"events":[…]}`. The vendor's API knows the envelope only. */
export const WRAPS = ['lone', 'envelope', 'array'] as const;
export type Wrap = (typeof WRAPS)[number];

/** What a script waits for where the visitor polls twice at a time: no event of the wire. */
export const OVERLAP = 'overlapping poll';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** An event with placeholders in its strings. */
export type Template = { readonly event: string; readonly [field: string]: Json };

interface Step {
  /** Only on these transports; everywhere when absent. */
  readonly on?: readonly Transport[];
}

/** Events that the server sends together: one answer, or one frame unless they are packed lone. */
export interface EventsStep extends Step {
  readonly by: 'server';
  readonly kind: 'events';
  readonly events: readonly Template[];
  readonly wrap?: Wrap;
  /** In a binary frame, where the transport has them. */
  readonly binary?: true;
  /** Remembers the first event as it went out, to be sent once more by `again`. */
  readonly as?: string;
}

/** The same event once more, byte for byte. */
export interface AgainStep extends Step {
  readonly by: 'server';
  readonly kind: 'again';
  readonly of: string;
}

/** Something that is no well-formed event: the body of a poll answer, a text frame, or the data of a stream event. */
export interface RawStep extends Step {
  readonly by: 'server';
  readonly kind: 'raw';
  readonly text: () => string;
  readonly contentType: string;
  /** HTTP status, where the transport has one. */
  readonly status: number;
}

/** A binary frame of bytes that mean nothing. */
export interface BytesStep extends Step {
  readonly by: 'server';
  readonly kind: 'bytes';
  readonly bytes: () => Uint8Array;
}

/** The connection is cut. */
export interface CutStep extends Step {
  readonly by: 'server';
  readonly kind: 'cut';
}

export type ServerStep = EventsStep | AgainStep | RawStep | BytesStep | CutStep;

/** What a visitor does. The page carries it out; ids are filled in there. */
export type Action =
  | { readonly do: 'send'; readonly events: readonly Template[] }
  | { readonly do: 'answer-form'; readonly data: { readonly [field: string]: string } }
  | { readonly do: 'signal'; readonly data: { readonly [key: string]: Json } }
  | { readonly do: 'upload'; readonly name: string; readonly type: string; readonly content: string }
  | { readonly do: 'download' }
  | { readonly do: 'history' }
  /** A body sent as it stands, to where events go. */
  | { readonly do: 'post'; readonly body: string }
  /** A poll beside the one that is held, or after the end. */
  | { readonly do: 'poll' }
  /** A call of the vendor's API, below its base path, with the Authorization header given (null: none). */
  | {
      readonly do: 'call';
      readonly method: string;
      readonly path: string;
      readonly authorization: string | null;
      readonly body: string | null;
    };

export interface VisitorStep extends Step {
  readonly by: 'visitor';
  readonly action: Action;
  /** The client event the script waits for before it goes on; null goes on at once. */
  readonly awaits: string | null;
  /** What the server says to it at once: in the answer of that POST on v1 of the API, like any events elsewhere. */
  readonly answeredBy: readonly Template[];
}

export type ScenarioStep = ServerStep | VisitorStep;

export interface Scenario {
  readonly name: string;
  /** One line for the person who chooses. */
  readonly title: string;
  readonly steps: readonly ScenarioStep[];
}

/** The steps of a scenario that play on one transport. */
export function stepsOn(scenario: Scenario, transport: Transport): readonly ScenarioStep[] {
  return scenario.steps.filter((step) => step.on === undefined || step.on.includes(transport));
}
