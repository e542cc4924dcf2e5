/**
 * Where a person's chat stands, so that a reload goes on with it. The widget's frame is a third party to the page, and
 * browsers may refuse it storage: the page keeps the standing and gives it back in the frame's fragment.
 */
export interface Standing {
  readonly chatId: string;
  /** How many of the script's cues are done. */
  readonly cue: number;
  /** Events heard that `/history` does not list. */
  readonly unlisted: number;
  readonly offScript: number;
  readonly nextId: number;
}

const PREFIX = 'demo-chat-stands:';

/** What the frame tells the page. */
export function standingMessage(standing: Standing): string {
  return PREFIX + JSON.stringify(standing);
}

/** The standing in a message of the frame, as text to be kept; null where the message is another. */
export function standingIn(message: unknown): string | null {
  return typeof message === 'string' && message.startsWith(PREFIX) ? message.slice(PREFIX.length) : null;
}

/** The standing that a frame's fragment carries, or null. */
export function readStanding(fragment: string): Standing | null {
  let value: unknown;
  try {
    value = JSON.parse(decodeURIComponent(fragment.slice(1)));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const fields: { readonly [key: string]: unknown } = { ...value };
  const count = (name: string) => (typeof fields[name] === 'number' ? fields[name] : 0);
  return {
    chatId: typeof fields.chatId === 'string' ? fields.chatId : '',
    cue: count('cue'),
    unlisted: count('unlisted'),
    offScript: count('offScript'),
    nextId: count('nextId'),
  };
}
