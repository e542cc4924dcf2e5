/** What the page and its servers said, as texts of which names are looked for. */
import type { Observation, Payload } from '../../observation/observation.ts';

/** What a server said. */
export function heardText(observation: Observation): string | null {
  switch (observation.kind) {
    case 'body':
      return observation.role === 'answer' ? observation.payload.data : null;
    case 'chunk':
    case 'stream-event':
      return observation.payload.data;
    case 'frame':
      return observation.direction === 'in' ? observation.payload.data : null;
    default:
      return null;
  }
}

/** Bytes that came later than what they belong to. */
export interface LateBytes {
  readonly place: string;
  readonly payload: Payload;
}

/** What the page sent, where its bytes are known. */
export function sentText(observation: Observation, late: LateBytes | undefined): string | null {
  const own =
    observation.kind === 'request'
      ? observation.body
      : observation.kind === 'frame' && observation.direction === 'out'
        ? observation.payload
        : null;
  const payload = own === null ? null : (late?.payload ?? own);
  if (payload === null || payload.encoding === 'none' || payload.encoding === 'later') return null;
  // Names of events are plain ASCII, whatever stands around them.
  return payload.encoding === 'text' ? payload.data : atob(payload.data);
}
