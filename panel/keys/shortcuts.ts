/** The keys that hold in the whole panel, in one list: what they do, and what the list of keys says of them. */
import { FILTER_ID } from '../filter/filter-box.tsx';
import type { Inspector, ViewName } from '../store/inspector.ts';
import { nextEventOfSession, nextProblem } from '../store/row-steps.ts';
import { IMPORT_ID } from '../toolbar/toolbar.tsx';

export interface Shortcut {
  /** As `KeyboardEvent.key` says it, letters in lower case where Shift is not asked for. */
  readonly key: string;
  /** With Ctrl, or Cmd on a Mac. */
  readonly ctrl?: true;
  readonly shift?: true;
  readonly does: string;
  /** False where it has nothing to do: then the key stays the browser's. */
  act(inspector: Inspector, target: EventTarget | null): boolean;
}

const always =
  (act: (inspector: Inspector) => void) =>
  (inspector: Inspector): boolean => {
    act(inspector);
    return true;
  };

const view = (key: string, name: ViewName, title: string): Shortcut => ({
  key,
  does: title,
  act: always((inspector) => {
    inspector.view.value = name;
  }),
});

export const SHORTCUTS: readonly Shortcut[] = [
  { key: 'f', ctrl: true, does: 'Filter; pressed again, find in payloads', act: always(toFilterOrFind) },
  { key: 'F3', does: 'Next match', act: always((inspector) => findOn(inspector, 1)) },
  { key: 'F3', shift: true, does: 'Previous match', act: always((inspector) => findOn(inspector, -1)) },
  { key: 'g', ctrl: true, does: 'Next match', act: always((inspector) => findOn(inspector, 1)) },
  { key: 'e', ctrl: true, does: 'Pause or go on recording', act: always((each) => each.toggleRecording()) },
  { key: 'l', ctrl: true, does: 'Clear', act: always((inspector) => inspector.clear()) },
  { key: 'k', ctrl: true, does: 'Clear', act: always((inspector) => inspector.clear()) },
  { key: 'z', ctrl: true, does: 'Undo Clear, for ten seconds', act: undoClear },
  { key: 'o', ctrl: true, does: 'Import a trace or a HAR file', act: () => openImport() },
  { key: 's', ctrl: true, does: 'Export', act: always((inspector) => inspector.dialogs.show('export')) },
  view('1', 'timeline', 'Timeline'),
  view('2', 'sequence', 'Sequence'),
  view('3', 'machine', 'State machine'),
  view('4', 'problems', 'Problems'),
  view('5', 'conversation', 'Conversation'),
  { key: '6', does: 'Comparison, where one is open', act: toComparison },
  { key: 'c', does: 'Compare the session of the chosen row with another', act: compareChosen },
  { key: 'n', does: 'Next difference, in a comparison', act: (inspector) => stepDifference(inspector, 1) },
  { key: 'p', does: 'Difference before it', act: (inspector) => stepDifference(inspector, -1) },
  { key: '.', does: 'Next event of the session', act: (inspector) => step(inspector, nextEventOfSession, 1) },
  { key: ',', does: 'Event before it', act: (inspector) => step(inspector, nextEventOfSession, -1) },
  { key: 'e', does: 'Next problem', act: (inspector) => step(inspector, nextProblem, 1) },
  { key: 'E', does: 'Problem before it', act: (inspector) => step(inspector, nextProblem, -1) },
  {
    key: 'm',
    does: 'Mark the chosen event, with a line of text',
    act: (inspector) => inspector.flagChosen(),
  },
  { key: '?', does: 'These keys', act: always((inspector) => inspector.dialogs.toggle('keys')) },
  { key: 'Escape', does: 'Close what is open', act: closeTopmost },
];

/**
 * Takes a key that has come up through the panel. Chromium's DevTools listen on the panel's document and forward what
 * they know, `preventDefault` or not: what the panel has taken must not reach them.
 */
export function onPanelKey(event: KeyboardEvent, inspector: Inspector): void {
  // Some part of the panel took it.
  const taken =
    event.defaultPrevented ||
    SHORTCUTS.find((each) => isPressed(each, event))?.act(inspector, event.target) === true;
  if (!taken) return;
  event.preventDefault();
  event.stopPropagation();
}

function isPressed({ key, ctrl, shift }: Shortcut, event: KeyboardEvent): boolean {
  if (event.altKey || (ctrl ?? false) !== (event.ctrlKey || event.metaKey)) return false;
  if (ctrl) return event.key.toLowerCase() === key && !event.shiftKey;
  if (key.length > 1) return event.key === key && event.shiftKey === (shift ?? false);
  return event.key === key && !isField(event.target);
}

/** A field has its letters for itself. */
function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function toFilterOrFind(inspector: Inspector): void {
  const filter = document.getElementById(FILTER_ID);
  if (!(filter instanceof HTMLInputElement) || document.activeElement === filter) inspector.find.show();
  else {
    filter.focus();
    filter.select();
  }
}

function findOn(inspector: Inspector, direction: 1 | -1): void {
  if (inspector.find.text.peek() === '') inspector.find.show();
  else void inspector.find.go(direction);
}

function toComparison(inspector: Inspector): boolean {
  if (!inspector.comparing.open.peek()) return false;
  inspector.view.value = 'compare';
  return true;
}

function stepDifference({ comparing, view: shown }: Inspector, direction: 1 | -1): boolean {
  if (comparing.step === null || shown.peek() !== 'compare') return false;
  comparing.step(direction);
  return true;
}

function compareChosen(inspector: Inspector): boolean {
  const { analysis, selected } = inspector.trace.peek();
  const row = selected.peek();
  const session =
    (row === null ? null : analysis.facts.session(row)) ??
    inspector.session.peek() ??
    analysis.latestSessions(1)[0]?.id;
  if (session === undefined) return false;
  inspector.compare(session);
  return true;
}

/** In a field the key is the field's own. */
function undoClear(inspector: Inspector, target: EventTarget | null): boolean {
  if (inspector.cleared.peek() === null || isField(target)) return false;
  inspector.undoClear();
  return true;
}

function openImport(): boolean {
  document.getElementById(IMPORT_ID)?.click();
  return true;
}

function step(inspector: Inspector, next: typeof nextProblem, direction: 1 | -1): boolean {
  const row = next(inspector.trace.peek(), direction);
  if (row !== null) inspector.choose(row);
  return true;
}

/** Views that show the details beside their rows. */
const DETAILED: ReadonlySet<ViewName> = new Set<ViewName>(['timeline', 'sequence']);

/** What has the focus takes the key itself; this is for what is open elsewhere. */
function closeTopmost(inspector: Inspector): boolean {
  if (inspector.find.open.peek()) inspector.find.close();
  else if (inspector.detailsOpen.peek() && DETAILED.has(inspector.view.peek())) {
    inspector.detailsOpen.value = false;
  } else return false;
  document.querySelector<HTMLElement>('[role="grid"]')?.focus();
  return true;
}
