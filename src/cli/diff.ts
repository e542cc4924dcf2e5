/** `chat-inspector diff`: two sessions laid beside each other. */

import type { Analysis } from '../analysis/api/analysis.ts';
import { createAnalysis } from '../analysis/create-analysis.ts';
import { compareSessions } from '../report/compare/compare-sessions.ts';
import { comparisonDocument } from '../report/compare/comparison-json.ts';
import { comparisonMarkdown, comparisonText } from '../report/compare/comparison-text.ts';
import { chooseSession } from '../report/session-choice.ts';
import { boundedText } from '../text/bounded-text.ts';
import type { ExitStatus, Streams } from './check.ts';
import { InputError, readInput } from './input.ts';
import { complaint, plainJson, plainLines, shownPart } from './plain-output.ts';

export const DIFF_FORMATS = ['text', 'json', 'markdown'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

export interface DiffSide {
  readonly file: string;
  /** Id, first digits of it, or letter; null for the session with most events. */
  readonly session: string | null;
}

export interface DiffOptions {
  readonly a: DiffSide;
  readonly b: DiffSide;
  readonly format: DiffFormat;
  /** True shows what people wrote, in text and Markdown: build logs are public. */
  readonly showValues: boolean;
}

/** Compares and prints. 0: the same but for times and what is muted. 1: different. 2: a file or session that is not there. */
export async function diff({ a, b, format, showValues }: DiffOptions, streams: Streams): Promise<ExitStatus> {
  const sides = [];
  const read = new Map<string, Analysis>();
  for (const { file, session } of [a, b]) {
    const name = file === '-' ? '<stdin>' : file;
    try {
      const analysis = read.get(file) ?? (await analysed(file, streams));
      read.set(file, analysis);
      const chosen = chooseSession(analysis, session);
      if ('fault' in chosen) throw new InputError(chosen.fault);
      sides.push({ analysis, session: chosen.id });
    } catch (error) {
      const reason = error instanceof InputError ? error.message : `could not be compared: ${String(error)}`;
      streams.stderr.write(complaint(`${name}: ${boundedText(reason)}`));
      return 2;
    }
  }
  const [sideA, sideB] = sides;
  if (sideA === undefined || sideB === undefined) return 2;
  const comparison = compareSessions(sideA, sideB);
  const names = { a: shownPart(a.file), b: shownPart(b.file) };
  const values = showValues ? 'shown' : 'lengths';
  switch (format) {
    case 'json':
      streams.stdout.write(`${plainJson(JSON.stringify(comparisonDocument(comparison), null, 2))}\n`);
      break;
    case 'markdown':
      streams.stdout.write(plainLines(comparisonMarkdown(comparison, names, values)));
      break;
    case 'text':
      streams.stdout.write(plainLines(comparisonText(comparison, names, values)));
  }
  return comparison.same ? 0 : 1;
}

/** The analysis of a file, by the patterns and paths that were in force when it was written. */
async function analysed(file: string, { stdin }: Streams): Promise<Analysis> {
  let analysis = createAnalysis();
  const { damage } = await readInput(file, stdin, {
    begin: ({ patterns, wrappers }) => {
      analysis = createAnalysis({ patterns, wrappers });
    },
    take: (observations) => analysis.add(observations),
    progress: () => {},
  });
  // What is missing at the end of one would be told as a difference.
  if (damage) throw new InputError(damage);
  analysis.end();
  return analysis;
}
