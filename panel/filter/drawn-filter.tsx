/** The filter's text in its colours, drawn over the field, whose own text is then not painted. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ParsedFilter, Token } from '../../src/filter/filter-tree.ts';
import { shownText } from '../../src/text/shown-text.ts';

interface DrawnProps {
  readonly input: HTMLInputElement;
  readonly text: string;
  readonly parsed: ParsedFilter;
}

export function DrawnFilter({ input, text, parsed }: DrawnProps) {
  const drawn = useRef<HTMLDivElement>(null);
  // What hides something is left to the field: it shows what is really there.
  const canDraw = text !== '' && shownText(text) === text && text === input.value;
  useLayoutEffect(() => {
    input.classList.toggle('filter-is-drawn', canDraw);
    return () => input.classList.remove('filter-is-drawn');
  }, [input, canDraw]);
  useLayoutEffect(() => {
    const follow = () => {
      drawn.current?.style.setProperty('translate', `${-input.scrollLeft}px 0`);
    };
    const later = () => requestAnimationFrame(follow);
    follow();
    const stop = new AbortController();
    for (const name of ['scroll', 'input', 'keyup', 'select', 'blur', 'focus']) {
      input.addEventListener(name, later, { signal: stop.signal, passive: true });
    }
    return () => stop.abort();
  });
  if (!canDraw) return null;
  return (
    <div class="filter-drawn" aria-hidden="true">
      <div ref={drawn} class="filter-drawn-text">
        {pieces(text, parsed).map(({ from, to, kind, wrong }) => (
          <span key={from} class={`drawn-${kind}${wrong ? ' drawn-wrong' : ''}`}>
            {text.slice(from, to)}
          </span>
        ))}
      </div>
    </div>
  );
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly kind: Token['kind'] | 'space';
  readonly wrong: boolean;
}

/** The text without a gap, cut where a kind or a mistake begins or ends. */
export function pieces(
  text: string,
  { tokens, mistakes }: Pick<ParsedFilter, 'tokens' | 'mistakes'>,
): readonly Piece[] {
  const cuts = new Set([0, text.length]);
  for (const { from, to } of [...tokens, ...mistakes]) cuts.add(from).add(to);
  const places = [...cuts].sort((one, other) => one - other);
  return places.slice(0, -1).map((from, at) => ({
    from,
    to: places[at + 1] ?? from,
    kind: tokens.find((token) => token.from <= from && from < token.to)?.kind ?? 'space',
    wrong: mistakes.some((mistake) => mistake.from <= from && from < mistake.to),
  }));
}
