/** A list of tabs with one tab stop: arrows, Home and End move and choose. */
import type { ComponentChildren } from 'preact';
import './tabs.css';

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: string;
  /** Drawn beside the title; not part of the tab's name. */
  readonly badge?: ComponentChildren;
}

interface TabListProps<Name extends string> {
  /** Accessible name of the list. */
  readonly label: string;
  /** Begins the ids of the tabs and their panels. */
  readonly id: string;
  readonly tabs: readonly Tab<Name>[];
  readonly chosen: Name;
  readonly choose: (name: Name) => void;
}

export function TabList<Name extends string>({ label, id, tabs, chosen, choose }: TabListProps<Name>) {
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.name === chosen);
    const next = tabs[nextTab(event.key, at, tabs.length)];
    if (!next || next.name === chosen) return;
    event.preventDefault();
    choose(next.name);
    document.getElementById(`${id}-${next.name}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.name}
          type="button"
          role="tab"
          class="tab"
          id={`${id}-${tab.name}`}
          aria-selected={tab.name === chosen}
          aria-controls={tab.name === chosen ? `${id}-panel` : undefined}
          tabIndex={tab.name === chosen ? 0 : -1}
          onClick={() => choose(tab.name)}
        >
          {tab.title}
          {tab.badge !== undefined && <span aria-hidden="true">{tab.badge}</span>}
        </button>
      ))}
    </div>
  );
}

function nextTab(key: string, at: number, length: number): number {
  if (key === 'ArrowRight') return (at + 1) % length;
  if (key === 'ArrowLeft') return (at - 1 + length) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return at;
}
