/**
 * What a document starts beside itself, as far as the browser tells without anything being patched: scripts of workers
 * and documents of frames stand among its resources. Workers made of a `blob:` and shared workers do not, nor do
 * frames that need no request. An unwatched page pays nothing for it.
 */
export class Surroundings {
  readonly #say: (workers: number, newFrame: boolean) => void;
  #observer: PerformanceObserver | null = null;
  #workers = 0;

  constructor(say: (workers: number, newFrame: boolean) => void) {
    this.#say = say;
  }

  /** A panel opened, or asks again; where there is nothing, nothing is said. */
  watch(): void {
    if (this.#observer) {
      if (this.#workers > 0) this.#say(this.#workers, false);
      return;
    }
    this.#workers = 0;
    const opened = performance.now();
    this.#observer = new PerformanceObserver((list) => {
      const entries = list.getEntries();
      const workers = entries.filter(isWorkerScript).length;
      // Frames from before have heard of the panel themselves.
      const newFrame = entries.some((entry) => initiator(entry) === 'iframe' && endOf(entry) > opened);
      this.#workers += workers;
      if (workers > 0 || newFrame) this.#say(this.#workers, newFrame);
    });
    this.#observer.observe({ type: 'resource', buffered: true });
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
