/** A text that may be of any length: a part of it, and the rest on demand. Always text, never markup. */
import { useSignal } from '@preact/signals';
import { shownLines } from '../../../src/text/shown-text.ts';
import { count } from '../../format/format.ts';

/** How much of a value is shown in a table's cell before a person asks for all of it, in characters. */
const SHORT = 400;
/** How much is put into one element; browsers lay out several such faster than one of all. */
const BLOCK = 64 * 1024;

export function LongText({ text }: { text: string }) {
  const all = useSignal(false);
  if (text.length <= SHORT) return <bdi>{shownLines(text)}</bdi>;
  if (all.value) return <Blocks text={text} />;
  return (
    <>
      <bdi>{shownLines(wholeCharacters(text.slice(0, SHORT)))}</bdi>…{' '}
      <button
        type="button"
        class="link"
        onClick={() => {
          all.value = true;
        }}
      >
        show all {count(text.length)} characters
      </button>
    </>
  );
}

/** The text in elements that are laid out as they come into sight. */
export function Blocks({ text }: { text: string }) {
  const blocks = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + BLOCK, text.length);
    if (to < text.length && isHighSurrogate(text, to - 1)) to--;
    blocks.push(
      <bdi key={from} class={text.length > BLOCK ? 'text-block' : undefined}>
        {shownLines(text.slice(from, to))}
      </bdi>,
    );
    from = to;
  }
  return <>{blocks}</>;
}

/** Drops half a character at the end. */
function wholeCharacters(text: string): string {
  return isHighSurrogate(text, text.length - 1) ? text.slice(0, -1) : text;
}

function isHighSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff;
}
