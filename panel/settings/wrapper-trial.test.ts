import { expect, it } from 'vitest';
import { eventsIn } from './wrapper-trial.tsx';

const event = '{"event":"chat_session_status","state":"queued","ewt":"5"}';

it('reads a pasted message as a socket would bring it', () => {
  expect(eventsIn(event, [])).toEqual([{ name: 'chat_session_status', place: '' }]);
  expect(eventsIn(`{"data":[${event}]}`, [])).toHaveLength(1);
  expect(eventsIn('{"data":"nothing"}', ['data'])).toEqual([]);
});

it('opens what only the path tells', () => {
  const hidden = `{"x":${JSON.stringify(event.replace('chat_', 'chat\\u005f'))}}`;
  expect(eventsIn(hidden, [])).toEqual([]);
  expect(eventsIn(hidden, ['x'])).toMatchObject([{ name: 'chat_session_status' }]);
});
