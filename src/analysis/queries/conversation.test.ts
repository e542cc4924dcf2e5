import { expect, test } from 'vitest';
import type { ConversationEntry, MessageEntry } from '../api/analysis.ts';
import {
  AGENT,
  CHAT,
  ended,
  form,
  formData,
  joined,
  message,
  ownMessage,
  type TraceBuilder,
  trace,
  typing,
} from '../testing/trace-builder.ts';

const conversation = (built: TraceBuilder): readonly ConversationEntry[] =>
  built.analyse().conversation(CHAT)?.entries ?? [];
const messages = (built: TraceBuilder): readonly MessageEntry[] =>
  conversation(built).flatMap((entry) => (entry.kind === 'message' || entry.kind === 'file' ? [entry] : []));
const of = (name: string, ref: string, more: object = {}) => ({
  event: `chat_session_message_${name}`,
  ref_msg_id: ref,
  party_id: AGENT,
  timestamp: '1614718748',
  ...more,
});

test('a session that is not there has no conversation', () => {
  expect(trace().requestChat().analyse().conversation('other')).toBeNull();
});

test('messages stand in the order of the trace, with who said them', () => {
  const built = trace()
    .requestChat()
    .poll([joined(), message({ msg: 'Hello', party_id: AGENT, msg_id: '2' })])
    .post([ownMessage({ msg: 'Hi', msg_id: '3' })]);
  expect(messages(built).map(({ party, direction, text }) => [party, direction, text])).toEqual([
    ['Dana Sample', 'in', 'Hello'],
    ['customer', 'out', 'Hi'],
  ]);
});

test('typing says nothing; a party that joins and an end are told', () => {
  const built = trace().requestChat().poll([joined(), typing(), ended]);
  expect(conversation(built).map((entry) => (entry.kind === 'notice' ? entry.text : entry.kind))).toEqual([
    'Dana Sample joined (agent)',
    'session ended',
  ]);
});

test('an edit replaces the text and keeps what it was', () => {
  const built = trace()
    .requestChat()
    .poll([message({ msg: 'teh', msg_id: '2' })])
    .poll([of('edit', '2', { msg: 'the' }), of('edit', '2', { msg: 'the end' })]);
  const [only, ...more] = messages(built);
  expect(more).toEqual([]);
  expect(only?.text).toBe('the end');
  expect(only?.edits.map(({ before, seq }) => [before, seq])).toEqual([
    ['teh', 1],
    ['the', 2],
  ]);
});

test('a deletion is noted and the text stays', () => {
  const built = trace()
    .requestChat()
    .poll([message({ msg: 'secret', msg_id: '2' }), of('delete', '2')]);
  expect(messages(built)[0]).toMatchObject({ text: 'secret', deleted: { seq: 1 } });
});

test('delivered and read marks of the server are of what the customer wrote, though an agent used the same id', () => {
  const built = trace()
    .requestChat()
    .post([ownMessage({ msg: 'mine', msg_id: '1' })])
    .poll([message({ msg: 'theirs', msg_id: '1', party_id: AGENT }), of('delivered', '1'), of('read', '1')]);
  const [mine, theirs] = messages(built);
  expect(mine).toMatchObject({ text: 'mine', delivered: { seq: 2 }, read: { seq: 3 } });
  expect(theirs).toMatchObject({ text: 'theirs', delivered: null, read: null });
});

test("the client's marks are of the server's messages", () => {
  const built = trace()
    .requestChat()
    .poll([message({ msg_id: '4' })])
    .post([{ event: 'chat_session_message_read', ref_msg_id: '4' }]);
  expect(messages(built)[0]?.read).toMatchObject({ seq: 1 });
});

test('a mark of a message that was never seen is told, not lost', () => {
  const built = trace()
    .requestChat()
    .poll([of('read', '99')]);
  expect(conversation(built)).toMatchObject([
    { kind: 'notice', text: 'read mark of message 99, which this trace does not have' },
  ]);
});

test('a redelivered message and one of the history are copies of the first', () => {
  const hello = message({ msg: 'Hello', msg_id: '2' });
  const built = trace().requestChat().poll([hello]).poll([hello]).history([hello]);
  const [only, ...more] = messages(built);
  expect(more).toEqual([]);
  expect(only?.copies).toHaveLength(2);
  expect(only?.replayed).toBe(false);
});

test('another text under the same id is another message', () => {
  const built = trace()
    .requestChat()
    .poll([message({ msg: 'one', msg_id: '2' }), message({ msg: 'two', msg_id: '2' })]);
  expect(messages(built).map(({ text }) => text)).toEqual(['one', 'two']);
});

test("the customer's own words come back from the server as a copy", () => {
  const built = trace()
    .requestChat()
    .post([ownMessage({ msg: 'mine', msg_id: '1' })])
    .poll([message({ msg: 'mine', msg_id: '1', party_id: CHAT })]);
  const [only, ...more] = messages(built);
  expect(more).toEqual([]);
  expect(only?.direction).toBe('out');
});

test('what only the history has is marked so', () => {
  const built = trace()
    .requestChat()
    .history([message({ msg: 'earlier', msg_id: '2' })]);
  expect(messages(built)).toMatchObject([{ text: 'earlier', replayed: true }]);
});

test('the words that Request Chat brings are the first of the conversation', () => {
  const built = trace();
  const of = built.request('POST', 'chats', {
    body: { initial_message: { event: 'chat_session_message', msg: 'First words', msg_id: '1' } },
  });
  built.answer(of, { chat_id: CHAT, state: 'queued', is_new_chat: true }).poll([]);
  expect(messages(built)).toMatchObject([{ text: 'First words', party: 'customer', direction: 'out' }]);
});

test('a form is answered or cancelled', () => {
  const built = trace()
    .requestChat()
    .poll([form('7'), form('8')])
    .post([formData('7'), { event: 'chat_form_data_cancel', form_request_id: '8', form_name: 'survey' }]);
  expect(conversation(built)).toMatchObject([
    { kind: 'form', name: 'survey', answered: { seq: 2 }, cancelled: null },
    { kind: 'form', name: 'survey', answered: null, cancelled: { seq: 3 } },
  ]);
});

test('files are said with their kind and name', () => {
  const file = {
    event: 'chat_session_file',
    file_id: 'f1',
    file_name: 'plan.png',
    file_type: 'image',
    msg_id: '4',
    party_id: AGENT,
    timestamp: '1614718748',
  };
  expect(messages(trace().requestChat().poll([file]))).toMatchObject([
    { kind: 'file', text: 'plan.png', fileType: 'image' },
  ]);
});

test('very long texts are cut and say so', () => {
  const built = trace()
    .requestChat()
    .poll([message({ msg: 'x'.repeat(5_000) })]);
  expect(messages(built)[0]).toMatchObject({ cut: true });
  expect(messages(built)[0]?.text).toHaveLength(2_000);
});

test('a loss of its document stands where it happened', () => {
  const built = trace().requestChat();
  built.poll([message({ msg_id: '2' })]);
  built.add({ kind: 'gap', from: 5, to: 6, count: 2, reason: 'ring' });
  expect(conversation(built).at(-1)).toMatchObject({ kind: 'notice', text: '2 observations lost (ring)' });
});
