/** `chat-inspector`: the inspector's judgement of recorded chat traffic, without a browser. */
import { parseArgs } from 'node:util';
import type { Severity } from '../analysis/analysis.ts';
import { check, type ExitStatus, type Streams } from './check.ts';
import { describeEvent, listEvents } from './events.ts';
import { explain, listRules } from './explain.ts';
import { type FormatName, formats } from './formats/format.ts';
import { HELP } from './help.ts';
import { nearest } from './nearest.ts';
import { type Palette, palette } from './terminal.ts';

/** Set by the build. */
const VERSION = process.env.CHAT_INSPECTOR_VERSION ?? 'development';

const COMMANDS = ['check', 'explain', 'events', 'help'];

const OPTIONS = {
  json: { type: 'boolean', default: false },
  format: { type: 'string' },
  'fail-on': { type: 'string', default: 'error' },
  color: { type: 'boolean', default: false },
  'no-color': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'V', default: false },
} as const;

// A reader that has seen enough, such as `head`, is no failure, and no reason to give another status.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
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
  if (command !== 'check' && operands.length > 1)
    return refuse(`${command} takes one name, not ${operands.length}`, streams);
  const [name] = operands;
  switch (command) {
    case 'check':
      return runCheck(values, operands, colours, streams);
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

function meant(given: string, names: readonly string[]): string {
  const near = nearest(given, names);
  return near === null ? '' : `; did you mean ${near}?`;
}

async function runCheck(
  values: { readonly json: boolean; readonly format?: string | undefined; readonly 'fail-on': string },
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
  return check({ files, format, failOn, colours, version: VERSION }, streams);
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
  streams.stderr.write(`chat-inspector: ${fault}\nchat-inspector --help shows how it is used\n`);
  return 2;
}
