/** Pictures that a person adds to a bug report: drawn anew, so that what a camera or a program wrote beside them stays behind. */

export interface Picture {
  /** As the person's file was called; what was pasted has a name of the browser's. */
  readonly name: string;
  readonly content: Blob;
}

/** As many as anybody looks at. */
export const MOST_PICTURES = 20;

/** @throws Error with one sentence where the file is no picture that the browser can draw. */
export async function pictureOf(file: File): Promise<Picture> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) throw new Error(`“${file.name}” is no picture that can be added.`);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { name: file.name, content: await canvas.convertToBlob({ type: 'image/png' }) };
}
