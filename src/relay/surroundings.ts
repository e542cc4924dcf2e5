import type { SurroundingsMessage } from '../messaging/contracts.ts';

/** What it says of itself, beside where it is. */
export type Seen = Pick<SurroundingsMessage, 'round' | 'workers' | 'fetches' | 'newFrame'>;

/**
 * What a document starts beside itself, as far as the browser tells without anything being patched: scripts of workers
 * and documents of frames stand among its resources. Workers made of a `blob:` and shared workers do not, nor do
 * frames that need no request. An unwatched page pays nothing for it.
 */
export class Surroundings {
  readonly #say: (seen: Seen) => void;
  #observer: PerformanceObserver | null = null;
  #round = 0;
  #workers = 0;
  #fetches = 0;

  constructor(say: (seen: Seen) => void) {
    this.#say = say;
  }

  /** A panel opened, or asks again: this frame is here, and has this beside it. */
  watch(round: number): void {
    this.#round = round;
    if (!this.#observer) this.#observe();
    this.#tell(false);
  }

  #observe(): void {
    this.#workers = 0;
    this.#fetches = 0;
    const opened = performance.now();
    this.#observer = new PerformanceObserver((list) => {
      const entries = list.getEntries();
      const workers = entries.filter(isWorkerScript).length;
      const fetches = entries.filter(
        (entry) => initiator(entry) === 'fetch' && entry.startTime < opened,
      ).length;
      // Frames from before have heard of the panel themselves.
      const newFrame = entries.some((entry) => initiator(entry) === 'iframe' && endOf(entry) > opened);
      this.#workers += workers;
      this.#fetches += fetches;
      if (workers > 0 || fetches > 0 || newFrame) this.#tell(newFrame);
    });
    this.#observer.observe({ type: 'resource', buffered: true });
  }

  #tell(newFrame: boolean): void {
    this.#say({ round: this.#round, workers: this.#workers, fetches: this.#fetches, newFrame });
  }

  /** The last panel closed. */
  rest(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }
}

/** A script that neither an element nor a request nor an import asked for. */
function isWorkerScript(entry: PerformanceEntry): boolean {
  return (
    initiator(entry) === 'other' &&
    'contentType' in entry &&
    typeof entry.contentType === 'string' &&
    entry.contentType.includes('javascript')
  );
}

/** What asked for a resource: of other entries nothing. */
export function initiator(entry: PerformanceEntry): unknown {
  return 'initiatorType' in entry ? entry.initiatorType : '';
}

function endOf({ startTime, duration }: PerformanceEntry): number {
  return startTime + duration;
}
