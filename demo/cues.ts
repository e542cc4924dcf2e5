import { pack } from './delivery.ts';
import { readEvents } from './page/reading.ts';
import { type Action, type Scenario, type ServerStep, stepsOn, type Transport } from './script.ts';

/** One thing for the visitor to do, once the page has read so many events in all. */
export interface Cue {
  readonly after: number;
  readonly action: Action;
}

/** The visitor's part of a scenario, as the page needs it. */
export interface Part {
  readonly scenario: string;
  readonly cues: readonly Cue[];
  /** How many events the page will have read when the scenario has run to its end. */
  readonly total: number;
}

/** The visitor's part of a scenario on one transport. */
export function visitorPart(scenario: Scenario, transport: Transport): Part {
  const cues: Cue[] = [];
  let read = 0;
  for (const step of stepsOn(scenario, transport)) {
    if (step.by === 'visitor') {
      cues.push({ after: read, action: step.action });
      read += step.answeredBy.length;
    } else {
      read += readable(step);
    }
  }
  return { scenario: scenario.name, cues, total: read };
}

const counted = new WeakMap<ServerStep, number>();

/** How many events a page reads out of what this step sends. */
function readable(step: ServerStep): number {
  const known = counted.get(step);
  if (known !== undefined) return known;
  const count = countOf(step);
  counted.set(step, count);
  return count;
}

function countOf(step: ServerStep): number {
  switch (step.kind) {
    case 'events':
      return pack(step.events, 'lone').flatMap(readEvents).length;
    case 'again':
      return 1;
    case 'raw':
      return readEvents(step.text()).length;
    case 'bytes':
    case 'cut':
      return 0;
  }
}
