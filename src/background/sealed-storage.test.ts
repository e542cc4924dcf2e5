import { expect, test } from 'vitest';
import { sealed } from './sealed-storage.ts';
import { memory } from './storage-in-memory.ts';

const newKey = () =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

test('what was put in comes out, whatever it is and however large', async () => {
  const storage = memory();
  const shut = sealed(storage, newKey());
  const large = Array.from({ length: 10_000 }, (_, at) => ({ at, text: `Message ${at} 😀` }));
  const hostile = JSON.parse('{"__proto__": {"polluted": true}, "lone": "\\ud800"}');
  await shut.set({ large, hostile, nothing: null });
  expect(await shut.get(['large', 'hostile', 'nothing', 'absent'])).toEqual({
    large,
    hostile,
    nothing: null,
  });
});

test('without the key nothing of it can be read, and repetition takes little', async () => {
  const storage = memory();
  await sealed(storage, newKey()).set({ chat: Array(1_000).fill({ msg: 'a secret' }) });
  const stored = JSON.stringify([...storage.items]);
  expect(stored).not.toContain('secret');
  expect(stored.length).toBeLessThan(1_000);
  expect(await sealed(storage, newKey()).get(['chat'])).toEqual({});
});

test('what was changed, moved to another name or never sealed is as if it were not there', async () => {
  const storage = memory();
  const shut = sealed(storage, newKey());
  await shut.set({ one: 1, two: 2 });
  const one = String(storage.items.get('one'));
  storage.items.set('two', one);
  storage.items.set('three', [{ kind: 'frame' }]);
  storage.items.set(
    'one',
    one.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
  );
  expect(await shut.get(['one', 'two', 'three'])).toEqual({});
});
