/** `chat-inspector`: the inspector's judgement of recorded chat traffic, without a browser. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Severity } from '../analysis/api/analysis.ts';
import { rules } from '../analysis/rules/rules.ts';
import { parseWrapperPath } from '../framing/wrapper-path.ts';
import { boundedText } from '../text/bounded-text.ts';
import { type Known, parseBaseline, writtenBaseline } from './baseline.ts';
import { check, type ExitStatus, type Streams } from './check.ts';
import { runConvert } from './convert.ts';
import { DIFF_FORMATS, diff } from './diff.ts';
import { describeEvent, listEvents } from './events.ts';
import { explain, listRules } from './explain.ts';
import { type FormatName, formats } from './formats/formats.ts';
import { HELP } from './help.ts';
import { systemFault } from './input.ts';
import { nearest } from './nearest.ts';
import { outputFault } from './output-fault.ts';
import { complaint } from './plain-output.ts';
import { reportPage } from './report-page.ts';
import { type Palette, palette } from './terminal.ts';

/** Set by the build. */
const VERSION = process.env.CHAT_INSPECTOR_VERSION ?? 'development';

const COMMANDS = ['check', 'convert', 'diff', 'explain', 'events', 'help'];

const OPTIONS = {
  json: { type: 'boolean', default: false },
  format: { type: 'string' },
  'session-a': { type: 'string' },
  'session-b': { type: 'string' },
  'show-values': { type: 'boolean', default: false },
  'fail-on': { type: 'string', default: 'error' },
  'fail-on-empty': { type: 'boolean', default: false },
  wrapper: { type: 'string', multiple: true },
  pattern: { type: 'string', multiple: true },
  to: { type: 'string' },
  redact: { type: 'string' },
  session: { type: 'string', multiple: true },
  from: { type: 'string' },
  until: { type: 'string' },
  pace: { type: 'string' },
  summary: { type: 'boolean', default: false },
  output: { type: 'string', short: 'o' },
  ignore: { type: 'string', multiple: true },
  baseline: { type: 'string' },
  'write-baseline': { type: 'string' },
  color: { type: 'boolean', default: false },
  'no-color': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'V', default: false },
} as const;

/** Which command takes an option; the others stand for all. */
const OPTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  convert: ['to', 'redact', 'from', 'until', 'pace', 'summary', 'output'],
  check: ['fail-on-empty', 'ignore', 'baseline', 'write-baseline', 'wrapper', 'pattern'],
};

// A report of which a part is missing is none, whoever closed the pipe or filled the disk.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(complaint(outputFault(error)), () => process.exit(2));
});
// Where nobody reads the complaints, the status still says it.
process.stderr.on('error', () => {});
process.exitCode = await main(process.argv.slice(2), process);

async function main(
  args: readonly string[],
  streams: Streams & { stdout: { isTTY?: boolean } },
): Promise<ExitStatus> {
  const parsed = parse(args);
  if ('fault' in parsed) return refuse(parsed.fault, streams);
  const { values, positionals } = parsed;
  const asked = values['no-color'] ? 'never' : values.color ? 'always' : null;
  const colours = palette(streams.stdout, process.env, asked);
  if (values.version) return print(`${VERSION}\n`, streams);
  const [command, ...operands] = positionals;
  if (values.help || command === 'help') return print(HELP, streams);
  const misplaced = misplacedOption(command, values);
  if (misplaced !== null) return refuse(misplaced, streams);
  if (command !== 'check' && command !== 'diff' && operands.length > 1)
    return refuse(`${command} takes one name, not ${operands.length}`, streams);
  const [name] = operands;
  switch (command) {
    case 'check':
      return runCheck(values, operands, colours, streams);
    case 'diff':
      return runDiff(values, operands, streams);
    case 'convert':
      return name === undefined
        ? refuse('convert needs a file, or - for standard input', streams)
        : orRefused(
            await runConvert({ ...values, file: name, version: VERSION, page: reportPage }, streams),
            streams,
          );
    case 'explain':
      return answer(name === undefined ? { text: listRules(colours) } : explain(name, colours), streams);
    case 'events':
      return answer(
        name === undefined ? { text: listEvents(colours) } : describeEvent(name, colours),
        streams,
      );
    case undefined:
      streams.stderr.write(HELP);
      return 2;
    default:
      return refuse(`there is no command ${JSON.stringify(command)}${meant(command, COMMANDS)}`, streams);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    // Node goes on to explain how an operand may begin with a hyphen.
    const unknown = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
    if (unknown === undefined) return { fault: message };
    const names = Object.keys(OPTIONS).map((name) => `--${name}`);
    return { fault: `there is no option ${unknown}${meant(unknown, names)}` };
  }
}

/** A sentence where an option was given that the command does not take. */
function misplacedOption(
  command: string | undefined,
  values: Readonly<Record<string, unknown>>,
): string | null {
  for (const [owner, options] of Object.entries(OPTIONS_OF)) {
    if (owner === command || command === undefined) continue;
    const given = options.find((name) => values[name] !== undefined && values[name] !== false);
    if (given !== undefined && COMMANDS.includes(command)) return `--${given} is an option of ${owner}`;
  }
  return null;
}

