import { expect, it } from 'vitest';
import { readStanding, standingIn, standingMessage } from './standing.ts';

const standing = { chatId: 'a-chat', cue: 3, unlisted: 1, offScript: 2, nextId: 7 };

it('comes back from the frame’s message by way of its fragment', () => {
  const kept = standingIn(standingMessage(standing)) ?? '';
  expect(readStanding(`#${encodeURIComponent(kept)}`)).toEqual(standing);
});

it.each(['', '#', '#null', '#%7B', '#%'])('is none in the fragment "%s"', (fragment) => {
  expect(readStanding(fragment)).toBeNull();
});

it('is none in another message', () => {
  expect(standingIn('demo-chat-done')).toBeNull();
  expect(standingIn({ standing })).toBeNull();
});
