import { type Zippable, zipSync } from 'fflate';

/** Path with forward slashes, from the root of the tree, and the bytes of the file. */
export type TreeFiles = ReadonlyMap<string, Uint8Array>;

/**
 * The earliest day a ZIP can name. ZIP times have no zone and the packer writes local ones, so this is noon of that day
 * wherever it runs.
 */
const THEN = new Date(1980, 0, 1, 12);

/** A ZIP of these files: the same files give the same bytes on every machine, in whatever order they come. */
export function packFiles(files: TreeFiles): Uint8Array {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  // Entries and not a plain object's literal keys: a file may be called `__proto__`.
  const tree: Zippable = Object.fromEntries(sorted);
  return zipSync(tree, { level: 9, mtime: THEN });
}
