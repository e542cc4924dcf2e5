/** What the protocol says of an event, as lines a test can read: "severity rule path". */
import { brightPattern } from './bright-pattern.ts';

type Event = Readonly<Record<string, unknown>>;

export function told(event: Event, direction: 'in' | 'out' = 'in'): readonly string[] {
  const issues = brightPattern.validateEvent(event, direction);
  return issues.map((each) => `${each.severity} ${each.rule} ${each.path.join('.')}`);
}

/** The same without the unit of its time, which every ordinary event is told. */
export function faults(event: Event, direction: 'in' | 'out' = 'in'): readonly string[] {
  return told(event, direction).filter((line) => !line.includes('schema/timestamp-unit'));
}
