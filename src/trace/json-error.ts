/** A text that should be JSON and is not, as one sentence with its place. */
import { TraceError } from './ndjson.ts';

/** Where a text stops being JSON, as the analysis finds it; lines and columns count from 1, `offset` from 0. */
export interface FaultPlace {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly cutOff: boolean;
}

/** The error for a fault; null where nobody found its place. */
export function jsonError(place: FaultPlace | null): TraceError {
  if (place === null) return new TraceError('the file is no JSON', 1);
  const { line, column, cutOff } = place;
  const fault = cutOff ? 'the file is cut off' : 'the file is no JSON';
  return new TraceError(`${fault} at line ${line}, column ${column}`, line);
}
