import type { TreeFiles } from '../package/store-archive.ts';

/**
 * What both stores forbid in a bundle, and what our privacy statement promises: no code from elsewhere, no code made
 * from text, no connection of our own. Read from the bundles and not from the sources, since packages come in there.
 * Gives one sentence a fault.
 */
export function policyFaults(files: TreeFiles): readonly string[] {
  return [
    ...[...files].flatMap(([path, bytes]) => fileFaults(path, new TextDecoder().decode(bytes))),
    ...manifestFaults(files.get('manifest.json')),
  ];
}

interface Rule {
  readonly pattern: RegExp;
  readonly fault: string;
  /** Files in which the pattern means something else. */
  readonly except?: RegExp;
}

/** The scripts that run in pages: they wrap the page's own calls, so those names stand in them. */
const IN_PAGES = /\.iife\.js$/;

const SCRIPT_RULES: readonly Rule[] = [
  { pattern: /\bnew Function\b|(?<![\w$.])Function\s*\(/, fault: 'makes code from text (Function)' },
  // The global one, bare or as a member of a global. A member of anything else is a method that only shares its name:
  // `devtools.inspectedWindow.eval` runs in the inspected page, that of the regex engine walks its own tree.
  {
    pattern:
      /(?:\b(?:window|globalThis|self|top|parent|frames)\s*(?:\?\.|\.)\s*|(?<![\w$.]))eval\s*(?!\([\w$,\s]*\)\s*\{)\)?\s*(?:\?\.)?\(/,
    fault: 'makes code from text (eval)',
  },
  { pattern: /\bset(?:Timeout|Interval)\s*\(\s*["'`]/, fault: 'makes code from text (a timer of a string)' },
  { pattern: /\bimportScripts\s*\(/, fault: 'loads a script by importScripts' },
  { pattern: /\bimport\s*\(\s*(?!["'`]\.{0,2}\/)/, fault: 'imports what is not a file of the extension' },
  { pattern: /\bfrom\s*["'](?:https?:)?\/\//, fault: 'imports from another host' },
  // Behind a quote it is a text: a request that a person copies.
  {
    pattern: /(?<![\w$."'`])fetch\s*\(|\bnew (?:XMLHttpRequest|WebSocket|EventSource)\b|\bsendBeacon\s*\(/,
    fault: 'opens a connection',
    except: IN_PAGES,
  },
  // Preact has one, for a property that the source check forbids; it is known by the field it reads.
  { pattern: /\.(?:inner|outer)HTML\s*=(?!=)(?!\s*[\w$]+\.__html\b)/, fault: 'writes markup (innerHTML)' },
  { pattern: /\.insertAdjacentHTML\s*\(|\bdocument\.write(?:ln)?\s*\(/, fault: 'writes markup' },
];

const PAGE_RULES: readonly Rule[] = [
  { pattern: /<(?:script|link|img|iframe)\b[^>]*(?:https?:)?\/\/[^>]*>/i, fault: 'loads from another host' },
  { pattern: /<script\b(?![^>]*\bsrc=)[^>]*>/i, fault: 'has a script in the page' },
];

const STYLE_RULES: readonly Rule[] = [
  { pattern: /@import\b|url\(\s*["']?(?:https?:)?\/\//i, fault: 'loads from another host' },
];

function fileFaults(path: string, text: string): readonly string[] {
  return rulesFor(path)
    .filter(({ except }) => except === undefined || !except.test(path))
    .flatMap(({ pattern, fault }) => {
      const found = pattern.exec(text);
      return found === null ? [] : [`${path} ${fault}: ${around(text, found.index)}`];
    });
}

function rulesFor(path: string): readonly Rule[] {
  if (/\.m?js$/.test(path)) return SCRIPT_RULES;
  if (path.endsWith('.html')) return PAGE_RULES;
  return path.endsWith('.css') ? STYLE_RULES : [];
}

/** Enough of a minified line to find the place. */
function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 30), at + 50).replaceAll(/\s+/g, ' ');
}

/** What the listing and the README explain, and nothing more. */
const PERMISSIONS = ['alarms', 'storage'];

function manifestFaults(bytes: Uint8Array | undefined): readonly string[] {
  if (bytes === undefined) return ['manifest.json is missing'];
  const manifest = JSON.parse(new TextDecoder().decode(bytes)) as {
    readonly permissions?: readonly string[];
    readonly host_permissions?: readonly string[];
    readonly externally_connectable?: unknown;
    readonly web_accessible_resources?: readonly unknown[];
    readonly content_security_policy?: { readonly extension_pages?: string };
  };
  const unexplained = (manifest.permissions ?? [])
    .concat(manifest.host_permissions ?? [])
    .filter((name) => !PERMISSIONS.includes(name));
  const policy = manifest.content_security_policy?.extension_pages ?? '';
  return [
    ...unexplained.map((name) => `manifest.json asks for “${name}”, which no store text explains`),
    ...(manifest.externally_connectable ? ['manifest.json lets pages speak to the extension'] : []),
    ...(manifest.web_accessible_resources?.length
      ? ['manifest.json shows files of the extension to pages']
      : []),
    ...(policy.includes("default-src 'none'") && !policy.includes('connect-src')
      ? []
      : ['manifest.json lets the pages of the extension open connections']),
  ];
}
