/**
 * Light or dark, as DevTools is. Firefox tells of a change by the event `onThemeChanged`, Chromium by the handler of
 * `setThemeChangeHandler`; both have `themeName`. Outside DevTools the system's preference holds.
 */

/** What both browsers have of `devtools.panels`, as far as the theme goes. */
interface ThemePanels {
  readonly themeName?: string;
  readonly onThemeChanged?: { addListener(listener: (name: string) => void): void };
  setThemeChangeHandler?(handler: (name: string) => void): void;
}

/** Keeps `data-theme` of the document's root current. */
export function followTheme(root: HTMLElement, panels: ThemePanels | null): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let name = panels?.themeName;
  const apply = () => {
    const dark = name === undefined || name === 'none' ? system.matches : name === 'dark';
    root.dataset.theme = dark ? 'dark' : 'light';
  };
  const change = (next: string) => {
    name = next;
    apply();
  };
  panels?.onThemeChanged?.addListener(change);
  panels?.setThemeChangeHandler?.(change);
  system.addEventListener('change', apply);
  apply();
}

/** The `devtools.panels` of the browser this runs in, or null outside DevTools. */
export function devtoolsPanels(): ThemePanels | null {
  const scope: { browser?: BrowserWithDevtools; chrome?: BrowserWithDevtools } = globalThis;
  return (scope.browser ?? scope.chrome)?.devtools?.panels ?? null;
}

interface BrowserWithDevtools {
  readonly devtools?: { readonly panels?: ThemePanels };
}
