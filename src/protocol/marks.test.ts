import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { events } from './bright-pattern/events.ts';
import { BEGINNINGS, EVENTS } from './bright-pattern/marks.ts';
import { EVENTS as ALL_EVENTS, isChatUrl, MARK_WINDOW, namesEvent } from './marks.ts';
import { protocols } from './protocols.ts';

const IMPORT = /^\s*import\b.*|\bimport\s*\(|\brequire\s*\(|\bexport\b[^;]*\bfrom\b\s*['"]/gm;
const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

test.each(protocols.map(({ id }) => id))('the marks of %s import nothing: they go into the page', (id) => {
  expect(read(`./${id}/marks.ts`)).not.toMatch(IMPORT);
});

test('the marks of all are those of each, joined', () => {
  const from = read('./marks.ts').matchAll(/^(?:import|export) .* from '(.*)'/gm);
  const joined = new Set([...from].map(([, name]) => name));
  expect([...joined]).toEqual(protocols.map(({ id }) => `./${id}/marks.ts`));
});

test('the names and who says them are those of the declarations', () => {
  const declared = new Map<string, string>();
  for (const { name, direction } of events) {
    const before = declared.get(name);
    declared.set(name, before === undefined || before === direction ? direction : 'both');
  }
  expect(EVENTS).toEqual(Object.fromEntries(declared));
  expect(ALL_EVENTS).toMatchObject(EVENTS);
  for (const name of declared.keys())
    expect(name).toMatch(new RegExp(`^(?:${BEGINNINGS.join('|')})[a-z_]+$`));
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

describe('a text names an event', () => {
  test.each([
    '{"event":"chat_session_ended"}',
    '42["chat_session_ended",{}]',
    'a["{\\"event\\":\\"chat_session_ended\\"}"]',
    '{"payload":"{\\u0022event\\u0022:\\u0022chat_session_ended\\u0022}"}',
    'event: chat_session_ended\ndata: {}\n\n',
    ': hi\r\nevent:chat_session_ended',
    'MESSAGE\n\n{"chat_session_ended":{}}\0',
  ])('%j, of the server', (text) => {
    expect(namesEvent(text, 'server')).toBe(true);
    expect(namesEvent(text, 'client')).toBe(false);
  });

  test.each([
    '{"event":"message"}',
    '{"event":"chat_session_foo"}',
    '{"event":"chat_session_endedly"}',
    '{"event":"chat_session_ended2"}',
    '{"event":"my_chat_session_ended"}',
    '{"text":"saw chat_session_ended today"}',
    '{"text":"saw chat_session_ended"}',
    '{"text":"chat_session_ended is what it saw"}',
    '"chat_session_ended\\"',
    'this event: chat_session_ended\n',
    'chat_session_ended',
    '%22chat_session_ended%5C%22',
    '322chat_session_ended322',
    '',
  ])('%j names none', (text) => {
    expect(namesEvent(text, 'server')).toBe(false);
  });

  const name = fc.constantFrom(...Object.keys(EVENTS));
  const speaker = fc.constantFrom('server', 'client');
  const wrap = fc.constantFrom<(text: string) => string>(
    (text) => JSON.stringify(text),
    (text) => JSON.stringify({ data: text, more: [1] }),
    (text) => encodeURIComponent(text),
    (text) => `${text}\n`,
    (text) => text.replaceAll('"', '\\u0022'),
  );

  test('however often it was wrapped, and only in the direction in which it goes', () => {
    fc.assert(
      fc.property(name, speaker, fc.array(wrap, { maxLength: 5 }), (event, who, wraps) => {
        // A text with its quotes as \u0022 is a part of a string, so that goes last.
        const unicode = wraps.filter((each) => each('"') === '\\u0022').slice(0, 1);
        const others = wraps.filter((each) => each('"') !== '\\u0022');
        const text = [...others, ...unicode].reduce((all, each) => each(all), JSON.stringify({ event }));
        const goes = EVENTS[event];
        expect(namesEvent(text, who)).toBe(goes === 'both' || goes === who);
      }),
    );
  });

  test('only as a whole string: a longer name, or one within words, is none', () => {
    const around = fc.string({ unit: fc.constantFrom('a', ' ', '_', '1', '-', '\\', 'é') });
    fc.assert(
      fc.property(name, speaker, around, around, (event, who, before, after) => {
        const text = JSON.stringify({ event: before + event + after });
        const goes = EVENTS[event];
        const whole = before === '' && after === '';
        const longer = EVENTS[before + event + after];
        expect(namesEvent(text, who)).toBe(
          (whole && (goes === 'both' || goes === who)) || longer === 'both' || longer === who,
        );
      }),
    );
  });

  test('if it comes early enough', () => {
    expect(namesEvent(`${' '.repeat(MARK_WINDOW - 100)}"chat_session_message"`, 'server')).toBe(true);
    expect(namesEvent(`${' '.repeat(MARK_WINDOW)}"chat_session_message"`, 'server')).toBe(false);
  });

  test('whatever the text, in time that grows with it', () => {
    const text = (count: number) => '\\'.repeat(count) + '"chat_session_foo"'.repeat(count);
    expect(namesEvent(text(20_000), 'server')).toBe(false);
  });
});
