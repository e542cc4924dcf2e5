import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asCurl, asFetch } from './request-code.ts';

const HOSTILE = [
  "it's $(touch /tmp/x) `id` \\ !! %s",
  'line\nbreak\r\u0007\u001b[201~; rm -rf ~',
  'Zoë “quotes” \u2028\u202e 😀 \u0000',
  '</script><script>alert(1)</script>',
];

/** The words of a command as bash reads them; it has no word with a zero in it. */
function wordsOf(command: string): string[] {
  const run = spawnSync('bash', ['--norc', '-c', command.replace(/^curl /, "printf '%s\\0' ")], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8' },
  });
  expect(run.stderr).toBe('');
  return run.stdout.split('\0').slice(0, -1);
}

const arbitraryText = fc.oneof(
  fc.constantFrom(...HOSTILE.map((text) => text.replaceAll('\0', ''))),
  fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
);

test('a command holds each part as one word, whatever stands in it', () => {
  fc.assert(
    fc.property(arbitraryText, arbitraryText, arbitraryText, (url, value, requestBody) => {
      const request = { method: 'PUT', url, requestHeaders: [['X-A', value]] as const, requestBody };
      const command = asCurl(request);
      expect([...command].filter((char) => char !== '\n' && !/[ -~]/.test(char))).toEqual([]);
      expect(wordsOf(command)).toEqual([url, '-X', 'PUT', '-H', `X-A: ${value}`, '--data-raw', requestBody]);
    }),
    { numRuns: 40 },
  );
});

test('what curl does by itself is not said', () => {
  const plain = { url: 'https://chat.example/a?b=1', requestHeaders: [] };
  expect(asCurl({ ...plain, method: 'GET', requestBody: null })).toBe("curl 'https://chat.example/a?b=1'");
  expect(asCurl({ ...plain, method: 'POST', requestBody: '{"a":1}' })).toBe(
    "curl 'https://chat.example/a?b=1' \\\n  --data-raw '{\"a\":1}'",
  );
});

test('a call is script that says the same, and hides nothing', () => {
  for (const text of HOSTILE) {
    const code = asFetch({ method: 'POST', url: text, requestHeaders: [['X-A', text]], requestBody: text });
    expect(code.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    const said = new Function('fetch', `return ${code}`)((...given: unknown[]) => given);
    expect(said).toEqual([
      text,
      { method: 'POST', headers: [['X-A', text]], body: text, credentials: 'include' },
    ]);
  }
});
