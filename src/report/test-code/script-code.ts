/** What the generated files have in common: their head, the script as data, and the steps that answers wait for. */
import type { Header } from '../../observation/observation.ts';
import { base64Text } from '../../text/base64-text.ts';
import { Code, commentLines, quoted } from './code-text.ts';
import type {
  Cue,
  ScriptAnswer,
  ScriptBytes,
  ScriptEndpoint,
  ScriptSocket,
  ScriptStream,
  SessionScript,
} from './script.ts';
import { namePattern } from './session-script.ts';

/** `order`: an answer comes at once when its turn is; `real`: as late as it did; a number: so many times faster. */
export type Pace = 'order' | 'real' | number;

/** Reads `--pace`. Null for what is none: a number is above 0 and at most 1,000. */
export function paceOf(text: string): Pace | null {
  if (text === 'order' || text === 'real') return text;
  if (!/^\d{1,4}(?:\.\d{1,6})?$/.test(text)) return null;
  const factor = Number(text);
  return factor > 0 && factor <= 1_000 ? factor : null;
}

export interface CodeOptions {
  readonly pace: Pace;
  readonly producer: string;
  /** True where values are replaced by tokens. */
  readonly redacted: boolean;
  /** What `check` finds in the recorded session: see `knownFindings`. */
  readonly known: readonly string[];
  /** Places of events in messages that were set when it was read. */
  readonly wrappers: readonly string[];
}

/** Names of the constants that hold the servers' addresses, by origin. */
export type Servers = ReadonlyMap<string, string>;

export function serversOf({ endpoints, sockets, streams }: SessionScript): Servers {
  const names = new Map<string, string>();
  for (const { origin } of [...endpoints, ...sockets, ...streams])
    if (!names.has(origin)) names.set(origin, `SERVER_${names.size + 1}`);
  return names;
}

/** The comment that a file begins with. */
export function head(
  script: SessionScript,
  what: string,
  notes: readonly string[],
  options: CodeOptions,
  needs = 'needs nothing of it',
): string {
  const { letter, protocol, startedAt, eventCount } = script;
  const at = Math.abs(startedAt) < 8.64e15 ? new Date(startedAt).toISOString() : 'an unknown time';
  const pace =
    options.pace === 'order'
      ? 'Answers come in their order, each as soon as the steps before it are made'
      : options.pace === 'real'
        ? 'Answers come as late as they did'
        : `Answers come as late as they did, ${options.pace} times as fast`;
  const lines = [
    `${what}: session ${letter} (${protocol}) of ${at}, ${eventCount} events.`,
    `Made by ${options.producer}; ${needs}. ${pace}.`,
    ...(options.redacted
      ? ['Values of people are replaced: what a page compares with its own may differ.']
      : []),
    ...notes,
  ];
  return `${lines.map((line) => commentLines(line)).join('//\n')}\n`;
}

export function serverConstants(servers: Servers): string {
  const lines = [...servers].map(([origin, name]) => `const ${name} = ${quoted(origin)};\n`);
  const one = '/** Where the chat was recorded: write here where your page looks for it. */\n';
  return lines.length === 0 ? '' : `${one}${lines.join('')}\n`;
}

/** A list of texts, as the value of a constant. */
export const constant = (texts: readonly string[]): string =>
  texts.length === 0 ? '[]' : `[\n${texts.map((text) => `  ${quoted(text)},\n`).join('')}]`;

