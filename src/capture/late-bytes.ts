/** Bytes that the browser gives only asynchronously: they come as an observation of their own. */
import { CAPS } from '../observation/caps.ts';
import type { Payload, Seq } from '../observation/observation.ts';
import { settle, uncurry } from './natives.ts';
import { bodyPayload, bytesPayload, noBytes, sizeOfBlob } from './payload.ts';
import type { Recorder } from './recorder.ts';

const NativeBytes = Uint8Array;
const blobSlice = uncurry(Blob.prototype.slice);
const blobBytes = uncurry(Blob.prototype.arrayBuffer);

/** Reads a Blob's bytes, up to the cap, into a `body` observation that names `of`. */
export function addLateBytes(
  recorder: Recorder,
  of: Seq,
  role: 'request' | 'answer' | 'frame',
  blob: unknown,
): void {
  const size = sizeOfBlob(blob);
  const add = (payload: Payload): void => {
    recorder.add({ kind: 'body', of, role, payload }, payload.data.length);
  };
  settle(
    blobBytes(blobSlice(blob, 0, CAPS.body)),
    (buffer) => {
      const bytes = new NativeBytes(buffer);
      add(role === 'frame' ? bytesPayload(bytes, size) : bodyPayload(bytes, size, size > CAPS.body));
    },
    () => add(noBytes('unreadable', size)),
  );
}
