/** The trace file's own text, unpacked when a person asks for it. */
import { useSignal } from '@preact/signals';
import { count } from '../format/format.ts';
import { Blocks } from '../views/details/long-text.tsx';

/** As much as is shown, in characters: all of it is in the saved trace. */
const SHOWN = 400_000;

export function RawTrace({ packed }: { packed: Uint8Array<ArrayBuffer> }) {
  const text = useSignal<string | null>(null);
  const show = async () => {
    const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    text.value = await new Response(plain).text();
  };
  if (text.value === null)
    return (
      <button type="button" class="button" onClick={() => void show()}>
        Show the trace’s text
      </button>
    );
  const rest = text.value.length - SHOWN;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <section class="report-raw-text mono" aria-label="Text of the trace" tabIndex={0}>
        <Blocks text={text.value.slice(0, SHOWN)} />
      </section>
      {rest > 0 && <p class="quiet">… and {count(rest)} more characters in the saved trace</p>}
    </>
  );
}
