/** Where two rules fit one place, the one that says more stands alone. */
import { expect, test } from 'vitest';
import { AGENT, CHAT, ended, form, message, status, trace } from '../testing/trace-builder.ts';

const live = () => trace().requestChat();

test('a key that only looks right is neither an unknown nor a missing field', () => {
  const { party_id, ...rest } = message();
  expect(
    live()
      .poll([{ ...rest, partyId: party_id }])
      .problems(),
  ).toEqual(['client/wrong-key']);
  const built = live().post([{ event: 'chat_session_message', msg: 'x', message_id: '1' }]);
  expect(
    built
      .analyse()
      .findings()
      .map(({ rule }) => rule),
  ).toEqual(['client/wrong-key']);
});

test('an object of events is no bad envelope', () => {
  const built = live();
  built.request('POST', `chats/${CHAT}/events`, { body: { events: { event: 'chat_session_end' } } });
  expect(built.problems()).toEqual(['client/wrong-key']);
});

test('a value that is no state is a bad value, and no step', () => {
  const built = live().poll([status('connected'), status('waiting'), status('connected')]);
  expect(built.problems()).toEqual(['schema/bad-value']);
  expect(
    built
      .analyse()
      .machine(CHAT)
      ?.steps.map((step) => step.to),
  ).toEqual(['queued', 'connected']);
});

test('a form without an id is not followed', () => {
  const { form_request_id: _, ...nameless } = form();
  expect(live().poll([nameless]).poll([ended]).problems()).toEqual(['schema/missing-field']);
});

test('a message comes again or has the id of another, never both', () => {
  const one = message({ msg_id: '9', msg: 'one', party_id: AGENT });
  expect(live().poll([one]).poll([one]).problems()).toEqual(['order/redelivered']);
  expect(
    live()
      .poll([one])
      .poll([{ ...one, msg: 'two' }])
      .problems(),
  ).toEqual(['order/id-reused']);
});

test('polls after the end are told as such, and their 5005 is a note', () => {
  const built = live().poll([ended]);
  for (let count = 0; count < 3; count += 1) {
    const of = built.request('GET', `chats/${CHAT}/events`);
    built.answer(of, { error_code: '5005', error_message: 'Chat session is not found' }, 404);
  }
  expect(built.problems()).toEqual(['transport/poll-after-end', 'transport/poll-after-end']);
  expect(built.findings('transport/error').map(({ severity }) => severity)).toEqual(['note', 'note', 'note']);
});
