import type { ChatEvent } from './reading.ts';

/**
 * What `/history` listed and a poll may bring once more: events that waited for a poll when the page was reloaded. They
 * come first, in order, or never, where a poll that the reload cut had taken them.
 */
export class Replay {
  private readonly listed: string[];

  constructor(events: readonly ChatEvent[]) {
    this.listed = events.map((event) => JSON.stringify(event));
  }

  /** True for an event that the history has shown already. */
  repeats(event: ChatEvent): boolean {
    // Besides, Firefox cannot write an event that is nested 10,000 deep.
    if (this.listed.length === 0) return false;
    const index = this.listed.lastIndexOf(JSON.stringify(event));
    if (index < 0) this.listed.length = 0;
    else this.listed.splice(0, index + 1);
    return index >= 0;
  }
}
