/** The only place that makes sentences of findings. */
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';
import { protocols } from '../../protocol/protocols.ts';
import type { Finding } from '../api/analysis.ts';
import { ruleOf } from './rules.ts';

/** A piece of a sentence: ours, or a parameter, which may be captured. */
export interface SentencePart {
  readonly text: string;
  readonly captured: boolean;
}

type Told = Pick<Finding, 'rule' | 'params'> & Partial<Pick<Finding, 'protocol'>>;

/**
 * The finding in one sentence, from its rule's template in the words of its protocol, and its parameters. Hostile text in
 * it stays plain text.
 */
export const sentence = sentencesWith(protocols);

/** The same where other protocols are known. */
export function sentencesWith(known: readonly ChatProtocol[]): (finding: Told) => string {
  return (finding) =>
    partsOf(finding, known)
      .map(({ text }) => text)
      .join('');
}

/** The same in pieces, for who sets captured text apart. */
export const sentenceParts = (finding: Told): readonly SentencePart[] => partsOf(finding, protocols);

function partsOf(finding: Told, known: readonly ChatProtocol[]): readonly SentencePart[] {
  const rule = ruleOf(finding.rule, finding.protocol, known);
  if (rule === undefined) return [{ text: finding.rule, captured: true }];
  const { params } = finding;
  const optional = rule.sentence.replace(/\[([^\]]*)\]/g, (_match, part: string) =>
    names(part).every((name) => Object.hasOwn(params, name) && params[name] !== '') ? part : '',
  );
  // Every second piece is a placeholder's name.
  return optional.split(PLACEHOLDER).map((text, at) => {
    if (at % 2 === 0) return { text, captured: false };
    return {
      text: Object.hasOwn(params, text) ? inSentence(text, String(params[text])) : '?',
      captured: true,
    };
  });
}

/** The protocol names types by one word each; a sentence wants them with their article. */
function inSentence(name: string, value: string): string {
  const words = name === 'type' || name === 'expected' || name === 'actual' ? TYPES.get(value) : undefined;
  return words ?? value;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['empty string', 'an empty string'],
  ['number', 'a number'],
  ['numeric-string', 'a number in a string'],
  ['boolean', 'a boolean'],
  ['object', 'an object'],
  ['array', 'an array'],
  ['another key', 'there'],
]);

const PLACEHOLDER = /\{(\w+)\}/g;

function names(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}
