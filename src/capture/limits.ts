/** How much is kept: the defaults until the relay has said what a person has set. */
import { PAGE_CAPS } from '../observation/page-caps.ts';
import { bare } from './natives.ts';

interface Limits {
  /** One captured body or frame, in bytes. What is being read while it changes keeps to the old one. */
  body: number;
  /** What the flight recorder keeps of a tab: more need not be said in a hurry. */
  recorderTabBytes: number;
}

export const limits: Limits = bare({
  body: PAGE_CAPS.body,
  recorderTabBytes: PAGE_CAPS.recorderTabBytes,
});

/** A limit as a command says it, unless it cannot be meant: the page can send commands too. Ranges are the extension's. */
export function limitIn(text: string | undefined, before: number): number {
  const value = +(text ?? '');
  return value >= 500 && value < 2 ** 28 ? value : before;
}
