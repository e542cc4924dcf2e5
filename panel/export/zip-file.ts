/** Files in one ZIP, made in slices. */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Slices } from '../store/work-schedule.ts';

export interface FileInZip {
  readonly name: string;
  readonly content: Blob;
  /** It is packed already, and would only take time. */
  readonly packed: boolean;
}

/** @throws what the slices throw once the work was stopped. */
export async function zipFile(files: readonly FileInZip[], slices: Slices): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    parts.push(new Uint8Array(bytes));
  });
  for (const { name, content, packed } of files) {
    const entry = packed ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    const bytes = content.stream().getReader();
    for (let piece = await bytes.read(); !piece.done; piece = await bytes.read()) {
      entry.push(piece.value);
      await slices.giveWay();
    }
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}
