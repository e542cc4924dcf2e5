import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dialects } from '../../tests/fixtures/har/dialects.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const har = JSON.stringify(dialects.chrome());

it('says in one sentence that its report is not complete, whoever cut it off', {
  timeout: 120_000,
}, async () => {
  const text = JSON.stringify({ events: Array(20_000).fill(7) });
  const answer = { status: 200, content: { mimeType: 'application/json', text } };
  const request = { url: 'https://x.test/clientweb/api/v2/chats/a/events' };
  const start = { startedDateTime: '2026-11-20T09:00:00.000Z', time: 100 };
  const large = JSON.stringify({ log: { entries: [{ ...start, request, response: answer }] } });
  const reader = spawn(process.execPath, ['--import', 'tsx', MAIN, 'check', '--json', '-'], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  let err = '';
  reader.stderr.on('data', (text) => {
    err += String(text);
  });
  reader.stdout.once('data', () => reader.stdout.destroy());
  reader.stdin.end(large);
  const [status] = await once(reader, 'close');
  expect({ status, err }).toEqual({
    status: 2,
    err: 'chat-inspector: the report is not complete: its reader closed the pipe\n',
  });

  const full = spawnSync(process.execPath, ['--import', 'tsx', MAIN, 'check', '-'], {
    input: har,
    encoding: 'utf8',
    stdio: ['pipe', openSync('/dev/full', 'w'), 'pipe'],
  });
  expect({ status: full.status, err: full.stderr }).toEqual({
    status: 2,
    err: 'chat-inspector: the report is not complete: there is no space left where it is written\n',
  });
});
