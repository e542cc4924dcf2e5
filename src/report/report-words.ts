/** What goes into a report beside its trace. */

/** What a person writes themselves; '' for what they did not. */
export interface ReportWords {
  readonly title: string;
  readonly expected: string;
  readonly notes: string;
}

export const NO_WORDS: ReportWords = { title: '', expected: '', notes: '' };
