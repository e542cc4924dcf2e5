import { expect, test } from 'vitest';
import { nearestName } from './nearest.ts';

const known = ['chat_session_message', 'chat_session_file', 'chat_session_end'];

test('a slip of the keyboard is seen through', () => {
  expect(nearestName('chat_session_massage', known)).toBe('chat_session_message');
  expect(nearestName('chat_sesion_file', known)).toBe('chat_session_file');
});

test('another word is not', () => {
  expect(nearestName('chat_session_weather', known)).toBeNull();
  expect(nearestName('x', known)).toBeNull();
  expect(nearestName('chat_session_message'.repeat(100), known)).toBeNull();
});
