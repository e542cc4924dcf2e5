import { expect, test } from 'vitest';
import { framingWord } from './framing-word.ts';

test.each([
  ['2', 'heartbeat'],
  ['3probe', 'heartbeat'],
  ['h', 'heartbeat'],
  ['\n', 'heartbeat'],
  ['{"type":6}\x1e', 'heartbeat'],
  ['[null,"4","phoenix","heartbeat",{}]', 'heartbeat'],
  ['{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"4"}', 'heartbeat'],
  ['{"type":"ping","message":1700000000}', 'heartbeat'],
  ['{"type":"pong"}', 'heartbeat'],
  ['0{"sid":"a","upgrades":[]}', 'handshake'],
  ['40', 'handshake'],
  ['40/nsp,{"token":"t"}', 'handshake'],
  ['o', 'handshake'],
  ['{}\x1e', 'handshake'],
  ['CONNECTED\nversion:1.2\n\n\0', 'handshake'],
  ['{"type":"welcome"}', 'handshake'],
  ['{"identifier":"{}","type":"confirm_subscription"}', 'handshake'],
  ['{"type":"connection_init","payload":{"token":"t"}}', 'handshake'],
  ['["1","1","room:1","phx_reply",{"status":"ok"}]', 'acknowledgement'],
  ['431["ok"]', 'acknowledgement'],
  ['RECEIPT\nreceipt-id:1\n\n\0', 'acknowledgement'],
  ['42["other",{}]', 'not chat'],
  ['{"password":"x"}', 'not chat'],
  ['44', 'not chat'],
  ['', 'not chat'],
  [`{"type":"ping","message":"${'x'.repeat(3_000)}"}`, 'not chat'],
])('%j is said to be: %s', (text, word) => {
  expect(framingWord(text)).toBe(word);
});
