/** Where a trace was captured, as its header says it. */
export interface TraceEnvironment {
  /** Name and version. */
  readonly browser?: string;
  readonly platform?: string;
  /** As IANA names it: the times of a report are told by it. */
  readonly timeZone?: string;
}

const NAMES = ['browser', 'platform', 'timeZone'] as const;
/** What browsers, systems and time zones are called; anything else in a file may be a secret. */
const PLAIN = /^[A-Za-z][\w .()/+-]{0,59}$/;

/** What of it is named as such things are; null where nothing is. */
export function plainEnvironment(environment: TraceEnvironment | null | undefined): TraceEnvironment | null {
  const plain = NAMES.flatMap((name) => {
    const value = environment?.[name];
    return value !== undefined && PLAIN.test(value) ? [[name, value] as const] : [];
  });
  return plain.length === 0 ? null : Object.fromEntries(plain);
}
