import { expect, it } from 'vitest';
import { Replay } from './replay.ts';

const message = (msg: string) => ({ event: 'chat_session_message', msg });
const typing = { event: 'chat_session_typing', party_id: 'A' };

it('knows what the history has shown when a poll brings it once more', () => {
  const replay = new Replay([message('one'), message('two'), message('three')]);
  expect([message('two'), message('three'), message('four')].map((event) => replay.repeats(event))).toEqual([
    true,
    true,
    false,
  ]);
});

it('takes what looks like something old for new, once something new has come', () => {
  const replay = new Replay([typing, message('one')]);
  expect([message('two'), typing].map((event) => replay.repeats(event))).toEqual([false, false]);
});
