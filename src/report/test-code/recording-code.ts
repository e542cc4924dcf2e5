/** What a spec of Playwright records of its own run, and has checked at its end: the code that is the same in every file. */
import type { Analysis } from '../../analysis/api/analysis.ts';
import { constant } from './script-code.ts';

/** So many known findings stand in a file; a session that has more kinds of them is not compared by them. */
const MOST_KNOWN = 1_000;

/** What a finding is known by in the generated file: its rule, event and place, whatever its values and its session. */
export function knownFindings(analysis: Analysis): readonly string[] {
  const known = new Set<string>();
  for (const { rule, event, path } of analysis.eachFinding()) {
    known.add(`${rule} ${event ?? ''} ${path.join('.')}`.trim());
    if (known.size >= MOST_KNOWN) break;
  }
  return [...known].sort();
}

export function checkConstants(known: readonly string[], wrappers: readonly string[]): string {
  return [
    '/** What `chat-inspector check` finds in the recorded session already: rule, event, field. */\n',
    `const KNOWN: string[] = ${constant(known)};\n\n`,
    '/** How the command line of Chat Inspector is called, and where events stand in its messages. */\n',
    `const CHECK = (process.env.CHAT_INSPECTOR ?? 'chat-inspector').split(' ');\n`,
    `const WRAPPERS: string[] = ${constant(wrappers)};\n\n`,
  ].join('');
}

export const RECORDING_CLASS = `/** What went between the page and its servers, as a HAR file that any tool opens. */
class Recording {
  private readonly entries: object[] = [];

  request(request: Request, started: number, answer: Answer): void {
    const { status, headers = {} } = answer;
    const text = bytesOf(answer);
    const binary = typeof text !== 'string';
    const posted = request.postData();
    const mimeType = request.headers()['content-type'] ?? '';
    this.add(request.url(), started, {
      request: { method: request.method(), ...(posted === null ? {} : { postData: { mimeType, text: posted } }) },
      response: {
        status,
        // It failed: without this a status of 0 is a request that the page gave up.
        ...(status === 0 ? { _error: 'net::ERR_FAILED' } : {}),
        headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
        content: {
          mimeType: headers['content-type'] ?? '',
          size: text.length,
          text: binary ? text.toString('base64') : text,
          ...(binary ? { encoding: 'base64' } : {}),
        },
      },
      _resourceType: request.resourceType(),
    });
  }

  /** Gives what notes each message of a socket. */
  socket(url: string): (type: 'send' | 'receive', message: string | Buffer) => void {
    const messages: object[] = [];
    this.add(url, Date.now(), {
      request: { method: 'GET' },
      response: { status: 101 },
      _resourceType: 'websocket',
      _webSocketMessages: messages,
    });
    return (type, message) => {
      const text = typeof message === 'string';
      const data = text ? message : message.toString('base64');
      messages.push({ type, time: Date.now() / 1000, opcode: text ? 1 : 2, data });
    };
  }

  /** Keeps the file with the test's results. */
  async keep(info: TestInfo): Promise<string> {
    const file = info.outputPath('chat.har');
    const log = { version: '1.2', creator: { name: 'Playwright', version: '1' }, entries: this.entries };
    writeFileSync(file, JSON.stringify({ log }));
    await info.attach('chat.har', { path: file, contentType: 'application/json' });
    return file;
  }

  /** What \`check\` finds in it that is not known. */
  async check(info: TestInfo): Promise<string[]> {
    const file = await this.keep(info);
    const [command = '', ...words] = CHECK;
    const settings = WRAPPERS.flatMap((path) => ['--wrapper', path]);
    const run = spawnSync(command, [...words, 'check', '--json', ...settings, file], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      shell: process.platform === 'win32',
    });
    if (!run.stdout?.startsWith('{')) {
      if (run.status === 2) throw new Error(run.stderr);
      const description = \`\${command} is not installed: what went over the wire was not checked\`;
      info.annotations.push({ type: 'not checked', description });
      return [];
    }
    const { files } = JSON.parse(run.stdout) as { files: { findings: Finding[] }[] };
    const found = files.flatMap(({ findings }) => findings);
    const names = found.map(({ rule, event, path }) => \`\${rule} \${event ?? ''} \${path.join('.')}\`.trim());
    return [...new Set(names)].filter((name) => !KNOWN.includes(name));
  }

  private add(url: string, started: number, { request, response, ...own }: Exchange): void {
    const time = Date.now() - started;
    const none = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1, bodySize: -1 };
    this.entries.push({
      startedDateTime: new Date(started).toISOString(),
      time,
      request: { url, headers: [], queryString: [], ...none, ...request },
      response: { statusText: '', redirectURL: '', headers: [], content: { size: 0, mimeType: '' }, ...none, ...response },
      cache: {},
      timings: { send: 0, wait: time, receive: 0 },
      ...own,
    });
  }
}

interface Exchange {
  request: object;
  response: object;
  [own: string]: unknown;
}

interface Finding {
  rule: string;
  event: string | null;
  path: (string | number)[];
}
`;
