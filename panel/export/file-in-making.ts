/** The file that a person is about to save, made in slices: its bytes, its beginning for the preview, what was replaced. */
import type { RedactionSummary } from '../../src/report/redaction/redaction.ts';
import type { Slices } from '../store/work-schedule.ts';

export interface MadeFile {
  readonly content: Blob;
  /** The first characters of its text. */
  readonly beginning: string;
  /** Characters of its text behind the beginning. */
  readonly rest: number;
  readonly summary: RedactionSummary;
}

/** As much as a person reads of a preview, in characters. */
export const PREVIEW_CHARS = 24_000;
/** Characters that become one part of the file: a browser may keep parts outside of the memory. */
const PART_CHARS = 4 * 1024 * 1024;

/** @throws what the slices throw once the work was stopped, and what the writer throws. */
export async function makeFile(
  pieces: Generator<string, RedactionSummary, undefined>,
  type: string,
  slices: Slices,
): Promise<MadeFile> {
  const parts: Blob[] = [];
  let open: string[] = [];
  let openChars = 0;
  let beginning = '';
  let chars = 0;
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    if (piece.done === true) {
      parts.push(new Blob(open));
      const content = new Blob(parts, { type });
      return { content, beginning, rest: chars - beginning.length, summary: piece.value };
    }
    const text = piece.value;
    if (text !== '') {
      if (beginning.length < PREVIEW_CHARS) beginning += text.slice(0, PREVIEW_CHARS - beginning.length);
      chars += text.length;
      open.push(text);
      openChars += text.length;
      if (openChars >= PART_CHARS) {
        parts.push(new Blob(open));
        open = [];
        openChars = 0;
      }
    }
    await slices.giveWay();
  }
}

/** The first characters of what the pieces make, and no more work than they take. */
export async function beginningOf(
  pieces: Generator<string, RedactionSummary, undefined>,
  slices: Slices,
): Promise<string> {
  let beginning = '';
  for (const piece of pieces) {
    beginning += piece;
    if (beginning.length >= PREVIEW_CHARS) break;
    await slices.giveWay();
  }
  return beginning.slice(0, PREVIEW_CHARS);
}

export async function gzipped(content: Blob): Promise<Blob> {
  const packed = content.stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(packed, { headers: { 'content-type': 'application/gzip' } }).blob();
}
