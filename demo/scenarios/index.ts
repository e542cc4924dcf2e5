import type { Scenario } from '../script.ts';
import { ordinary } from './ordinary.ts';

/** Every scenario, in the order in which the page offers them. A new one is a file and a line here. */
export const SCENARIOS: readonly Scenario[] = [ordinary];

export function scenarioByName(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}
