import { expect, test } from 'vitest';
import { figuresOf, nameOf, stateText, totalText } from './popup-text.ts';

const page = {
  url: 'https://shop.example/order',
  top: true,
  gone: false,
  since: 0,
  observations: 1,
  bytes: 900,
};

test('a page is named by its address, as it is read, and told in figures', () => {
  expect(nameOf(page)).toBe('https://shop.example/order');
  expect(nameOf({ ...page, url: 'https://x/\u202egnp' })).toBe('https://x/\\u{202E}gnp');
  expect(nameOf({ ...page, url: '' })).toBe('A document whose address is not known');
  expect(figuresOf(page)).toMatch(/^Page · 1 entry · 900 B · since \d/);
  const frame = { ...page, top: false, gone: true, observations: 1_204, bytes: 1_940_000 };
  expect(figuresOf(frame)).toMatch(/^Frame, left · 1,204 entries · 1.9 MB · since \d/);
});

test('several pages have a sum, one has not', () => {
  expect(totalText([page])).toBe('');
  expect(totalText([page, { ...page, observations: 47, bytes: 11_600 }])).toBe(
    '2 documents · 48 entries · 13 kB',
  );
});

test('an empty list says why it is empty', () => {
  expect(stateText({ recorder: true, pages: [] }, false)).toContain('Nothing now.');
  expect(stateText({ recorder: false, pages: [] }, false)).toContain('is off');
  expect(stateText({ recorder: true, pages: [] }, true)).toBe('Nothing is recorded in private windows.');
});
