/** A box that opens from a button, takes the focus and gives it back. It is not modal: the panel goes on behind it. */
// biome-ignore-all lint/a11y/useSemanticElements: a <dialog> that is not modal brings no focus and no Escape of its own.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import './popover.css';

interface PopoverProps {
  readonly label: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
}

/** It stands below its button as far as the panel is wide enough. The first part in it that takes input has the focus at first, else the box itself. */
export function Popover({ label, close, children }: PopoverProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const from = before?.getBoundingClientRect().left ?? 0;
    box.current?.style.setProperty('--opener', `${from}px`);
    const first = box.current?.querySelector<HTMLElement>('textarea, input, button') ?? box.current;
    first?.focus();
    return () => {
      // A person who went elsewhere meanwhile stays there.
      const now = document.activeElement;
      const elsewhere = now !== null && now !== document.body && !box.current?.contains(now);
      if (!elsewhere && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div
      ref={box}
      class="popover"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      {children}
    </div>
  );
}
