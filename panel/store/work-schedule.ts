/** When the panel works: once a frame while it is seen, by a timer where frames do not come, and in short slices. */

/** Longest piece of work in one go, milliseconds; a task over 50 ms would be felt. */
export const SLICE_MS = 8;

/** Runs the work once, in the next frame; calls before that are one. */
export interface FrameSchedule {
  request(): void;
  cancel(): void;
}

/**
 * A panel behind another tab gets no animation frames, so the timer takes over after this time, milliseconds.
 * It is long enough that a visible panel is always served by its frame.
 */
const HIDDEN_DELAY_MS = 120;

export function oncePerFrame(work: () => void): FrameSchedule {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = undefined;
  };
  const run = () => {
    cancel();
    work();
  };
  return {
    request() {
      // A panel that is being closed still hears its port; Firefox throws where such a window asks for a frame.
      if (timer !== undefined || globalThis.closed) return;
      frame = requestAnimationFrame(run);
      timer = setTimeout(run, HIDDEN_DELAY_MS);
    },
    cancel,
  };
}

/**
 * Gives way to input and painting, and comes back as soon as it can. Resolves at once after the queued tasks;
 * a message does it because nested timers are held back to 4 ms.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** What time it is, in milliseconds that only grow, and how to give way: given, so that a test can count both. */
export interface WorkClock {
  now(): number;
  nextTask(): Promise<void>;
}

export const workClock: WorkClock = { now: () => performance.now(), nextTask };

/** Long work that gives way by the clock, whether it has come to anything meanwhile or not. */
export class Slices {
  readonly #clock: WorkClock;
  readonly #stop: AbortSignal;
  #until: number;

  /** @param stop ends the work, at the latest when the slice is over. */
  constructor(clock: WorkClock, stop: AbortSignal) {
    this.#clock = clock;
    this.#stop = stop;
    this.#until = clock.now() + SLICE_MS;
  }

  /** Called as often as there is a place to stop. @throws what the signal says once the work was stopped. */
  async giveWay(): Promise<void> {
    if (this.#clock.now() >= this.#until) {
      await this.#clock.nextTask();
      this.#until = this.#clock.now() + SLICE_MS;
    }
    this.#stop.throwIfAborted();
  }
}
