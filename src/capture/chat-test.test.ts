import { describe, expect, test } from 'vitest';
import { chatTest } from './chat-test.ts';

describe('chat is', () => {
  test('a path of the protocol, on any host, and not a query', () => {
    const chat = chatTest();
    expect(chat.url('https://any.example/proxy/clientweb/api/v2/chats/1/events?x=1')).toBe(true);
    expect(chat.url('https://any.example/clientweb/api/v1//iceservers')).toBe(true);
    expect(chat.url('https://any.example/search?q=/clientweb/api/v1/')).toBe(false);
    expect(chat.url('https://any.example/#/clientweb/api/v1/')).toBe(false);
  });

  test('what a pattern or a mark of the user fits', () => {
    const chat = chatTest();
    chat.configure(['//relay.*/rt'], ['acme_event']);
    expect(chat.url('wss://relay.example/rt')).toBe(true);
    expect(chat.url('wss://relay.example/other')).toBe(false);
    expect(chat.text('{"type":"acme_event"}')).toBe(true);
  });

  test('a text that names an event within its first 64 kB', () => {
    const chat = chatTest();
    expect(chat.text('{"event":"chat_session_message"}')).toBe(true);
    expect(chat.text(`${' '.repeat(70_000)}chat_session_message`)).toBe(false);
  });

  test('an origin that has shown chat, over sockets and requests alike', () => {
    const chat = chatTest();
    chat.learn('wss://relay.example:8443/rt');
    expect(chat.origin('https://relay.example:8443/poll?x=1')).toBe(true);
    expect(chat.origin('https://relay.example/poll')).toBe(false);
    expect(chat.origin('https://__proto__/')).toBe(false);
  });

  test('decided at once, whatever the pattern', () => {
    const chat = chatTest();
    chat.configure(['*a'.repeat(5_000)], []);
    expect(chat.url(`https://host/${'a'.repeat(4_000)}`)).toBe(false);
  });
});
