/** The script as data in a generated file: a list of endpoints with their answers, and a list of sockets. */
import { commentLines, literal, quoted } from './code-text.ts';
import type { ScriptEndpoint, ScriptSocket, ScriptStream } from './script.ts';
import { addressOf, contentOf, cueOf, movingComment, type Pace, type Servers } from './script-code.ts';

/** A constant that is a list of such entries as the functions below give. */
export function* list(
  about: string,
  declaration: string,
  entries: Iterable<string>,
): Generator<string, void, undefined> {
  yield `/** ${about} */\nconst ${declaration} = [`;
  let some = false;
  for (const entry of entries) {
    yield some ? entry : `\n${entry}`;
    some = true;
  }
  yield '];\n\n';
}

/** Those with most to tell them by come first: the first that fits is taken. */
export const byPrecision = (endpoints: readonly ScriptEndpoint[]): readonly ScriptEndpoint[] =>
  [...endpoints].sort((a, b) => b.query.length - a.query.length);

/** `answers` are its answers as data. */
export function endpointEntry(
  endpoint: ScriptEndpoint,
  servers: Servers,
  answers: readonly object[],
): string {
  const { method, step, held, atOnce, ignored } = endpoint;
  const polls = 'Polls: each is held until its answer is due, and behind the last one for good.';
  return [
    moving(ignored),
    held ? commentLines(polls, '  // ') : '',
    `  {\n    method: ${quoted(method)},\n`,
    members(addressOf(endpoint, servers)),
    step === null ? '' : `    step: ${quoted(step)},\n`,
    held ? `    held: ${atOnce},\n` : '',
    entries('answers', answers),
    '  },\n',
  ].join('');
}

/** An event stream, with what else is said of it. */
export function streamEntry(
  stream: ScriptStream,
  servers: Servers,
  about: string,
  more: object,
  answer: object,
): string {
  return [
    commentLines(about, '  // '),
    moving(stream.ignored),
    "  {\n    method: 'GET',\n",
    members({ ...addressOf(stream, servers), ...more }),
    entries('answers', [answer]),
    '  },\n',
  ].join('');
}

export function socketEntry(socket: ScriptSocket, servers: Servers, pace: Pace): string {
  const { close, ignored, messages } = socket;
  const said = messages.map((message) => ({ ...cueOf(message, pace), ...contentOf(message) }));
  return [
    moving(ignored),
    '  {\n',
    members(addressOf(socket, servers)),
    entries('messages', said),
    close === null
      ? ''
      : members({ close: { ...cueOf(close, pace), code: close.code, reason: close.reason } }),
    '  },\n',
  ].join('');
}

const moving = (ignored: readonly string[]): string =>
  ignored.length === 0 ? '' : commentLines(movingComment(ignored), '  // ');

function entries(name: string, values: readonly object[]): string {
  if (values.length === 0) return `    ${name}: [],\n`;
  const lines = values.map((value) => `      ${literal(value, '      ')},\n`);
  return `    ${name}: [\n${lines.join('')}    ],\n`;
}

function members(value: object): string {
  return Object.entries(value)
    .map(([name, each]) => `    ${name}: ${literal(each, '    ')},\n`)
    .join('');
}
