/** How much each tab, and in it each frame, holds of the flight recorder: who has the most gives first. */
import type { KeptDocument } from './kept-document.ts';

interface Share {
  readonly tab: number;
  bytes: number;
  /** The oldest first. */
  readonly documents: KeptDocument[];
}

export class Shares {
  bytes = 0;
  readonly #tabs = new Map<number, number>();
  readonly #frames = new Map<string, Share>();

  /** @param documents the oldest first */
  constructor(documents: readonly KeptDocument[]) {
    for (const document of documents) {
      const { tab, frame, batches } = document;
      const share = this.#frames.get(`${tab} ${frame}`) ?? { tab, bytes: 0, documents: [] };
      this.#frames.set(`${tab} ${frame}`, share);
      share.documents.push(document);
      this.#add(
        share,
        batches.reduce((sum, batch) => sum + batch.bytes, 0),
      );
    }
  }

  get tabs(): readonly number[] {
    return [...this.#tabs.keys()];
  }

  get largestTab(): number {
    const [largest] = [...this.#tabs].sort(([, one], [, other]) => other - one);
    return largest?.[0] ?? -1;
  }

  bytesOf(tab: number): number {
    return this.#tabs.get(tab) ?? 0;
  }

  /** Takes a batch from the tab's frame that holds the most, and gives its key; null if there is none. */
  dropFrom(tab: number): string | null {
    const [share] = [...this.#frames.values()]
      .filter((each) => each.tab === tab)
      .sort((one, other) => other.bytes - one.bytes);
    const document = share?.documents.find(({ batches }) => batches.length > 0);
    if (!share || !document) return null;
    // Of the newest document the beginning stays: it names the connections of what follows.
    const first = document === share.documents.at(-1) && document.batches.length > 1 ? 1 : 0;
    const [batch] = document.batches.splice(first, 1);
    if (!batch) return null;
    this.#add(share, -batch.bytes);
    return batch.key;
  }

  #add(share: Share, bytes: number): void {
    share.bytes += bytes;
    this.bytes += bytes;
    this.#tabs.set(share.tab, this.bytesOf(share.tab) + bytes);
  }
}
