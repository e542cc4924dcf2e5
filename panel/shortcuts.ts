/** The keys that hold in the whole panel; they come only while the panel has the focus. */

import { FILTER_ID } from './filter/filter-box.tsx';
import type { Inspector } from './store/inspector.ts';

export function shortcuts(inspector: Inspector): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') return closeDetails(event, inspector);
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const action = actions[event.key.toLowerCase()];
    if (!action || (event.key === 'z' && !undoes(event, inspector))) return;
    event.preventDefault();
    action(inspector);
  };
}

const actions: Readonly<Record<string, (inspector: Inspector) => void>> = {
  e: (inspector) => inspector.toggleRecording(),
  l: (inspector) => inspector.clear(),
  k: (inspector) => inspector.clear(),
  z: (inspector) => inspector.undoClear(),
  s: (inspector) => inspector.openExport(),
  f: () => {
    const filter = document.getElementById(FILTER_ID);
    if (!(filter instanceof HTMLInputElement)) return;
    filter.focus();
    filter.select();
  },
};

/** In a field the key is the field's own. */
function undoes(event: KeyboardEvent, inspector: Inspector): boolean {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  return inspector.cleared.peek() !== null && !typing;
}

/** Closes the details and gives the focus back to the list, from wherever it was in them. */
function closeDetails(event: KeyboardEvent, inspector: Inspector): void {
  if (!inspector.detailsOpen.peek() || inspector.view.peek() !== 'timeline') return;
  event.preventDefault();
  inspector.detailsOpen.value = false;
  document.querySelector<HTMLElement>('[role="grid"]')?.focus();
}
