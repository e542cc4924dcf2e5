/** The filter's field as a box with a list: what its keys do, and what it says of itself to assistive technology. */
import { optionId, SUGGESTIONS_ID } from './suggestion-list.tsx';
import type { Suggestions } from './suggestions.ts';

/** Follows what is typed and where the caret is. Its keys come before the field's own: Escape closes the list first. */
export function followField(
  field: HTMLInputElement,
  suggestions: Suggestions,
  take: (at: number) => void,
): () => void {
  const { open, caret, active, text, list, parsed } = suggestions;
  const isShown = () => open.peek() && (list.peek().length > 0 || parsed.peek().mistakes.length > 0);
  const follow = () => {
    text.value = field.value;
    caret.value = field.selectionStart ?? field.value.length;
  };
  const show = () => {
    follow();
    open.value = true;
  };
  const close = () => {
    open.value = false;
    active.value = -1;
  };
  /** By one line; beside the first and the last there is a place where none is active. */
  const move = (by: number) => {
    const places = list.peek().length + 1;
    active.value = ((active.peek() + 1 + by + places) % places) - 1;
  };
  const takeActive = (): boolean => {
    if (active.peek() === -1) return false;
    take(active.peek());
    return true;
  };
  /** True where the key was ours. */
  const act = (key: string): boolean => {
    if (!isShown()) {
      if (key === 'ArrowDown') show();
      return key === 'ArrowDown';
    }
    if (key === 'ArrowDown' || key === 'ArrowUp') move(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Tab') return takeActive();
    else if (key === 'Enter') {
      if (!takeActive()) close();
    } else if (key === 'Escape') close();
    else return false;
    return true;
  };
  const stop = new AbortController();
  const options = { signal: stop.signal };
  field.addEventListener(
    'input',
    () => {
      active.value = -1;
      show();
    },
    options,
  );
  field.addEventListener('click', show, options);
  field.addEventListener('keyup', follow, options);
  field.addEventListener('select', follow, options);
  field.addEventListener('blur', close, options);
  field.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !act(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { ...options, capture: true },
  );
  return () => stop.abort();
}

/** Says which list belongs to the field, which line of it is active, and what is wrong with the text. */
export function describeField(field: HTMLInputElement, suggestions: Suggestions, faultsId: string): void {
  const listed = suggestions.list.value.length > 0;
  const active = suggestions.active.value;
  field.setAttribute('aria-autocomplete', 'list');
  set(field, 'aria-controls', listed ? SUGGESTIONS_ID : null);
  set(field, 'aria-activedescendant', listed && active !== -1 ? optionId(active) : null);
  const wrong = suggestions.parsed.value.mistakes.length > 0;
  set(field, 'aria-invalid', wrong ? 'true' : null);
  set(field, 'aria-describedby', wrong ? faultsId : null);
}

function set(field: HTMLInputElement, name: string, value: string | null): void {
  if (value === null) field.removeAttribute(name);
  else field.setAttribute(name, value);
}
