/** What a run of tests or checks came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** What failed, each by its name and the first lines of why; shown again where a long log ends. */
  readonly failures?: readonly string[];
}

export const NOTHING: Tally = { passed: 0, failed: 0 };

export function sum(...tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (so, far) => ({
      passed: so.passed + far.passed,
      failed: so.failed + far.failed,
      failures: [...(so.failures ?? []), ...(far.failures ?? [])],
    }),
    NOTHING,
  );
}

/** Prints what failed and the last line, alone on its line, and sets how the process ends. */
export function conclude(tally: Tally): void {
  if (tally.failures !== undefined && tally.failures.length > 0) {
    section('What failed');
    for (const failure of tally.failures) console.log(failure);
  }
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  // A run without a single test proves nothing.
  process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}

/** A heading that can be found in a long log. */
export function section(title: string): void {
  console.log(sectionLine(title));
}

export function sectionLine(title: string): string {
  return `\n── ${title} ${'─'.repeat(Math.max(3, 76 - title.length))}`;
}
