/** Findings that are known: told again by rule, event, path and the order of their session, whatever their words. */
import type { Finding } from '../analysis/api/analysis.ts';

export type Known = ReadonlySet<string>;

/** What a finding is known by. `session`: the position of its session in the file, from 0; null where it has none. */
export function knownBy(
  { rule, event, path }: Pick<Finding, 'rule' | 'event' | 'path'>,
  session: number | null,
): string {
  return JSON.stringify({ rule, event, path, session });
}

/** @throws Error with one sentence where the text is no baseline. */
export function parseBaseline(text: string): Known {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('the baseline is no JSON');
  }
  if (
    typeof value !== 'object' ||
    value === null ||
    !('version' in value) ||
    value.version !== 1 ||
    !('findings' in value) ||
    !Array.isArray(value.findings)
  )
    throw new Error('the file is no baseline of version 1');
  return new Set(
    value.findings.map((one: unknown) => {
      if (typeof one !== 'object' || one === null)
        throw new Error('the baseline has a finding that is no object');
      const { rule, event, path, session } = one as Record<string, unknown>;
      return JSON.stringify({ rule, event, path, session });
    }),
  );
}

/** The file of a baseline, in an order that does not change from run to run. */
export function writtenBaseline(known: Iterable<string>): string {
  const findings = [...new Set(known)].sort().map((each) => `    ${each}`);
  return `{\n  "version": 1,\n  "findings": [${findings.length === 0 ? '' : `\n${findings.join(',\n')}\n  `}]\n}\n`;
}
