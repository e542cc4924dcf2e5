/** How a rule is declared: once, for the panel, the command line and the documentation. */
import type { Evidence, Severity } from './declaration.ts';

export interface RuleDeclaration {
  /** An interface: people filter and mute by it and fail builds on it. Never renamed. */
  readonly id: string;
  /** The usual severity; a finding may have another where the rule says so. */
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly title: string;
  /** When it fires and when it does not. */
  readonly meaning: string;
  /** What to do about it. */
  readonly cure: string;
  /** Where the fact comes from. */
  readonly source: string;
  /** `{name}` stands for a parameter; what is in brackets falls away where one of its parameters is not given. */
  readonly sentence: string;
}

/** How a protocol words a rule that every protocol is judged by: in its own names, and with its own sources. */
export type RuleWords = Pick<RuleDeclaration, 'id'> &
  Partial<Pick<RuleDeclaration, 'title' | 'meaning' | 'cure' | 'source' | 'sentence'>>;
