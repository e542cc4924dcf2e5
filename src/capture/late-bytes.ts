/** Bytes that the browser gives only asynchronously: they come as an observation of their own. */
import type { Payload, Seq } from '../observation/observation.ts';
import { limits } from './limits.ts';
import { NativeBytes, privateList, settle, uncurry } from './natives.ts';
import { bodyPayload, bytesPayload, noBytes, sizeOfBlob } from './payload.ts';
import type { Recorder } from './recorder.ts';

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
 * Reads a Blob's bytes, up to the cap, into a `body` observation that names `of`. A small Blob is read sooner than a
 * large one before it, and still said after it.
 */
export function addLateBytes(
  recorder: Recorder,
  of: Seq,
  role: 'request' | 'answer' | 'frame',
  blob: unknown,
): void {
  const size = sizeOfBlob(blob);
  const turn: Turn = { say: null };
  turns[turns.length] = turn;
  const done = (payload: Payload): void => {
    turn.say = () => recorder.add({ kind: 'body', of, role, payload }, payload.data.length);
    sayWhatIsRead();
  };
  settle(
    blobBytes(blobSlice(blob, 0, limits.body)),
    (buffer) => {
      const bytes = new NativeBytes(buffer);
      done(role === 'frame' ? bytesPayload(bytes, size) : bodyPayload(bytes, size, size > limits.body));
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
