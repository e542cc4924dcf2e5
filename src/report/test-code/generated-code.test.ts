import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AGENT, CHAT, message, type TraceBuilder, trace } from '../../analysis/testing/trace-builder.ts';
import type { Observation } from '../../observation/observation.ts';
import { convertTrace } from '../convert.ts';
import { PROFILES } from '../redaction/profile.ts';
import type { Pace } from './script-code.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** What would be taken for code in a text of several lines. */
const PLACEHOLDER = '`$' + '{1}`';
const EVENTS = `https://chat.example/clientweb/api/v1/chats/${CHAT}/events?tenantUrl=chat.example`;

/** A chat that asks and hears over polls, whose second poll is answered by what the visitor says. */
function pollingChat(): TraceBuilder {
  const built = trace().requestChat();
  built.poll([{ event: 'chat_session_status', state: 'connected' }]);
  const held = built.request('GET', `${EVENTS}&timestamp=1795977721123`);
  built.wait(700).post([{ event: 'chat_session_typing', party_id: CHAT }]);
  built.post([message({ msg: 'Hello?', msg_id: '1', party_id: CHAT })]);
  built.wait(300).answer(held, { events: [message({ msg: 'Good morning', party_id: AGENT })] });
  return built;
}

function code(
  observations: readonly Observation[],
  to: 'msw' | 'playwright',
  options: { readonly pace?: Pace; readonly profile?: keyof typeof PROFILES; readonly session?: string } = {},
): string {
  const { pace = 'order', profile = 'none', session } = options;
  const source = { observations, created: null, dropped: 0, redacted: null, wrappers: [] };
  const selection = { sessions: session === undefined ? [] : [session], from: null, until: null };
  return [...convertTrace(source, { to, pace, selection, profile: PROFILES[profile], version: '1' })].join(
    '',
  );
}

/** The part of a file from one line to the next that ends a list. */
const part = (text: string, from: string): string => text.slice(text.indexOf(from)).split('\n];')[0] ?? '';

test('an answer waits for the steps before it, and a moving parameter tells nothing', () => {
  const spec = code(pollingChat().observations, 'playwright');
  expect(part(spec, 'const STEPS')).toBe(
    "const STEPS: string[] = [\n  'Request Chat',\n  'chat_session_message',",
  );
  const endpoints = part(spec, 'const ENDPOINTS');
  expect(endpoints).toContain(`\`\${SERVER_1}/clientweb/api/v1/chats/${CHAT}/events\``);
  expect(endpoints).toContain("'timestamp' moves from request to request.");
  const polls = endpoints.slice(endpoints.indexOf('held: 1'));
  expect(polls.match(/after: \d/g)?.slice(0, 2)).toEqual(['after: 1', 'after: 2']);
  expect(part(spec, 'const HEARD')).toContain("'Good morning'");
  expect(spec).not.toMatch(/wait: \d/);
});

test('times are kept where they are asked for, from what released the answer on', () => {
  const waits = (pace: Pace) =>
    [
      ...part(code(pollingChat().observations, 'msw', { pace }), 'held: 1').matchAll(
        /after: 2,\s+wait: (\d+)/g,
      ),
    ].map(([, n]) => Number(n));
  const [real = 0] = waits('real');
  expect(real).toBeGreaterThan(300);
  expect(real).toBeLessThan(400);
  expect(waits(2)[0]).toBe(Math.round(real / 2));
});

test('a session is played alone', () => {
  const other = '11111111-2222-4333-8444-555555555555';
  const both = trace()
    .requestChat()
    .poll([message({ msg: 'for the first', party_id: AGENT })]);
  both.requestChat('queued', other).poll([message({ msg: 'for the second', party_id: AGENT })], other);
  both.poll([message({ msg: 'more for the first', party_id: AGENT })]);
  const first = code(both.observations, 'playwright');
  expect(first).toContain('more for the first');
  expect(first).not.toContain('for the second');
  const second = code(both.observations, 'playwright', { session: 'B' });
  expect(second).toContain('for the second');
  expect(second).not.toContain('for the first');
  expect(() => code(both.observations, 'msw', { session: 'Z' })).toThrow(/no session/);
  expect(() => code(trace().observations, 'msw')).toThrow(/no session/);
});

test('a poll that the page gave up is not played, and a request that failed fails', () => {
  const built = trace().requestChat();
  const given = built.request('GET', `chats/${CHAT}/events`);
  built.add({ kind: 'abort', of: given, reason: 'abort()' });
  const failed = built.request('GET', `chats/${CHAT}/events`);
  built.add({ kind: 'error', of: failed, message: 'network', retrying: false });
  built.poll([{ event: 'chat_session_ended' }]);
  const polls = part(code(built.observations, 'playwright'), 'held: 1');
  expect(polls.match(/status: \d+/g)).toEqual(['status: 0', 'status: 200']);
});

