import { expect, test } from 'vitest';
import { withoutCredentials } from './plain-url.ts';

test.each([
  ['https://me@chat.example/a', 'https://chat.example/a'],
  ['https://me:secret@chat.example:8443/a?b#c', 'https://chat.example:8443/a?b#c'],
  ['wss://me:p@ss@chat.example/rt', 'wss://chat.example/rt'],
  ['HTTP://:secret@chat.example', 'HTTP://chat.example'],
  ['http:///me:secret@chat.example/', 'http:///chat.example/'],
  ['http:\\\\me:secret@chat.example/', 'http:\\\\chat.example/'],
])('a URL loses its user name and password: %s', (url, plain) => {
  expect(withoutCredentials(url)).toBe(plain);
});

test.each([
  'https://chat.example/@me',
  'https://chat.example?mail=me@chat.example',
  'https://chat.example#me@chat.example',
  'https://chat.example\\@other.example/',
  'mailto:me@chat.example',
  '/relative/@me',
  '',
])('a URL that has none stays as it is: %s', (url) => {
  expect(withoutCredentials(url)).toBe(url);
});
