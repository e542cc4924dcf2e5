import { describe, expect, test } from 'vitest';
import { CHAT, ownMessage, trace } from '../testing/trace-builder.ts';

describe('client/wrong-key', () => {
  test('fires for message_id and for events as an object', () => {
    const built = trace()
      .requestChat()
      .post([{ event: 'chat_session_message', msg: 'x', message_id: '1' }]);
    expect(built.problems()).toEqual(['client/wrong-key']);
    const swapped = trace().requestChat();
    const body = { events: ownMessage() };
    swapped.answerText(swapped.request('POST', `chats/${CHAT}/events`, { body }), '');
    expect(swapped.findings('client/wrong-key')).toMatchObject([{ path: ['events'], seq: null }]);
  });
  test('is silent for the right key and for none', () => {
    const built = trace()
      .requestChat()
      .post([ownMessage(), { event: 'chat_session_message', msg: 'x' }]);
    expect(built.problems()).toEqual([]);
  });
});

describe('client/bad-authorization', () => {
  const withHeader = (authorization: string) => {
    const built = trace();
    built.answer(built.request('GET', 'availability', { authorization }), { chat: 'available', ewt: '3' });
    return built.problems();
  };
  test('fires for another scheme, a missing parameter and a missing tenantUrl', () => {
    expect(withHeader('Bearer abc')).toEqual(['client/bad-authorization']);
    expect(withHeader('MOBILE-API-140-327-PLAIN appId="a"')).toEqual(['client/bad-authorization']);
    const built = trace();
    const of = built.request('GET', 'https://chat.example/clientweb/api/v1/availability');
    expect(built.answer(of, { chat: 'available', ewt: '3' }).problems()).toEqual([
      'client/bad-authorization',
    ]);
  });
  test('is silent for quoted and unquoted values, and where the file has no header', () => {
    expect(withHeader('MOBILE-API-140-327-PLAIN appId="a", clientId="WebChat"')).toEqual([]);
    expect(withHeader('MOBILE-API-140-327-PLAIN appId=a, clientId=b')).toEqual([]);
    expect(trace().requestChat().problems()).toEqual([]);
  });
});

describe('privacy/typing-preview', () => {
  test('fires for typing that carries text', () => {
    const built = trace()
      .requestChat()
      .post([{ event: 'chat_session_typing', msg: 'hel' }]);
    expect(built.findings('privacy/typing-preview')).toMatchObject([{ severity: 'note' }]);
  });
  test('is silent for typing without text', () => {
    const built = trace()
      .requestChat()
      .post([{ event: 'chat_session_typing', msg: '' }, { event: 'chat_session_typing' }]);
    expect(built.findings('privacy/typing-preview')).toEqual([]);
  });
});

test('client/wrong-key is all that is said of an array around an object of events', () => {
  const built = trace().requestChat();
  built.request('POST', `chats/${CHAT}/events`, { body: [{ events: { event: 'chat_session_end' } }] });
  expect(
    built
      .analyse()
      .findings('note')
      .filter(({ rule }) => rule !== 'schema/loose-type'),
  ).toMatchObject([{ rule: 'client/wrong-key', path: [0, 'events'], seq: null, exchange: 1 }]);
});
