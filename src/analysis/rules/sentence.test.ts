/** What a person reads of a finding. */
import { expect, test } from 'vitest';
import { CHAT, message, ownMessage, text, trace } from '../testing/trace-builder.ts';
import { sentence } from './sentence.ts';

test.each([
  [
    'schema/loose-type',
    { field: 'ewt', type: 'empty string', expected: 'a number in a string' },
    'Field "ewt" is an empty string where the documents have a number in a string',
  ],
  [
    'schema/loose-type',
    { field: 'session_id', type: 'another key', expected: 'party_id' },
    'Field "session_id" is there where the documents have party_id',
  ],
  [
    'schema/wrong-type',
    { field: 'msg', expected: 'string', actual: 'object' },
    'Field "msg" should be a string and is an object',
  ],
  ['schema/bad-value', { field: 'state', actual: 'waiting' }, 'Field "state" has the value "waiting"'],
  [
    'schema/missing-field',
    { field: 'msg', expected: 'string' },
    'Field "msg" is missing (expected a string)',
  ],
  [
    'client/wrong-key',
    { field: 'events', expected: 'array', actual: 'object' },
    'Key "events" should be an array, not an object',
  ],
  [
    'lifecycle/party-twice',
    { party: 'A', name: 'Dana', how: 'left when it had left' },
    'Party A (Dana) left when it had left',
  ],
  ['lifecycle/typing-unfinished', { limit: 60 }, 'Nothing ended this typing within 60 s'],
  ['lifecycle/typing-unfinished', { file: 'file' }, 'Nothing ended this typing before the end of the file'],
])('%s %j reads well', (rule, params, said) => expect(sentence({ rule, params })).toBe(said));

const said = (built: ReturnType<typeof trace>, rule: string) => built.findings(rule).map(sentence);

test('a body that the file does not hold is said to be so', () => {
  const built = trace().requestChat();
  const of = built.request('GET', `chats/${CHAT}/events`);
  built.head(of, 200, 'application/json');
  built.add({ kind: 'body', of, role: 'answer', payload: { ...text(''), encoding: 'none' } });
  expect(said(built, 'schema/invalid-json')).toEqual(['The file does not hold this body']);
});

test("an error answer is said in the server's words where the documents leave them open", () => {
  const built = trace().requestChat();
  const of = built.request('POST', `chats/${CHAT}/events`, { body: { events: [ownMessage()] } });
  built.answer(of, { error_code: '5003', error_message: 'Error decoding JSON request body: at 7' }, 400);
  expect(said(built, 'transport/error')).toEqual([
    'Error answer 400, code 5003: Error decoding JSON request body: at 7',
  ]);
});

test('typing that the file ends is not said to have lasted', () => {
  const built = trace().poll([{ event: 'chat_session_typing', party_id: 'A' }, message()]);
  expect(said(built, 'lifecycle/typing-unfinished')).toEqual([
    'Nothing ended this typing before the end of the file',
  ]);
});