export function stepConstants({ steps, names }: SessionScript, exported: boolean): string {
  const pattern = namePattern(names);
  const simple = /^[\w"()|-]+$/.test(pattern) && names.length > 0;
  return [
    '/** What the page sent, in order. What a server says waits until the steps before it are made. */\n',
    `${exported ? 'export ' : ''}const STEPS: string[] = ${constant(steps)};\n\n`,
    '/** What counts as a step wherever it stands in what the page sends. Typing does not. */\n',
    `const EVENTS = ${simple ? `/${pattern}/g` : `new RegExp(${quoted(pattern)}, 'g')`};\n\n`,
  ].join('');
}

/** Takes care of the steps: the same in every file. */
export const STEPS_CLASS = `/** The steps that the page has made, in whatever order, and who waits for them. */
class Steps {
  readonly sent: string[] = [];
  private readonly missing = STEPS.map((name, at) => ({ name, at }));
  private waiting: { after: number; go: () => void }[] = [];

  /** The page sent this text; \`step\` is what the request is by itself. */
  take(text: string, step?: string): void {
    const names = Array.from(text.matchAll(EVENTS), ([, name = '']) => name);
    for (const name of step === undefined ? names : [step, ...names]) {
      this.sent.push(name);
      const at = this.missing.findIndex((each) => each.name === name);
      if (at >= 0) this.missing.splice(at, 1);
    }
    const ready = this.waiting.filter(({ after }) => this.areMade(after));
    this.waiting = this.waiting.filter((each) => !ready.includes(each));
    for (const { go } of ready) go();
  }

  /** Resolves once the first \`after\` steps are made, and \`wait\` milliseconds later. */
  async before({ after, wait = 0 }: { after: number; wait?: number }): Promise<void> {
    if (!this.areMade(after)) await new Promise<void>((go) => this.waiting.push({ after, go }));
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }

  private areMade(after: number): boolean {
    return this.missing.every(({ at }) => at >= after);
  }
}
`;

/** Whether a URL is that of an endpoint: the same in every file. */
export const FITS = `/** Parameters that are not named in \`query\` move from request to request. */
interface Address {
  url: string;
  query: Record<string, string>;
}

/** A \`*\` in \`url\` is an id that the page makes up. */
function fits(text: string, { url, query }: Address): boolean {
  const { origin, host, protocol, pathname, searchParams } = new URL(text);
  const asked = \`\${protocol.startsWith('ws') ? \`\${protocol}//\${host}\` : origin}\${pathname}\`.split('/');
  const steps = url.split('/');
  return (
    steps.length === asked.length &&
    steps.every((step, at) => step === '*' || step === asked[at]) &&
    Object.entries(query).every(([name, value]) => searchParams.get(name) === value)
  );
}
`;

/** The cue of what a server says. */
export function cueOf({ after, wait }: Cue, pace: Pace): { after: number; wait?: number } {
  const scaled = pace === 'order' ? 0 : Math.round(wait / (pace === 'real' ? 1 : pace));
  return scaled > 0 ? { after, wait: scaled } : { after };
}

/** Bytes as `json` where that says the same, else as `text`, or as `base64`. */
export function contentOf({ encoding, data }: ScriptBytes): object {
  if (encoding === 'base64') {
    // A mark of the byte order would be lost.
    const text = data.startsWith('77u/') ? null : base64Text(data);
    const content = text === null ? {} : contentOf({ encoding: 'text', data: text });
    return 'json' in content ? { binary: true, ...content } : { base64: data };
  }
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value === 'object' && value !== null && JSON.stringify(value) === data) return { json: value };
  } catch {}
  return { text: data };
}

export function addressOf(
  { origin, path, query }: ScriptEndpoint | ScriptSocket | ScriptStream,
  servers: Servers,
): object {
  const server = servers.get(origin) ?? '';
  const safe = literalPath(path);
  return { url: new Code(`\`\${${server}}${safe}\``), query: Object.fromEntries(query) };
}

/** A path inside of a template literal. */
function literalPath(path: string): string {
  return quoted(path).slice(1, -1).replaceAll("\\'", "'").replaceAll('`', '\\`').replaceAll('${', '\\${');
}

/** A comment on what moves in the requests of an endpoint. */
export function movingComment(ignored: readonly string[]): string {
  return ignored.length === 0
    ? ''
    : `${ignored.map((name) => quoted(name)).join(', ')} ${ignored.length === 1 ? 'moves' : 'move'} from request to request.`;
}

/** Of the transport, of the browser or of one moment. */
const LEFT_OUT =
  /^(?:content-length|content-encoding|transfer-encoding|connection|keep-alive|date|server|cache-control|expires|last-modified|pragma|etag|vary|set-cookie|alt-svc|strict-transport-security|content-security-policy|content-security-policy-report-only|x-frame-options|content-range|accept-ranges|age|via|access-control-[a-z-]+)$/;

export function headersOf(headers: readonly Header[]): Readonly<Record<string, string>> {
  const kept: [string, string][] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (LEFT_OUT.test(lower) || !/^[a-z0-9-]+$/.test(lower) || !/^[\x20-\x7e]*$/.test(value)) continue;
    kept.push([lower, value]);
  }
  return Object.fromEntries(kept);
}

/** Without what stays empty. */
export function answerData(answer: ScriptAnswer, pace: Pace): object {
  const headers = headersOf(answer.headers);
  return {
    ...cueOf(answer, pace),
    status: answer.status,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  };
}
