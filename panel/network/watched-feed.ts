/** The feed of a tab together with what DevTools reports of it: to the panel one feed. */
import type { Observation } from '../../src/observation/observation.ts';
import type { Feed, FeedListener } from '../feed/feed.ts';
import { KEPT } from './hook-requests.ts';
import type { NetworkRequest } from './network-entry.ts';
import type { NetworkSource } from './network-source.ts';

/** Where reports come from. */
export interface NetworkReports {
  /**
   * Calls `report` with every request that is chat, from now on; false: nothing more of this one is wanted. The content
   * of one that the hook has, as `hasLike` tells, need not be asked for.
   */
  start(report: (request: NetworkRequest) => boolean, hasLike: (request: NetworkRequest) => boolean): void;
  /** Whether it tells what goes over sockets. */
  readonly tellsSockets: boolean;
  /** There are workers: looks for sockets that are open. Where the browser does not tell, nothing is done. */
  watchSockets(): void;
}

/** What time it is, and who calls back: given, so that a test can hold both. */
export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Unix milliseconds. */
  wallTime(): number;
  later(run: () => void, milliseconds: number): void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  later: (run, milliseconds) => setTimeout(run, milliseconds),
};

/** Milliseconds by which a timer is late when the panel had its hands full. */
const BUSY = 250;

export function withNetwork(feed: Feed, reports: NetworkReports, source: NetworkSource, clock: Clock): Feed {
  let listener: FeedListener | null = null;
  let live = false;
  let waiting = false;
  let forgetting = false;
  let paused = false;

  return {
    ...feed,
    start(panel) {
      listener = panel;
      source.othersSpeak(false);
      feed.start({
        ...panel,
        observations(batch) {
          sawHook(batch);
          panel.observations(batch);
        },
        withheld: sawHook,
        state(state) {
          if (state.phase === 'live' && !live) source.holdOn(clock.now());
          live = state.phase === 'live';
          panel.state(state);
          wake();
        },
        outOfSight(counts) {
          const others = counts.workers > 0 || counts.unhookedFrames > 0;
          source.othersSpeak(others);
          if (others) reports.watchSockets();
          panel.outOfSight({ ...counts, workerSockets: reports.tellsSockets ? 'told' : 'unseen' });
        },
        cleared() {
          source.clear();
          panel.cleared();
        },
      });
      reports.start(
        (request) => {
          const wanted = source.report(request, clock.now());
          wake();
          return wanted;
        },
        (request) => source.hasLike(request),
      );
    },
    pause() {
      paused = true;
      feed.pause();
    },
    resume() {
      paused = false;
      source.holdOn(clock.now());
      feed.resume();
      wake();
    },
    clear() {
      source.clear();
      return feed.clear();
    },
    close() {
      listener = null;
      feed.close();
    },
  };

  function sawHook(batch: readonly Observation[]): void {
    source.sawHook(batch, clock.wallTime(), clock.now());
    wake();
    if (forgetting) return;
    forgetting = true;
    // Also where nothing more comes.
    clock.later(() => {
      forgetting = false;
      source.forget(clock.wallTime());
    }, 2 * KEPT);
  }

  /** One timer at a time; none while there is nothing held, or nothing could be compared with. */
  function wake(): void {
    const due = source.nextDue;
    if (waiting || due === null || paused || !live) return;
    waiting = true;
    const planned = Math.max(due, clock.now() + 1);
    clock.later(() => {
      waiting = false;
      const now = clock.now();
      // A panel that was busy has not yet heard what came meanwhile.
      if (now - planned > BUSY) source.holdOn(now, now - planned);
      if (!paused && live) {
        const back = source.takeBack(now);
        if (back.length > 0) listener?.takenBack?.(back);
        say(source.settle(now));
      }
      wake();
    }, planned - clock.now());
  }

  function say(observations: Parameters<FeedListener['observations']>[0]): void {
    if (observations.length === 0) return;
    // Somebody whom no hook sees speaks here, and may have sockets.
    reports.watchSockets();
    listener?.observations(observations);
  }
}
