/** Collects what documents left in the storage while they went away, and finds out of which tab they were. */
import {
  type FrameAddress,
  isLastWordsKey,
  type LastWords,
  type LostDocument,
  parseLastWords,
  UNKNOWN_FRAME,
} from '../messaging/last-words.ts';

/** Where the words lie. */
export interface Letterbox {
  keys(): Promise<readonly string[]>;
  get(keys: string[]): Promise<Record<string, unknown>>;
  remove(keys: string[]): Promise<void>;
}

export interface Recipient {
  onLastWords(address: FrameAddress, words: LastWords): Promise<void>;
}

/** What of the browser's tabs is asked. */
export interface Witnesses {
  tabs(): Promise<readonly number[]>;
  /** How near a tab's times are to those of a document, in milliseconds; null if it has not seen it. */
  seenBy(tab: number, document: LostDocument): Promise<number | null>;
}

/** So long a letter that nobody claims is kept for the next look, in milliseconds. */
const WITNESSES_COME = 10_000;

interface Letter {
  readonly key: string;
  readonly words: LastWords | null;
}

export class LostDocuments {
  readonly #letterbox: Letterbox;
  readonly #recipient: Recipient;
  readonly #witnesses: Witnesses;
  readonly #clock: () => number;
  /** Letters in hand: a second look must not take them again. */
  readonly #open = new Set<string>();
  #collecting: Promise<void> = Promise.resolve();

  constructor(
    letterbox: Letterbox,
    recipient: Recipient,
    witnesses: Witnesses,
    clock: () => number = Date.now,
  ) {
    this.#clock = clock;
    this.#letterbox = letterbox;
    this.#recipient = recipient;
    this.#witnesses = witnesses;
  }

  /**
   * Hands on what lies in the storage, and takes it out only when the recipient has it safely. Done when that holds for
   * all that say whose they are: tabs that must be asked may never answer.
   */
  collect(): Promise<void> {
    this.#collecting = this.#collecting.then(() => this.#collect()).catch(() => {});
    return this.#collecting;
  }

  /** Null if nobody has seen the document: its tab is closed, or shows nothing yet. */
  async addressOf(document: LostDocument): Promise<FrameAddress | null> {
    let best: { readonly tab: number; readonly apart: number } | null = null;
    const tabs = await this.#witnesses.tabs();
    const seen = await Promise.all(
      tabs.map(async (tab) => ({ tab, apart: await this.#witnesses.seenBy(tab, document) })),
    );
    for (const { tab, apart } of seen) {
      if (apart !== null && (best === null || apart < best.apart)) best = { tab, apart };
    }
    return best && { tab: best.tab, frame: document.top ? 0 : UNKNOWN_FRAME };
  }

  async #collect(): Promise<void> {
    const keys = (await this.#letterbox.keys()).filter((key) => isLastWordsKey(key) && !this.#open.has(key));
    if (keys.length === 0) return;
    for (const key of keys) this.#open.add(key);
    const letters = Object.entries(await this.#letterbox.get(keys)).map(([key, value]) => ({
      key,
      words: parseLastWords(value),
    }));
    letters.sort((one, other) => at(one.words) - at(other.words) || first(one.words) - first(other.words));
    for (const { key, words } of letters) {
      if (words === null) await this.#done(key);
      else if (words.address) await this.#deliver(key, words.address, words);
    }
    void this.#deliverLost(letters);
  }

  async #deliverLost(letters: readonly Letter[]): Promise<void> {
    for (const { key, words } of letters) {
      if (words === null || words.address) continue;
      const address = await this.addressOf(words);
      if (address) await this.#deliver(key, address, words);
      else if (words.at < this.#clock() - WITNESSES_COME) await this.#done(key);
      else this.#open.delete(key);
    }
  }

  async #deliver(key: string, address: FrameAddress, words: LastWords): Promise<void> {
    try {
      await this.#recipient.onLastWords(address, words);
      await this.#done(key);
    } catch (error) {
      // The others are delivered all the same; this one is looked at again.
      this.#open.delete(key);
      reportError(error);
    }
  }

  async #done(key: string): Promise<void> {
    await this.#letterbox.remove([key]);
    this.#open.delete(key);
  }
}

function at(words: LastWords | null): number {
  return words?.at ?? 0;
}

function first(words: LastWords | null): number {
  return words?.batch.from ?? 0;
}
