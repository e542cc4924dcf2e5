import { Buffer } from 'node:buffer';

export interface StoredFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** A picture of 2 by 2 pixels: small, but no UTF-8. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP8z8Dwn4GBgYGJAQoAHxcCAk+Uzr4AAAAASUVORK5CYII=';

/** The files that scripted agents send. */
export const ATTACHMENTS: readonly StoredFile[] = [
  { name: 'colours.png', type: 'image/png', content: Buffer.from(PICTURE, 'base64') },
  {
    name: 'care-guide.txt',
    type: 'text/plain; charset=utf-8',
    content: Buffer.from('Wash at 30 °C, dry in the shade, do not bleach.\n'),
  },
];
