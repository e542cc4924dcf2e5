/**
 * The face that Chromium and Firefox share for tests, screenshots and `npm start`: a browser with the extension
 * loaded, one inspected tab, and the real DevTools of that tab with the extension's panel in it.
 */

/** A part of the panel as a screen reader names it, or, where names repeat as in rows, by a CSS selector. */
export type Part =
  | {
      readonly role: string;
      /** The whole accessible name; any name when left out. */
      readonly name?: string;
      /** Which of several, from 0. */
      readonly nth?: number;
    }
  | { readonly css: string };
/** From the outermost part to the one meant. */
export type Place = readonly [Part, ...Part[]];

/** What crosses into the page: data only. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A file that the panel saved through the browser's own downloads. */
export interface Download {
  readonly name: string;
  readonly path: string;
}

/** A request in the browser's own list. */
export interface ListedRequest {
  readonly url: string;
  /** The text of the cell that says who asked for it. */
  readonly initiator: string;
  /** The scripts that stood on the stack, the innermost first; of Firefox only that one. */
  readonly scripts: readonly string[];
}

/** A request of a HAR file as the browser's own list of requests holds it once it has loaded the file. */
export interface LoadedRequest {
  readonly url: string;
  readonly status: number;
  /** Characters of the body that was sent. */
  readonly sent: number;
  /** Messages of a socket, in order: empty for other requests, and in Firefox, whose list takes none from a file. */
  readonly messages: readonly { readonly type: string; readonly data: string }[];
  /** Events of an event stream, in order; in Firefox none, as with messages. */
  readonly events: readonly { readonly name: string; readonly data: string }[];
}

/** A line of the browser's own Console, and where it says that it came from. */
export interface ConsoleLine {
  readonly text: string;
  readonly link: string;
}

/** What the DevTools of the browser show by themselves, beside the panel. */
export interface BrowserTools {
  /** Goes to the list of requests: from now on it is kept, and drawn. */
  showRequests(): Promise<void>;
  /** The requests whose rows are drawn. */
  requests(): Promise<readonly ListedRequest[]>;
  /** Loads a HAR file into the list of requests in place of what was in it, and gives what it then holds. */
  loadHar(path: string): Promise<readonly LoadedRequest[]>;
  /** Goes to the Console, and gives what stands in it now. */
  consoleLines(): Promise<readonly ConsoleLine[]>;
  /** Types into the search bar of the tools, which the panel does not have the focus for. @throws in Firefox, which has none. */
  search(text: string): Promise<void>;
}

export interface Panel {
  /** What lies beside the panel in its DevTools. */
  readonly tools: BrowserTools;
  /** Runs a function in the panel's own document. It sees nothing of the caller's scope but `argument`. */
  evaluate<Result, Argument extends Json>(
    inside: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Runs the text of a script (statements, with a `return`) in the panel's document; gives what it returns. */
  run(script: string): Promise<unknown>;
  /** A real click, as soon as the part is there. Throws when it does not come. */
  click(...place: Place): Promise<void>;
  /** Replaces the text of a field by typing. */
  fill(text: string, ...place: Place): Promise<void>;
  /** A key as the `KeyboardEvent.key` values name it, to the part that has the focus: `?`, `Control+f`, `Shift+F3`. */
  press(key: string): Promise<void>;
  /** The visible text of a part that is there. */
  text(...place: Place): Promise<string>;
  attribute(attribute: string, ...place: Place): Promise<string | null>;
  /** How many such parts there are now. */
  count(...place: Place): Promise<number>;
  /** Clicks, and gives the file that the click downloads. */
  download(...place: Place): Promise<Download>;
  /** Gives a file to the panel's Import, as the file picker would. */
  importFile(path: string, into?: string): Promise<void>;
  /** Bytes of the script heap after a collection; null where the browser does not tell. */
  heap(): Promise<number | null>;
  /** A PNG of the DevTools with the panel. */
  screenshot(path: string): Promise<void>;
  /** Closes the DevTools. */
  close(): Promise<void>;
}

export interface UncaughtError {
  readonly where: 'page' | 'panel' | 'background';
  readonly message: string;
}

/** A tab with DevTools of its own. */
export interface InspectedTab {
  /** Runs a function in the page's own world. */
  inPage<Result, Argument extends Json>(
    inside: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Opens the DevTools of the tab and chooses the extension's panel of this title. */
  openDevTools(title: string): Promise<Panel>;
}

export interface InspectedBrowser extends InspectedTab {
  readonly name: 'chromium' | 'firefox';
  readonly version: string;
  /** Loads a URL in the inspected tab and waits for its load event. */
  open(url: string): Promise<void>;
  /** Bytes of the page's script heap after a collection; null where the browser does not tell. */
  heap(): Promise<number | null>;
  /** The same of the extension's background, which must be running. */
  backgroundHeap(): Promise<number | null>;
  back(): Promise<void>;
  /** Opens a URL in a tab beside the inspected one, which stays what the other methods speak of. */
  openBeside(url: string): Promise<InspectedTab>;
  /** Moves the inspected tab into a window of its own, as dragging it out of the strip does. */
  moveToNewWindow(): Promise<void>;
  /** Opens the panel's page as an ordinary page in a tab of its own, or another page of the extension. */
  openPanelPage(path?: string): Promise<Panel>;
  /** Lets the extension run in private windows, as a person does in the browser's settings; the extension starts anew. */
  allowPrivateWindows(): Promise<void>;
  /** Takes back the extension's access to all sites, as a person does in the browser's settings. */
  takeBackSites(): Promise<void>;
  /** The extension's page that asks for access, once it has opened in a tab of its own. */
  permissionPage(): Promise<Panel>;
  /** Ends the service worker or event page as the browser does when it idles, and waits until it is gone. */
  killBackground(): Promise<void>;
  /** Ends the process of the inspected page's frames of an origin, as it ends where memory runs out. */
  endProcessOf(origin: string): Promise<void>;
  /** Reloads the extension as its update does, and waits until it runs again. An open DevTools loses its panel. */
  reloadExtension(): Promise<void>;
  /** Errors nobody caught so far: of the page, the panel and the background. */
  uncaughtErrors(): Promise<readonly UncaughtError[]>;
  /** Resolves when the person closes the browser. */
  readonly closed: Promise<void>;
  /** Ends the browser and gives the folder of its profile, which stays until `close`. */
  quit(): Promise<string>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** Folder of the built extension. */
  readonly extension: string;
  readonly headless: boolean;
  readonly dock: 'bottom' | 'right' | 'undocked';
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

export const LAUNCH_DEFAULTS = {
  headless: true,
  dock: 'undocked',
  theme: 'light',
  width: 1400,
  height: 900,
} as const satisfies Omit<LaunchOptions, 'extension'>;

/**
 * The text of a call, so that both browsers run the same thing. The tool that strips the types may leave calls of a
 * helper `__name` in a function's text; inside the page that helper does nothing.
 */
export function callText(inside: (argument: never) => unknown, argument: Json): string {
  return `(() => { const __name = (f) => f; return (${inside.toString()})(${JSON.stringify(argument)}); })()`;
}
