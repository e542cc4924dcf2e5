import { expect, test } from 'vitest';
import { brightPattern } from '../../protocol/bright-pattern/bright-pattern.ts';
import { Origins } from './origins.ts';
import { SessionStore } from './session-store.ts';

test('the customer is who has the chat id, in upper or in lower case and in no other writing', () => {
  const customer = (chatId: string, partyId: string) =>
    new SessionStore([brightPattern], new Origins(1, [], [])).ofChat(chatId, [0]).isCustomer(partyId);
  const id = '0a9f7c3e-385b-42e5-9e0a-1883c2bc5f8z';
  expect(customer(id, id)).toBe(true);
  expect(customer(id, id.toUpperCase())).toBe(true);
  expect(customer(id.toUpperCase(), id)).toBe(true);
  expect(customer(id, `${id.slice(0, -1)}y`)).toBe(false);
  expect(customer(id, id.slice(1))).toBe(false);
  // One bit apart, and no letters.
  expect(customer('a@b', 'a`b')).toBe(false);
  expect(customer('a[b', 'a{b')).toBe(false);
  expect(customer('a0b', 'a\u0010b')).toBe(false);
  expect(customer('Ä-1', 'ä-1')).toBe(true);
  expect(customer('Ä-1', 'ö-1')).toBe(false);
});