test('nothing of what was replaced stands in a test', () => {
  const spec = code(pollingChat().observations, 'playwright', { profile: 'share' });
  expect(spec).toContain('Values of people are replaced');
  for (const secret of ['Good morning', 'Hello?', CHAT, AGENT]) expect(spec).not.toContain(secret);
});

test('a subprotocol that the page did not offer first is said to be another one when it is played', () => {
  const withSubprotocols = (...agreed: string[]) => {
    const built = pollingChat();
    const socket = built.socket('wss://relay.example/rt');
    built.frameIn(socket, [message({ msg: 'over a socket', party_id: AGENT })]);
    const observations = built.observations.map((each) =>
      each.kind !== 'socket-open'
        ? each
        : { ...each, protocols: each.phase === 'open' ? agreed : ['graphql-ws', 'json'] },
    );
    const letters = built
      .analyse()
      .sessions()
      .map(({ letter }) => letter);
    return letters.map((session) => code(observations, 'playwright', { session })).join('\n');
  };
  expect(withSubprotocols('json')).toContain('did not offer first');
  expect(withSubprotocols('graphql-ws')).not.toContain('did not offer first');
  expect(withSubprotocols('')).toContain('did not offer first');
});

test('the code of every kind of traffic passes the type check of MSW 2.15, MSW 3 and Playwright', {
  timeout: 120_000,
}, () => {
  const built = pollingChat();
  const socket = built.socket(`wss://relay.example/r't?chat=1&${PLACEHOLDER}`);
  built.frameOut(socket, message({ msg: 'Over a socket', msg_id: '3', party_id: CHAT }));
  built.frameIn(socket, [
    message({ msg: `it's </script> ${PLACEHOLDER} \u2028 */ \u202e`, party_id: AGENT }),
  ]);
  built.add({
    ...{ kind: 'frame', of: socket, direction: 'in' },
    payload: {
      encoding: 'base64',
      data: btoa(JSON.stringify(message({ msg: 'bytes' }))),
      size: 9,
      truncated: false,
    },
  });
  built.add({ kind: 'socket-close', of: socket, code: 1011, reason: "it's gone", clean: true });
  const stream = built.request('GET', 'https://relay.example/stream', { transport: 'eventsource' });
  built.head(stream, 200, 'text/event-stream');
  built.add({
    ...{ kind: 'stream-event', of: stream, event: 'chat', id: '1' },
    payload: {
      encoding: 'text',
      data: JSON.stringify(message({ msg: 'streamed' })),
      size: 9,
      truncated: false,
    },
  });
  const pieces = built.request('GET', 'https://relay.example/lines', { transport: 'fetch' });
  built.head(pieces, 200, 'application/x-ndjson');
  for (const msg of ['one', 'two']) {
    const data = `${JSON.stringify(message({ msg, party_id: AGENT }))}\n`;
    built.add({ kind: 'chunk', of: pieces, payload: { encoding: 'text', data, size: 9, truncated: false } });
    built.post([message({ msg: `after ${msg}`, msg_id: msg === 'one' ? '5' : '7', party_id: CHAT })]);
  }
  built.add({ kind: 'end', of: pieces });
  const folder = mkdtempSync(join(tmpdir(), 'chat-inspector-code-'));
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const whole = built.observations;
    const letters = built
      .analyse()
      .sessions()
      .map(({ letter }) => letter);
    expect(letters.length).toBeGreaterThan(1);
    for (const session of letters) {
      const handlers = code(whole, 'msw', { session, pace: 'real' });
      writeFileSync(join(folder, `${session}.handlers.ts`), handlers);
      writeFileSync(join(folder, `${session}.handlers-3.ts`), handlers.replace("from 'msw'", "from 'msw-3'"));
      writeFileSync(join(folder, `${session}.spec.ts`), code(whole, 'playwright', { session, pace: 3 }));
      writeFileSync(
        join(folder, `${session}.use.ts`),
        `import { setupWorker } from 'msw/browser';\nimport { setupServer } from 'msw/node';\nimport { handlers } from './${session}.handlers.ts';\nimport { handlers as newer } from './${session}.handlers-3.ts';\nimport { setupServer as newerServer } from 'msw-3/node';\nsetupWorker(...handlers);\nsetupServer(...handlers);\nnewerServer(...newer);\n`,
      );
    }
    const options = {
      ...{
        target: 'es2022',
        module: 'esnext',
        moduleResolution: 'bundler',
        lib: ['es2024', 'dom', 'dom.iterable'],
      },
      ...{
        strict: true,
        noUncheckedIndexedAccess: true,
        noUnusedLocals: true,
        exactOptionalPropertyTypes: true,
      },
      ...{ noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, types: ['node'] },
    };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, include: ['*.ts'] }),
    );
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    expect(said(() => execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }))).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function said(run: () => string): string {
  try {
    return run();
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
}
