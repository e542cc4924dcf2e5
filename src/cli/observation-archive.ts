/**
 * The observations of a trace that may be larger than memory, as the list that the analysis keeps them in. The latest
 * ones are there as they came; the older ones lie packed outside of the heap and are unpacked when somebody asks.
 */
import { getHeapStatistics } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Observation } from '../observation/observation.ts';

/** Observations that are packed together: enough that they pack well, few enough that one of them is quickly read. */
const BLOCK = 512;
/** … or as many characters: then an observation is no longer than the block. */
const BLOCK_CHARS = 4 * 1024 * 1024;
/** Characters of the latest observations, which answers and repetitions ask for: ordinary files are never packed. */
const RECENT_CHARS = Math.min(64 * 1024 * 1024, getHeapStatistics().heap_size_limit / 32);
/** Unpacked blocks that are kept. Who reads goes from the first to the last. */
const UNPACKED = 8;

/** An empty list that packs what it has long held. Observations can be added at its end and read at any place. */
export function observationArchive(recentChars = RECENT_CHARS): Observation[] {
  const archive = new Archive(recentChars);
  const push = (...observations: Observation[]) => archive.add(observations);
  return new Proxy<Observation[]>([], {
    get: (target, key, receiver) => {
      if (key === 'length') return archive.length;
      if (key === 'push') return push;
      const index = typeof key === 'string' ? Number(key) : Number.NaN;
      return Number.isInteger(index) ? archive.at(index) : Reflect.get(target, key, receiver);
    },
  });
}

interface Block {
  /** Position of its first observation. */
  readonly first: number;
  readonly packed: Uint8Array;
}

class Archive {
  length = 0;
  readonly #recentChars: number;
  readonly #blocks: Block[] = [];
  /** Observations that are not packed yet begin here. */
  #recentFrom = 0;
  #recent: Observation[] = [];
  #chars: number[] = [];
  #charsHeld = 0;
  /** The blocks that were read last, the latest at the end. */
  readonly #unpacked: { readonly block: Block; readonly observations: readonly Observation[] }[] = [];

  constructor(recentChars: number) {
    this.#recentChars = recentChars;
  }

  add(observations: readonly Observation[]): number {
    for (const observation of observations) {
      const chars = charsOf(observation);
      this.#recent.push(observation);
      this.#chars.push(chars);
      this.#charsHeld += chars;
      this.length += 1;
    }
    if (this.#charsHeld > 2 * this.#recentChars) this.#pack();
    return this.length;
  }

  at(index: number): Observation | undefined {
    if (index >= this.#recentFrom) return this.#recent[index - this.#recentFrom];
    const block = this.#blockOf(index);
    return block === undefined ? undefined : this.#read(block)[index - block.first];
  }

  #pack(): void {
    let taken = 0;
    while (this.#charsHeld > this.#recentChars && taken < this.#recent.length) {
      const first = taken;
      let chars = 0;
      while (taken < this.#recent.length && taken - first < BLOCK && chars < BLOCK_CHARS) {
        chars += this.#chars[taken] ?? 0;
        taken += 1;
      }
      const text = JSON.stringify(this.#recent.slice(first, taken));
      this.#blocks.push({ first: this.#recentFrom + first, packed: deflateRawSync(text, { level: 1 }) });
      this.#charsHeld -= chars;
    }
    this.#recent = this.#recent.slice(taken);
    this.#chars = this.#chars.slice(taken);
    this.#recentFrom += taken;
  }

  #blockOf(index: number): Block | undefined {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#blocks[middle]?.first ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return this.#blocks[low];
  }

  #read(block: Block): readonly Observation[] {
    const held = this.#unpacked.findIndex((each) => each.block === block);
    const [found] = held === -1 ? [] : this.#unpacked.splice(held, 1);
    const unpacked = found ?? { block, observations: unpack(block.packed) };
    this.#unpacked.push(unpacked);
    if (this.#unpacked.length > UNPACKED) this.#unpacked.shift();
    return unpacked.observations;
  }
}

function unpack(packed: Uint8Array): readonly Observation[] {
  return JSON.parse(inflateRawSync(packed).toString());
}

/** What the observation takes, near enough. */
function charsOf(observation: Observation): number {
  const head = 400;
  switch (observation.kind) {
    case 'request':
      return head + observation.url.length + (observation.body?.data.length ?? 0);
    case 'body':
    case 'chunk':
    case 'frame':
    case 'stream-event':
      return head + observation.payload.data.length;
    default:
      return head;
  }
}
