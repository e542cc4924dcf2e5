import type { CDPSession } from 'playwright-core';
import { until } from './until.ts';

/**
 * Follows the extension's service worker through the debugging protocol. The worker's target is no help: one that is
 * started again at once keeps its id, so the pause between two lives is seen only in what is told of its status.
 */
export class ServiceWorkerWatch {
  /** By version: whether it runs, and how often it was seen to stop. */
  readonly #versions = new Map<string, { running: boolean; stops: number }>();

  private constructor(
    private readonly session: CDPSession,
    origin: string,
  ) {
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { versionId, scriptURL, runningStatus } of versions) {
        if (!scriptURL.startsWith(origin)) continue;
        const known = this.#versions.get(versionId) ?? { running: false, stops: 0 };
        // What is told is the latest of several: one that starts after it ran has stopped between.
        const down = runningStatus === 'stopped' || runningStatus === 'starting';
        const stopped = down && known.running;
        this.#versions.set(versionId, {
          running: !down && (runningStatus === 'running' || known.running),
          stops: known.stops + (stopped ? 1 : 0),
        });
      }
    });
  }

  /** Begins to follow; `session` is one of any page. */
  static async begin(session: CDPSession, origin: string): Promise<ServiceWorkerWatch> {
    const watch = new ServiceWorkerWatch(session, origin);
    await session.send('ServiceWorker.enable');
    await until('word of the service worker', () => watch.#versions.size > 0);
    return watch;
  }

  /** Stops the worker where it runs, and waits until it has stopped. */
  async stop(): Promise<void> {
    for (const [versionId, { running, stops }] of [...this.#versions]) {
      if (!running) continue;
      await this.session.send('ServiceWorker.stopWorker', { versionId });
      await until('the service worker to stop', () => (this.#versions.get(versionId)?.stops ?? 0) > stops);
    }
  }
}
