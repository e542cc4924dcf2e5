import { expect, test } from 'vitest';
import { hexDump } from './hex-dump.ts';

test('sixteen bytes a line, with what is no text as a dot', () => {
  const dump = hexDump(btoa('{"event":"chat"}\u0000\u00ff'), 1024);
  expect(dump?.total).toBe(18);
  expect(dump?.lines).toEqual([
    {
      offset: '00000000',
      hex: '7b 22 65 76 65 6e 74 22  3a 22 63 68 61 74 22 7d ',
      text: '{"event":"chat"}',
    },
    { offset: '00000010', hex: '00 ff'.padEnd(49), text: '··' },
  ]);
});

test('a large body is decoded only as far as it is shown', () => {
  const dump = hexDump(btoa('x'.repeat(100_000)), 32);
  expect(dump?.lines).toHaveLength(2);
  expect(dump?.total).toBe(100_000);
});

test('what is no base64 gives null', () => {
  expect(hexDump('***', 16)).toBeNull();
});
