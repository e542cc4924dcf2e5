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
