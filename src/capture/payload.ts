/** Bytes and texts as the page's API gave them, made into payloads: capped, and copied before the page can change them. */

import type { Payload } from '../observation/observation.ts';
import { PAGE_CAPS } from '../observation/page-caps.ts';
import { limits } from './limits.ts';
import { apply, construct, getter, NativeBytes, slice, subarray, uncurry } from './natives.ts';

const fromCharCode = String.fromCharCode;
const encodeBase64 = btoa.bind(globalThis);
const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const viewBuffer: (view: unknown) => ArrayBufferLike = getter<Uint8Array, 'buffer'>(typedArray, 'buffer');
const viewOffset: (view: unknown) => number = getter<Uint8Array, 'byteOffset'>(typedArray, 'byteOffset');
export const viewLength: (view: unknown) => number = getter<Uint8Array, 'byteLength'>(
  typedArray,
  'byteLength',
);
const dataViewBuffer = getter(DataView.prototype, 'buffer');
const dataViewOffset = getter(DataView.prototype, 'byteOffset');
const dataViewLength = getter(DataView.prototype, 'byteLength');
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');
const isView = ArrayBuffer.isView;
export const decode: (decoder: unknown, bytes: Uint8Array, options?: TextDecodeOptions) => string = uncurry(
  TextDecoder.prototype.decode,
);
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenientDecoder = new TextDecoder();
const blobSize = getter(Blob.prototype, 'size');

// Chrome 140 and Firefox 133 encode by themselves.
const nativeBase64: (() => string) | undefined = Reflect.get(NativeBytes.prototype, 'toBase64');
const toBase64: ((bytes: Uint8Array) => string) | undefined = nativeBase64 && uncurry(nativeBase64);

export function payload(
  encoding: Payload['encoding'],
  data: string,
  size: number,
  truncated = false,
): Payload {
  return { encoding, data, size, truncated };
}

export function textPayload(text: string): Payload {
  const size = text.length;
  const cut = size > limits.body;
  return payload('text', cut ? slice(text, 0, limits.body) : text, size, cut);
}

/** A text that stands for something else, such as the fields of a form. */
export function notedText(text: string, note: string): Payload {
  return { ...textPayload(text), note };
}

export function noBytes(note: string, size = 0): Payload {
  return { ...payload('none', '', size), note };
}

export function laterBytes(size: number): Payload {
  return payload('later', '', size);
}

export function bytesPayload(bytes: Uint8Array, size: number = viewLength(bytes)): Payload {
  const length = viewLength(bytes);
  const kept = length > limits.body ? subarray(bytes, 0, limits.body) : bytes;
  return payload('base64', base64(kept), size, size > limits.body);
}

/**
 * The beginning of what may be JSON, for the look at its marks: a text as it is, of bytes what begins like JSON.
 * Everything else is '', because decoding the bytes of a video or a game would cost the page something.
 * `any`: bytes are looked at however they begin, as a framing may.
 */
export function beginning(value: unknown, any = false): string {
  if (typeof value === 'string') return value;
  const bytes = bytesOf(value);
  // { [ white space, and the first byte of a byte order mark
  const first = bytes && viewLength(bytes) > 0 ? (bytes[0] ?? 0) : 0;
  const maybe = first === 123 || first === 91 || first === 32 || first === 9 || first === 10 || first === 13;
  if (!bytes || !(any || maybe || first === 239)) return '';
  return decode(
    lenientDecoder,
    viewLength(bytes) > PAGE_CAPS.markWindow ? subarray(bytes, 0, PAGE_CAPS.markWindow) : bytes,
  );
}

/** Bytes that are text if they are UTF-8, as bodies are. */
export function bodyPayload(bytes: Uint8Array, size: number, truncated: boolean): Payload {
  try {
    return payload('text', decode(strictDecoder, bytes), size, truncated);
  } catch {
    // A cut may go through a character: the rest is still text if all but the last three bytes are.
    if (truncated) {
      for (let cut = 1; cut < 4; cut++) {
        try {
          const head = subarray(bytes, 0, viewLength(bytes) - cut);
          return payload('text', decode(strictDecoder, head), size, truncated);
        } catch {
          // one byte less
        }
      }
    }
    return payload('base64', base64(bytes), size, truncated);
  }
}

/** The bytes behind an ArrayBuffer or a view, not copied; null for everything else. */
export function bytesOf(value: unknown): Uint8Array | null {
  if (typeof value !== 'object' || value === null) return null;
  if (isView(value)) {
    try {
      return construct(NativeBytes, [dataViewBuffer(value), dataViewOffset(value), dataViewLength(value)]);
    } catch {
      return construct(NativeBytes, [viewBuffer(value), viewOffset(value), viewLength(value)]);
    }
  }
  try {
    bufferLength(value);
    return construct(NativeBytes, [value]);
  } catch {
    return null;
  }
}

/** The size of a Blob or File; -1 for everything else. */
export function sizeOfBlob(value: unknown): number {
  try {
    return typeof value === 'object' && value !== null ? blobSize(value) : -1;
  } catch {
    return -1;
  }
}

/** Base64 of bytes: what crosses ports, which carry JSON. */
export function base64(bytes: Uint8Array): string {
  if (toBase64) return toBase64(bytes);
  let text = '';
  const length = viewLength(bytes);
  // Whole groups of three bytes at a time need no padding; the limit is that of arguments on a stack.
  for (let from = 0; from < length; from += 12_288) {
    text += encodeBase64(`${apply(fromCharCode, null, subarray(bytes, from, from + 12_288))}`);
  }
  return text;
}
