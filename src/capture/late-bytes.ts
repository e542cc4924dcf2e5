/** Bytes that the browser gives only asynchronously: they come as an observation of their own. */
import type { Payload } from '../observation/observation.ts';
import { limits } from './limits.ts';
import { NativeBytes, privateList, settle, uncurry } from './natives.ts';
import { bodyPayload, bytesPayload, noBytes, sizeOfBlob } from './payload.ts';

const blobSlice = uncurry(Blob.prototype.slice);
const blobBytes = uncurry(Blob.prototype.arrayBuffer);

/** Says what was read, once it was. */
type Say = () => void;
interface Turn {
  say: Say | null;
}

/** Readings that have not been said yet, in the order of what they were read from. */
const turns: Turn[] = privateList();
let first = 0;

/**
 * Reads a Blob's bytes, up to the cap. A small Blob is read sooner than a large one before it, and still said after it.
 * @param binary true where its bytes stay bytes, also if they are a text
 * @param add is given what was read; null bytes where it could not be
 */
export function readLater(
  blob: unknown,
  binary: boolean,
  add: (payload: Payload, bytes: Uint8Array | null) => void,
): void {
  const size = sizeOfBlob(blob);
  const turn: Turn = { say: null };
  turns[turns.length] = turn;
  const done = (payload: Payload, bytes: Uint8Array | null = null): void => {
    turn.say = () => add(payload, bytes);
    sayWhatIsRead();
  };
  settle(
    blobBytes(blobSlice(blob, 0, limits.body)),
    (buffer) => {
      const bytes = new NativeBytes(buffer);
      done(binary ? bytesPayload(bytes, size) : bodyPayload(bytes, size, size > limits.body), bytes);
    },
    () => done(noBytes('unreadable', size)),
  );
}

function sayWhatIsRead(): void {
  for (let say = turns[first]?.say; say; say = turns[first]?.say) {
    first++;
    say();
  }
  if (first < turns.length) return;
  turns.length = 0;
  first = 0;
}