function orRefused(result: ExitStatus | { readonly fault: string }, streams: Streams): ExitStatus {
  return typeof result === 'number' ? result : refuse(result.fault, streams);
}

function meant(given: string, names: readonly string[]): string {
  const near = nearest(given, names);
  return near === null ? '' : `; did you mean ${near}?`;
}

async function runCheck(
  values: {
    readonly json: boolean;
    readonly format?: string | undefined;
    readonly 'fail-on': string;
    readonly 'fail-on-empty': boolean;
    readonly wrapper?: readonly string[] | undefined;
    readonly pattern?: readonly string[] | undefined;
    readonly 'show-values': boolean;
    readonly ignore?: readonly string[] | undefined;
    readonly session?: readonly string[] | undefined;
    readonly baseline?: string | undefined;
    readonly 'write-baseline'?: string | undefined;
  },
  files: readonly string[],
  colours: Palette,
  streams: Streams,
): Promise<ExitStatus> {
  if (files.length === 0) return refuse('check needs a file, or - for standard input', streams);
  if (files.filter((file) => file === '-').length > 1) return refuse('- can be named once', streams);
  const format = values.format ?? (values.json ? 'json' : 'text');
  if (!isFormat(format)) return refuse(`--format is one of ${Object.keys(formats).join(', ')}`, streams);
  if (values.json && format !== 'json') return refuse('--json and --format contradict each other', streams);
  const failOn = values['fail-on'];
  if (!isSeverity(failOn)) return refuse('--fail-on is one of error, warning, note', streams);
  const { wrapper: wrappers = [], pattern: patterns = [] } = values;
  for (const wrapper of wrappers) {
    if (parseWrapperPath(wrapper) === null)
      return refuse(
        `--wrapper is a path such as payload or data[0], not ${JSON.stringify(wrapper)}`,
        streams,
      );
  }
  if (patterns.some((pattern) => pattern.trim() === ''))
    return refuse('--pattern is a part of a URL', streams);
  const settings = { patterns, wrappers };
  const { ignore, session: sessions, baseline: baselineFile, 'write-baseline': newFile } = values;
  const ruleIds = rules.map(({ id }) => id);
  const stranger = ignore?.find((rule) => !ruleIds.includes(rule));
  if (stranger !== undefined)
    return refuse(`there is no rule ${JSON.stringify(stranger)}${meant(stranger, ruleIds)}`, streams);
  let baseline: Known | undefined;
  if (baselineFile !== undefined) {
    try {
      baseline = parseBaseline(await readFile(baselineFile, 'utf8'));
    } catch (error) {
      return refuse(`--baseline ${baselineFile}: ${faultOf(error)}`, streams);
    }
  }
  const newBaseline = newFile === undefined ? undefined : new Set<string>();
  const status = await check(
    {
      ...{ files, format, failOn, colours, version: VERSION },
      failOnEmpty: values['fail-on-empty'],
      showValues: values['show-values'],
      ...(ignore === undefined ? {} : { ignore }),
      ...(sessions === undefined ? {} : { sessions }),
      ...(baseline === undefined ? {} : { baseline }),
      ...(newBaseline === undefined ? {} : { newBaseline }),
      settings,
    },
    streams,
  );
  if (newFile === undefined || newBaseline === undefined) return status;
  try {
    await writeFile(newFile, writtenBaseline(newBaseline));
  } catch (error) {
    streams.stderr.write(complaint(`--write-baseline ${newFile}: ${faultOf(error)}`));
    return 2;
  }
  return status;
}

async function runDiff(
  values: {
    readonly json: boolean;
    readonly format?: string | undefined;
    readonly 'session-a'?: string | undefined;
    readonly 'session-b'?: string | undefined;
    readonly 'show-values': boolean;
  },
  files: readonly string[],
  streams: Streams,
): Promise<ExitStatus> {
  const [a, b, ...more] = files;
  if (a === undefined || b === undefined || more.length > 0)
    return refuse(`diff takes two files, not ${files.length}`, streams);
  const asked = values.format ?? (values.json ? 'json' : 'text');
  const format = DIFF_FORMATS.find((known) => known === asked);
  if (format === undefined) return refuse(`--format of diff is one of ${DIFF_FORMATS.join(', ')}`, streams);
  if (values.json && format !== 'json') return refuse('--json and --format contradict each other', streams);
  return diff(
    {
      a: { file: a, session: values['session-a'] ?? null },
      b: { file: b, session: values['session-b'] ?? null },
      format,
      showValues: values['show-values'],
    },
    streams,
  );
}

function faultOf(error: unknown): string {
  if (error instanceof Error && !('code' in error)) return error.message;
  return systemFault(error);
}

function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}

function isSeverity(name: string): name is Severity {
  return name === 'error' || name === 'warning' || name === 'note';
}

function answer(
  result: { readonly text: string } | { readonly fault: string },
  streams: Streams,
): ExitStatus {
  return 'text' in result ? print(result.text, streams) : refuse(result.fault, streams);
}

function print(text: string, streams: Streams): ExitStatus {
  streams.stdout.write(text);
  return 0;
}

function refuse(fault: string, streams: Streams): ExitStatus {
  streams.stderr.write(`${complaint(boundedText(fault))}chat-inspector --help shows how it is used\n`);
  return 2;
}
