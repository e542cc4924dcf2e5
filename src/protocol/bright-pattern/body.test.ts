import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodies, bodyFields, bodyIssues } from './body.ts';
import type { OperationId } from './call.ts';

const told = (operation: string, role: 'request' | 'answer', body: unknown) =>
  bodyIssues(operation, role, body).map((each) => `${each.severity} ${each.rule} ${each.path.join('.')}`);

const answer = {
  state: 'ivr',
  ewt: '0',
  chat_id: 'd6c1adc2-385b-42e5-9e0a-1883c2bc5f81',
  is_new_chat: true,
  phone_number: '16508888888',
};

describe('Request Chat', () => {
  test('an ordinary answer gives nothing', () => {
    expect(told('request-chat', 'answer', answer)).toEqual([]);
    expect(told('request-chat', 'answer', { ...answer, is_new_chat: 'true' })).toEqual([]);
  });

  test('its wait may be anything the wire has', () => {
    const { ewt: _, ...without } = answer;
    expect(told('request-chat', 'answer', without)).toEqual(['note schema/loose-type ewt']);
    expect(told('request-chat', 'answer', { ...answer, ewt: 0 })).toEqual(['note schema/loose-type ewt']);
  });

  test('it needs its id and a known state', () => {
    const { chat_id: _, ...without } = answer;
    expect(told('request-chat', 'answer', without)).toEqual(['error schema/missing-field chat_id']);
    expect(told('request-chat', 'answer', { ...answer, state: 'waiting' })).toEqual([
      'error schema/bad-value state',
    ]);
    expect(told('request-chat', 'answer', { ...answer, state: 'connecting' })).toEqual([
      'note schema/undocumented-value state',
    ]);
  });

  test('a request carries what the page likes, in parameters', () => {
    const request = {
      phone_number: '',
      from: '',
      parameters: { email: 'x@example.com', location: {}, user_platform: { browser: 'Chrome' } },
      initial_message: { event: 'chat_session_message', msg: 'hi', msg_id: '1' },
    };
    expect(told('request-chat', 'request', request)).toEqual([]);
    expect(told('request-chat', 'request', { parameters: 'x' })).toEqual([
      'error schema/wrong-type parameters',
    ]);
  });

  test('a body that is no object is of a wrong type', () => {
    expect(told('request-chat', 'answer', null)).toEqual(['error schema/wrong-type ']);
    expect(told('request-chat', 'answer', [])).toEqual(['error schema/wrong-type ']);
  });
});

describe('other bodies', () => {
  test.each<[OperationId, unknown]>([
    ['availability', { chat: 'available', ewt: '3' }],
    ['active-chat', { state: 'queued', ewt: '3', chat_id: 'c' }],
    ['upload', { file_id: 'f', file_name: 'a.png' }],
    ['case-history', { sessions: [{ chat_id: 'c', created_time: 1614718748, events: [] }] }],
    ['configuration', { anything: { goes: 1 } }],
    ['ice-servers', 'encrypted'],
    ['poll', { error_code: '5005', error_message: 'Chat session is not found' }],
    ['poll', { error_code: 5005, error_message: 'Chat session is not found' }],
  ])('%s: %j is ordinary', (operation, body) => expect(told(operation, 'answer', body)).toEqual([]));

  test('a case history tells where in the list', () => {
    const sessions = [{ chat_id: 'c', created_time: '1614718748', events: [] }, 5];
    expect(told('case-history', 'answer', { sessions })).toEqual([
      'note schema/loose-type sessions.0.created_time',
      'error schema/wrong-type sessions.1',
    ]);
  });

  test('fields are declared for the decoded view, errors included', () => {
    expect(bodyFields('poll', 'error')?.map(({ name }) => name)).toEqual(['error_code', 'error_message']);
    expect(bodyFields('upload', 'answer')?.map(({ name }) => name)).toContain('file_id');
    expect(bodyFields('download', 'answer')).toBeNull();
  });
});

describe('envelopes', () => {
  test('schema/bad-envelope: an answer without a list of events', () => {
    expect(told('poll', 'answer', { events: [] })).toEqual([]);
    expect(told('poll', 'answer', null)).toEqual(['error schema/bad-envelope ']);
    expect(told('history', 'answer', { events: {} })).toEqual(['error schema/bad-envelope events']);
  });

  test('client/wrong-key: events as an object, where it stands', () => {
    expect(told('post-events', 'request', { events: {} })).toEqual(['error client/wrong-key events']);
    expect(told('post-events', 'request', [{ events: {} }])).toEqual(['error client/wrong-key 0.events']);
    expect(told('post-events', 'request', { events: [] })).toEqual([]);
    expect(told('post-events', 'request', { event: 'x' })).toEqual(['error schema/missing-field events']);
  });
});

test('any JSON body is judged without an exception', () => {
  const operation = fc.constantFrom(...bodies.map((body) => body.operation));
  const role = fc.constantFrom('request' as const, 'answer' as const);
  const keys = fc.constantFrom('events', 'sessions', 'parameters', 'error_code', 'initial_message', 'ewt');
  const body = fc.oneof(fc.jsonValue(), fc.dictionary(keys, fc.jsonValue()));
  fc.assert(fc.property(operation, role, body, (which, side, value) => void bodyIssues(which, side, value)));
});
