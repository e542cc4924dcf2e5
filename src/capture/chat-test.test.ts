import { describe, expect, test } from 'vitest';
import { fitsPattern } from '../text/url-pattern.ts';
import { chatTest } from './chat-test.ts';

/** A relay of a user who has set these. */
function relay(patterns: readonly string[], marks: readonly string[]) {
  const asked: string[] = [];
  const ask = (question: string): boolean => {
    asked.push(question);
    const [about = '', said = ''] = question.split(/ (.*)/s);
    return about === 'url'
      ? patterns.some((pattern) => fitsPattern(said, pattern))
      : marks.some((mark) => said.includes(mark));
  };
  return { asked, ask };
}

describe('chat is', () => {
  test('a path of the protocol, on any host, and not a query', () => {
    const chat = chatTest(() => false);
    expect(chat.url('https://any.example/proxy/clientweb/api/v2/chats/1/events?x=1')).toBe(true);
    expect(chat.url('https://any.example/clientweb/api/v1//iceservers')).toBe(true);
    expect(chat.url('https://any.example/search?q=/clientweb/api/v1/')).toBe(false);
  });

  test('what the relay says that a pattern or a mark of the user fits', () => {
    const chat = chatTest(relay(['//relay.*/rt'], ['acme_event']).ask);
    chat.configure('ut');
    expect(chat.url('wss://relay.example/rt')).toBe(true);
    expect(chat.url('wss://relay.example/other')).toBe(false);
    expect(chat.names('{"type":"acme_event"}', 'server')).toBe(true);
    expect(chat.names('{"type":"other"}', 'server')).toBe(false);
  });

  test('a text that names an event within its first 64 kB, in a direction in which it goes', () => {
    const chat = chatTest(() => false);
    expect(chat.names('{"event":"chat_session_ended"}', 'server')).toBe(true);
    expect(chat.names('{"event":"chat_session_ended"}', 'client')).toBe(false);
    expect(chat.names(`${' '.repeat(70_000)}"chat_session_ended"`, 'server')).toBe(false);
  });

  test('worth a look on an origin that has shown it, over sockets and requests alike', () => {
    const chat = chatTest(() => false);
    chat.learn('wss://relay.example:8443/rt');
    expect(chat.origin('https://relay.example:8443/poll?x=1')).toBe(true);
    expect(chat.origin('https://relay.example/poll')).toBe(false);
    expect(chat.origin('https://__proto__/')).toBe(false);
  });
});

describe('the relay', () => {
  test('is asked nothing where the user has set nothing', () => {
    const { asked, ask } = relay([], []);
    const chat = chatTest(ask);
    chat.url('https://any.example/');
    chat.names('{"event":"other"}', 'server');
    expect(asked).toEqual([]);
  });

  test('is asked once for a URL that comes again, and again after the settings changed', () => {
    const patterns: string[] = [];
    const { asked, ask } = relay(patterns, []);
    const chat = chatTest(ask);
    chat.configure('u');
    for (let round = 0; round < 3; round++) expect(chat.url('https://a.example/')).toBe(false);
    expect(asked).toEqual(['url https://a.example/']);
    patterns.push('a.example');
    chat.configure('u');
    expect(chat.url('https://a.example/')).toBe(true);
  });
});
