import { shownText } from '../../src/text/shown-text.ts';

/** Captured text among our own words: set apart, so that it reorders none of them, and with what it hides written out. */
export function Captured({ text }: { text: string }) {
  return <bdi>{shownText(text)}</bdi>;
}
