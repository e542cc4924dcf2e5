import { expect, test } from 'vitest';
import { plainSubprotocol } from './subprotocol.ts';

test('a known subprotocol stands by its name, any other by its length', () => {
  expect(['graphql-ws', 'v12.stomp', ''].map(plainSubprotocol)).toEqual(['graphql-ws', 'v12.stomp', '']);
  expect(['base64url.bearer.secret', 'Chat'].map(plainSubprotocol)).toEqual(['***(23)', '***(4)']);
  expect(['***(23)', '***()', '***(a)'].map(plainSubprotocol)).toEqual(['***(23)', '***(5)', '***(6)']);
});
