import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainUrl } from './plain-url.ts';

test.each([
  ['https://me@chat.example/a', 'https://chat.example/a'],
  ['https://me:secret@chat.example:8443/a?b#c', 'https://chat.example:8443/a?b'],
  ['wss://me:p@ss@chat.example/rt', 'wss://chat.example/rt'],
  ['HTTP://:secret@chat.example', 'HTTP://chat.example'],
  ['http:///me:secret@chat.example/', 'http:///chat.example/'],
  ['http:\\\\me:secret@chat.example/', 'http:\\\\chat.example/'],
  ['https:me:secret@chat.example/', 'https:chat.example/'],
  ['https:/me:secret@chat.example/', 'https:/chat.example/'],
  ['//me:secret@chat.example/a', '//chat.example/a'],
  [' //me:secret@chat.example/a', ' //chat.example/a'],
  ['/path?x=1#access_token=secret', '/path?x=1'],
  ['https://chat.example/#access_token=secret', 'https://chat.example/'],
  ['#secret', ''],
])('a URL loses user name, password and fragment: %s', (url, plain) => {
  expect(plainUrl(url)).toBe(plain);
});

test.each([
  'https://chat.example/@me',
  'https://chat.example?mail=me@chat.example',
  'https://chat.example\\@other.example/',
  'mailto:me@chat.example',
  '/relative/@me',
  'about:blank',
  'data:text/html,<p>a@b',
  '',
])('a URL that has none stays as it is: %s', (url) => {
  expect(plainUrl(url)).toBe(url);
});

describe('of every URL that a browser reads', () => {
  test('nothing but user name, password and fragment is lost', () => {
    fc.assert(
      fc.property(
        fc.webUrl({
          withQueryParameters: true,
          withFragments: true,
          authoritySettings: { withUserInfo: true },
        }),
        (text) => {
          const url = new URL(text);
          url.username = '';
          url.password = '';
          url.hash = '';
          expect(new URL(plainUrl(text)).href).toBe(url.href);
          expect(plainUrl(plainUrl(text))).toBe(plainUrl(text));
        },
      ),
    );
  });
});
