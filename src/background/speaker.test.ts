import { expect, test } from 'vitest';
import { UNKNOWN_FRAME } from '../messaging/last-words.ts';
import { believedUrl, isSameDocument, wordOf } from './speaker.ts';

const relay = { origin: 'https://relay.example', url: 'https://relay.example/a' };

test('the origin is the browser’s, in every browser that says it in its own way', () => {
  const chrome = { url: 'about:srcdoc', origin: 'https://shop.example', documentId: 'D1' };
  expect(wordOf(chrome, relay)).toEqual({
    origin: 'https://shop.example',
    context: 'D1',
    url: 'about:srcdoc',
  });
  expect(wordOf({ url: 'https://shop.example/a#b' }, relay)).toEqual({
    ...{ origin: 'https://shop.example', context: null, url: 'https://shop.example/a#b' },
  });
  expect(wordOf({ url: 'about:blank' }, relay).origin).toBeNull();
  expect(wordOf(undefined, relay)).toEqual({ ...relay, context: null });
});

test.each([
  ['https://shop.example', 'https://shop.example/', 'https://shop.example/help#top', true],
  ['https://shop.example', 'https://shop.example/', 'https://bank.example/', false],
  ['https://shop.example', 'https://shop.example/', 'about:blank', true],
  ['https://shop.example', 'https://shop.example/', 'about:srcdoc', true],
  ['https://shop.example', 'https://shop.example/', 'about:config', false],
  ['https://shop.example', 'about:srcdoc', 'about:srcdoc', true],
  ['https://shop.example', 'about:blank', 'https://shop.example/written', true],
  ['https://shop.example', 'blob:https://shop.example/1', 'blob:https://shop.example/1', true],
  ['null', 'https://shop.example/sandboxed', 'https://shop.example/sandboxed/2', true],
  ['null', 'https://shop.example/sandboxed', 'https://bank.example/', false],
  ['null', 'data:text/html,a', 'data:text/html,a', true],
  ['null', 'file:///a.html', 'file:///b.html', true],
  ['null', 'data:text/html,a', 'https://bank.example/', false],
  ['https://shop.example', 'https://shop.example/', 'no URL', false],
])('of a document of %s at %s, %s is believed: %s', (origin, url, said, believed) => {
  expect(believedUrl(said, { origin, context: null, url })).toBe(believed ? said : url);
});

test('a document is known again by Chrome’s id of it, else by tab, frame and origin', () => {
  const one = { tab: 1, frame: 4, origin: 'https://a', context: 'D1' };
  expect(isSameDocument(one, { ...one, frame: 0 })).toBe(true);
  expect(isSameDocument(one, { ...one, context: 'D2' })).toBe(false);
  expect(isSameDocument(one, { ...one, origin: 'https://b' })).toBe(false);
  expect(isSameDocument(one, { ...one, tab: 2 })).toBe(false);
  expect(isSameDocument(one, { ...one, context: null })).toBe(true);
  expect(isSameDocument(one, { ...one, context: null, frame: 0 })).toBe(false);
  expect(isSameDocument(one, { ...one, context: null, frame: UNKNOWN_FRAME })).toBe(true);
});
