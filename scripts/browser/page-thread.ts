import type { CDPSession } from 'playwright-core';

/** The clock of a page's main thread: what the page's own tasks cost, whatever else the machine does meanwhile. */
export class PageThread {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  /** Counts from now on; `session` is the page's. */
  static async watch(session: CDPSession): Promise<PageThread> {
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new PageThread(session);
  }

  /** CPU time of all tasks of the main thread since the beginning, microseconds. */
  async time(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value;
    if (seconds === undefined) throw new Error('Chromium does not say how long the page’s tasks took.');
    return seconds * 1e6;
  }
}
