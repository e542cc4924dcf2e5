/** Two panes with a bar between that a pointer or the keys move: side by side where there is room, else one below the other. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Preferences } from '../store/preferences.ts';
import './split-pane.css';

/** From this width on the panes stand side by side, in pixels. */
const WIDE = 760;
/** The second pane's share, in percent. */
const LEAST = 20;
const MOST = 80;

interface SplitPaneProps {
  readonly first: ComponentChildren;
  /** Null while there is nothing to show beside the first pane. */
  readonly second: ComponentChildren | null;
  readonly label: string;
  readonly preferences: Preferences;
  /** One below the other, however wide. */
  readonly below?: boolean;
}

export function SplitPane({ first, second, label, preferences, below = false }: SplitPaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const wide = useSignal(true);
  const share = useSignal(startShare(preferences));

  useLayoutEffect(() => {
    const element = pane.current;
    if (!element) return;
    const measure = () => {
      wide.value = !below && element.clientWidth >= WIDE;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [wide, below]);

  const setShare = (percent: number) => {
    share.value = Math.round(Math.min(MOST, Math.max(LEAST, percent)));
    preferences.write('details-share', String(share.value));
  };
  const onPointerMove = (event: PointerEvent) => {
    const bounds = pane.current?.getBoundingClientRect();
    if (!bounds || event.buttons === 0) return;
    const part = wide.value
      ? (bounds.right - event.clientX) / bounds.width
      : (bounds.bottom - event.clientY) / bounds.height;
    setShare(part * 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = KEY_STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setShare(share.value + step);
  };

  return (
    <div ref={pane} class={`split ${wide.value ? 'split-wide' : 'split-tall'}`}>
      <div class="split-first">{first}</div>
      {second !== null && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; a focusable separator can. */}
          <div
            class="split-bar"
            role="separator"
            aria-label={label}
            aria-orientation={wide.value ? 'vertical' : 'horizontal'}
            aria-valuenow={share.value}
            aria-valuemin={LEAST}
            aria-valuemax={MOST}
            tabIndex={0}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
          />
          <div class="split-second" style={`flex-basis:${share.value}%`}>
            {second}
          </div>
        </>
      )}
    </div>
  );
}

/** Arrows towards the first pane make the second one larger. */
const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: 4,
  ArrowUp: 4,
  ArrowRight: -4,
  ArrowDown: -4,
  Home: 100,
  End: -100,
};

function startShare(preferences: Preferences): number {
  const stored = Number(preferences.read('details-share', '45'));
  return stored >= LEAST && stored <= MOST ? stored : 45;
}
