/** The words that all framings share: what a layer around chat events is taken apart into. */

/** Where a value stands in JSON: member names and positions from the root. */
export type JsonPath = readonly (string | number)[];

/** What a message of a framing is that carries nothing: a fact of the transport, never an event and never an error. */
export type FramingFact = (typeof FRAMING_FACTS)[number];
export const FRAMING_FACTS = ['heartbeat', 'handshake', 'acknowledgement', 'close', 'error'] as const;

/** What a framing tells beside the content, for the Exchange view: members that it does not have are absent. */
export interface FramingTells {
  readonly framing: string;
  /** The name under which the message was sent: of socket.io an event, of SignalR a target, of Phoenix an event. */
  readonly name?: string;
  readonly namespace?: string;
  /** Number by which an acknowledgement or a reply names its message. */
  readonly id?: string;
  readonly topic?: string;
}

/**
 * How offsets of a part's text become offsets of the text around it. `same`: the text stands there as it is. `json`:
 * it stands there as the inside of a JSON string. `whole`: it was encoded, so that only the whole can be pointed at.
 */
export type PartForm = 'same' | 'json' | 'whole';

/** A content of a layer: another text, and where it stands. */
export interface ContentPart {
  readonly kind: 'content';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly form: PartForm;
  /** Members that lead to it; empty where the layer is no JSON. */
  readonly path: JsonPath;
  readonly tells: FramingTells | null;
}

/** A part of a layer that carries nothing. */
export interface FactPart {
  readonly kind: 'fact';
  readonly fact: FramingFact;
  readonly framing: string;
  readonly start: number;
  readonly end: number;
}

export type Part = ContentPart | FactPart;

/** A framing that is text: takes a text apart, or gives null where the text is none of its messages. */
export interface TextFraming {
  readonly name: string;
  /** @param certain whether an earlier message of the same connection was of this framing for certain */
  split(text: string, certain: boolean): readonly Part[] | null;
}

/** A framing that is JSON: says what a whole parsed value of it is, or null where it is none of its messages. */
export interface ValueFraming {
  readonly name: string;
  tell(value: unknown): { readonly fact: FramingFact | null; readonly tells: FramingTells } | null;
}

/** A part that is a slice of the text. */
export function slicePart(
  text: string,
  start: number,
  end: number,
  tells: FramingTells | null = null,
): ContentPart {
  return { kind: 'content', text: text.slice(start, end), start, end, form: 'same', path: [], tells };
}

export function factPart(framing: string, fact: FramingFact, start: number, end: number): FactPart {
  return { kind: 'fact', fact, framing, start, end };
}

/** The value as a record, or null: what framings look into. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

/** Members of `tells` that are texts or numbers, as texts; the others are left out. */
export function tellsOf(
  framing: string,
  members: Readonly<Record<'name' | 'namespace' | 'id' | 'topic', unknown>>,
): FramingTells {
  const said = Object.entries(members).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [],
  );
  return { framing, ...Object.fromEntries(said) };
}
