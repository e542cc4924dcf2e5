import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasChatMark, isChatUrl, MARK_WINDOW } from './marks.ts';

test('the marks import nothing: they go into the page', () => {
  const text = readFileSync(new URL('./marks.ts', import.meta.url), 'utf8');
  expect(text).not.toMatch(/^\s*import\b|\bimport\s*\(|\brequire\s*\(|\bexport\b[^;]*\bfrom\b\s*['"]/m);
});

test.each([
  'https://chat.example.net/clientweb/api/v1/chats/1/events?tenantUrl=t',
  '/clientweb/api/v2/chats',
  'https://example.com/proxy/clientweb/api/v1//iceservers',
  'https://example.com/clientweb/file/1',
])('%s is a chat URL', (url) => expect(isChatUrl(url)).toBe(true));

test.each([
  '',
  'https://example.com/clientweb/api/v3/chats',
  'https://example.com/?next=/clientweb/api/v1/chats',
  'https://example.com/#/clientweb/api/v1/chats',
  'https://clientweb.example.com/api/v1/chats',
])('%j is none', (url) => expect(isChatUrl(url)).toBe(false));

test('an event name is a mark, if it comes early enough', () => {
  expect(hasChatMark('{"event":"chat_session_message"}')).toBe(true);
  expect(hasChatMark('{"event":"chat_form_data_cancel"}')).toBe(true);
  expect(hasChatMark('{"event":"message"}')).toBe(false);
  expect(hasChatMark(`${' '.repeat(MARK_WINDOW)}chat_session_message`)).toBe(false);
});
