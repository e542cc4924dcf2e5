/** What kind of file it is, from its beginning: first of its bytes, then of its text. */
import { FileError, TextError } from './file-error.ts';

/** As many bytes as tell how a file is packed. */
export const HEAD_BYTES = 6;

/**
 * How the bytes are packed: `html` is a web page, in which a report has its trace.
 * @throws FileError for what has to be unpacked first: which of the files in it is meant, nobody can know.
 */
export function packing(head: Uint8Array): 'gzip' | 'zip' | 'html' | 'text' {
  if (begins(head, [0x50, 0x4b, 0x03, 0x04])) return 'zip';
  if (begins(head, [0x1f, 0x8b, 0x08])) return 'gzip';
  if (/^<(?:!doct|html)/i.test(String.fromCharCode(...head.subarray(0, HEAD_BYTES)))) return 'html';
  for (const [name, magic] of PACKED) {
    if (begins(head, magic)) throw packedAs(name);
  }
  return 'text';
}

export function packedAs(name: string): FileError {
  return new FileError(`the file is packed (${name}); unpack it and give the file in it`);
}

const PACKED = [
  ['ZIP', [0x50, 0x4b, 0x05, 0x06]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
] as const;

/** The encoding that a byte order mark tells; UTF-8 without one. PowerShell's `>` writes UTF-16. */
export function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (begins(head, [0xff, 0xfe])) return 'utf-16le';
  return begins(head, [0xfe, 0xff]) ? 'utf-16be' : 'utf-8';
}

function begins(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** As much of a text as tells its kind. */
export const HEAD_CHARS = 4096;

/**
 * `trace`: a Chat Inspector trace (one that may be damaged). `json`: may be a HAR. `head` is the text's beginning, at
 * least {@link HEAD_CHARS} of it where there is as much.
 * @throws TextError for a text that is neither.
 */
export function textKind(head: string): 'trace' | 'json' {
  const start = head.replace(/^\uFEFF?\s*/, '');
  if (start === '') throw new TextError('the file is empty', 1);
  const firstLine = start.split('\n', 1)[0] ?? '';
  if (/"format"\s*:\s*"chat-inspector-trace"/.test(firstLine)) return 'trace';
  if (start.startsWith('{') || start.startsWith('[')) return 'json';
  const begin = JSON.stringify(start.slice(0, 24));
  throw new TextError(`neither a Chat Inspector trace nor a HAR file: it begins with ${begin} at line 1`, 1);
}
