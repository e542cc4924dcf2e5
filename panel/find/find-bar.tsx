/** The field for finding in payloads, with the count that DevTools' own bar cannot show. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { count } from '../format/format.ts';
import { CloseIcon, DownIcon, UpIcon } from '../icons/icons.tsx';
import type { Inspector } from '../store/inspector.ts';
import type { Matches } from './find.ts';
import { highlightMatches } from './highlight.ts';
import './find-bar.css';

export function FindBar({ inspector }: { inspector: Inspector }) {
  return inspector.find.open.value ? <Bar inspector={inspector} /> : null;
}

function Bar({ inspector }: { inspector: Inspector }) {
  const { find } = inspector;
  const field = useRef<HTMLInputElement>(null);
  const takesFocus = find.takesFocus.value;
  useLayoutEffect(() => {
    if (!takesFocus) return;
    field.current?.focus();
    field.current?.select();
    find.takesFocus.value = false;
  }, [find, takesFocus]);
  useLayoutEffect(() => {
    const view = document.getElementById('view-panel');
    return view ? highlightMatches(view, find.text) : undefined;
  }, [find]);
  const close = () => {
    find.close();
    document.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  const matches = find.matches.value;
  return (
    <search class="find" aria-label="Find in payloads">
      <input
        ref={field}
        class="find-field"
        type="search"
        aria-label="Find in payloads"
        placeholder="Find in payloads"
        autocomplete="off"
        spellcheck={false}
        value={find.text.value}
        onInput={(event) => {
          find.text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void find.go(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
        }}
      />
      <span class="find-count quiet" role="status" aria-label="Matches">
        {inWords(matches)}
      </span>
      <button
        type="button"
        class="tool"
        aria-label="Previous match"
        title="Previous match (Shift+F3)"
        onClick={() => void find.go(-1)}
      >
        <UpIcon />
      </button>
      <button
        type="button"
        class="tool"
        aria-label="Next match"
        title="Next match (F3)"
        onClick={() => void find.go(1)}
      >
        <DownIcon />
      </button>
      <span class="find-scope quiet">In all rows, filtered or not</span>
      <button
        type="button"
        class="tool find-close"
        aria-label="Close find"
        title="Close (Esc)"
        onClick={close}
      >
        <CloseIcon />
      </button>
    </search>
  );
}

function inWords(matches: Matches | null): string {
  if (matches === null) return '';
  const all = `${count(matches.count)}${matches.complete ? '' : ' …'}`;
  if (matches.count === 0) return matches.complete ? 'No row has it' : '…';
  return matches.chosen === null
    ? `${all} ${matches.count === 1 ? 'row' : 'rows'}`
    : `${count(matches.chosen)} of ${all}`;
}
