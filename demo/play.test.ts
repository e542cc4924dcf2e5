import { expect, it } from 'vitest';
import { Chat } from './chat.ts';
import type { ChatEvent } from './page/reading.ts';
import { play } from './play.ts';
import {
  connectsTo,
  ended,
  formShown,
  joined,
  left,
  says,
  server,
  signal,
  visitorAnswersForm,
  visitorSays,
} from './scenarios/words.ts';
import type { Scenario } from './script.ts';

it('does not wait for the typing of a person, whose client sends it when it likes', async () => {
  const chat = playing([server(joined('maren')), ...visitorSays('Hello'), server(ended)]);
  await expect.poll(() => said(chat).length, PATIENT).toBe(1);
  chat.hear([{ event: 'chat_session_message', msg: 'Hi' }]);
  await expect.poll(() => said(chat), PATIENT).toEqual(['chat_session_party_joined', 'chat_session_ended']);
});

it('waits on when the widget has no such form, and takes the answer that comes with the next message', async () => {
  const form_request_id = '1';
  const answer = { event: 'chat_session_form_data', form_name: '', form_request_id };
  const chat = playing([
    server(formShown(form_request_id, '')),
    visitorAnswersForm({ text: '…' }),
    server(ended),
  ]);
  await expect.poll(() => said(chat).length, PATIENT).toBe(1);
  chat.hear([{ ...answer, data: 'Form not found' }]);
  await expect.poll(() => chat.history.length, PATIENT).toBe(2);
  expect(chat.finished).toBe(false);
  chat.hear([{ ...answer, data: { text: 'Too long sleeves' } }]);
  await expect.poll(() => said(chat), PATIENT).toEqual(['chat_session_form_show', 'chat_session_ended']);
});

it('goes on at once where a person’s browser has signalled ahead of the script', async () => {
  const chat = playing([
    server(joined('maren')),
    signal({ type: 'ANSWER_CALL' }),
    signal({ type: 'ICE_CANDIDATE' }),
    server(ended),
  ]);
  for (const type of ['ANSWER_CALL', 'ICE_CANDIDATE']) {
    chat.hear([{ event: 'chat_session_signaling', data: { type } }]);
  }
  await expect.poll(() => said(chat), PATIENT).toEqual(['chat_session_party_joined', 'chat_session_ended']);
});

it('answers a person off script with the voice of the agent who is there', async () => {
  const chat = playing([server(joined('maren')), ...visitorWaits]);
  await expect.poll(() => said(chat), PATIENT).toEqual(['chat_session_party_joined']);
  chat.hear([{ event: 'chat_session_message', msg: 'Anybody?' }]);
  expect(spoken(chat)).toEqual([chat.party('maren')]);
});

it('leaves a person’s words unanswered while no agent is there', async () => {
  const chat = playing([server(joined('maren')), server(left('maren')), ...visitorWaits]);
  chat.hear([{ event: 'chat_session_message', msg: 'Anybody?' }]);
  await expect.poll(() => said(chat).length, PATIENT).toBe(2);
  chat.hear([{ event: 'chat_session_message', msg: 'Anybody?' }]);
  expect(spoken(chat)).toEqual([]);
});

it('says nothing more once a person has left', async () => {
  const chat = playing([server(joined('maren')), server(says('maren', 'Hello'))]);
  chat.hear([{ event: 'chat_session_disconnect' }]);
  await expect.poll(() => chat.finished, PATIENT).toBe(true);
  expect(said(chat)).toEqual(['chat_session_ended']);
});

const PATIENT = { timeout: 10_000 };
/** A step that nothing in these tests fulfils. */
const visitorWaits = connectsTo('maren').slice(0, 1);

/** A chat whose visitor is a person. */
function playing(steps: Scenario['steps']): Chat {
  const chat = new Chat({ id: 'a-chat', transport: 'xhr', wrap: null, phoneNumber: '' });
  const { signal } = new AbortController();
  play({ name: 'a script', title: '', steps }, chat, { pace: 1, scripted: false, signal });
  return chat;
}

function events(chat: Chat): readonly ChatEvent[] {
  return chat.outbox.flatMap((delivery) => (delivery.kind === 'events' ? delivery.events : []));
}

function said(chat: Chat): readonly string[] {
  return events(chat).map(({ event }) => event);
}

function spoken(chat: Chat): readonly unknown[] {
  return events(chat)
    .filter(({ event }) => event === 'chat_session_message')
    .map(({ party_id }) => party_id);
}
