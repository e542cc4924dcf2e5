import '../../tests/fixtures/bare-page.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainUrl } from '../observation/plain-url.ts';
import { absoluteUrl, keptUrl } from './address.ts';

test.each([
  ['https://me:secret@chat.example:8443/a?b#c', 'https://chat.example:8443/a?b'],
  ['//me:secret@chat.example/a', 'https://chat.example/a'],
  ['/path?x=1#access_token=secret', '/path?x=1'],
  ['/@me', '/@me'],
  ['https://chat.example/?mail=me@x.example', 'https://chat.example/?mail=me@x.example'],
  ['mailto:me@chat.example', 'mailto:me@chat.example'],
])('of %s is kept %s', (url, kept) => {
  expect(keptUrl(url)).toBe(kept);
});

test('what a request is for is absolute, and has no secrets', () => {
  expect(absoluteUrl('chats#x')).toBe('https://page.example/folder/chats');
  expect(absoluteUrl(new URL('https://me:secret@chat.example/#x'))).toBe('https://chat.example/');
});

test('of every URL that a browser reads the hook keeps what all others keep', () => {
  const url = fc.webUrl({
    withQueryParameters: true,
    withFragments: true,
    authoritySettings: { withUserInfo: true },
  });
  fc.assert(
    fc.property(url, (text) => {
      expect(new URL(keptUrl(text)).href).toBe(new URL(plainUrl(text)).href);
    }),
  );
});
