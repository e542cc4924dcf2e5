import type { Scenario } from '../script.ts';
import { allEvents } from './all-events.ts';
import { brokenOff } from './broken-off.ts';
import { corrections } from './corrections.ts';
import { defects } from './defects.ts';
import { failed } from './failed.ts';
import { file } from './file.ts';
import { form } from './form.ts';
import { hostile } from './hostile.ts';
import { inactivity } from './inactivity.ts';
import { ordinary } from './ordinary.ts';
import { signaling } from './signaling.ts';
import { transfer } from './transfer.ts';

/** Every scenario, in the order in which the page offers them. A new one is a file and a line here. */
export const SCENARIOS: readonly Scenario[] = [
  ordinary,
  allEvents,
  transfer,
  form,
  file,
  corrections,
  signaling,
  inactivity,
  failed,
  brokenOff,
  defects,
  hostile,
];

export function scenarioByName(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}
