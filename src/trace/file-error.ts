/** What cannot be read of a file, as one sentence for a person. */
import { type JsonFault, jsonFault } from '../text/json-fault.ts';

export class FileError extends Error {
  override readonly name: string = 'FileError';
}

/** A fault of the text, with the line where it is, from 1. */
export class TextError extends FileError {
  override readonly name: string = 'TextError';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Where a text that should be JSON is none; null where nobody found the place. */
export function jsonError(place: Pick<JsonFault, 'line' | 'column' | 'cutOff'> | null): TextError {
  if (place === null) return new TextError('the file is no JSON', 1);
  const { line, column, cutOff } = place;
  const fault = cutOff ? 'the file is cut off' : 'the file is no JSON';
  return new TextError(`${fault} at line ${line}, column ${column}`, line);
}

/** The value of a JSON text. @throws TextError that says where the text stops being JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw jsonError(jsonFault(text));
  }
}
