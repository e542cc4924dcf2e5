/** What the vendor's own widget does, good and odd, gives no error and no warning. */
import { expect, test } from 'vitest';
import { CHAT, ended, joined, message, seconds, status, trace } from './testing/trace-builder.ts';

test("a whole chat with the vendor's widget gives no error and no warning", () => {
  const authorization = 'MOBILE-API-140-327-PLAIN appId="web", clientId="WebChat"';
  const built = trace();
  built.answer(built.request('GET', 'availability', { authorization }), { chat: 'available', ewt: '3' });
  const initial_message = { event: 'chat_session_message', msg: 'hello', msg_id: '1' };
  const chat = built.request('POST', 'chats', {
    authorization,
    body: { from: '', parameters: {}, phone_number: '', initial_message },
  });
  built.answer(chat, { chat_id: CHAT, ewt: '0', is_new_chat: true, phone_number: '', state: 'queued' });
  built.answerText(
    built.request('GET', 'https://chat.example/clientweb/api/v1//iceservers?tenantUrl=x'),
    'c2VjcmV0',
  );
  built.poll([status('queued'), message()]);
  built.post([
    { event: 'chat_session_navigation', msg_id: '3', page: 'https://shop.example/', title: 'Shop' },
  ]);
  built.poll([status('connected'), joined('A', 'internal', 1)]);
  built
    .post([{ event: 'chat_session_message', msg: 'hi', msg_id: '5' }])
    .post([{ event: 'chat_session_not_typing' }]);
  built
    .post([{ event: 'chat_session_typing', msg: 'hi' }])
    .wait(3000)
    .post([{ event: 'chat_session_typing', msg: '' }]);
  built.post([{ event: 'chat_session_not_typing' }]);

  // Its own abort after 13 s: the new poll leaves before the old one is seen to close.
  const held = built.request('GET', `chats/${CHAT}/events`);
  const next = built.wait(13_000).request('GET', `chats/${CHAT}/events`);
  built.add({ kind: 'abort', of: held, reason: 'abort' });
  built.answer(next, { events: [] });

  // A reload cuts the poll without a word; the history is fetched twice, and there is no new Request Chat.
  built.request('GET', `chats/${CHAT}/events`);
  built.documentId = 'document-2';
  const replayed = [
    joined('A', 'internal', 1),
    { ...initial_message, party_id: CHAT, timestamp: seconds(0) },
  ];
  built
    .history(replayed)
    .history(replayed)
    .poll([message({ party_id: 'A', timestamp: seconds(20) })]);

  // After the end it still posts, and asks for the dead session's history.
  const gone = { error_code: '5005', error_message: 'Chat session is not found' };
  built.poll([{ event: 'chat_session_party_left', party_id: 'A', timestamp: seconds(30) }, ended]);
  const late = built.request('POST', `chats/${CHAT}/events`, {
    body: { events: [{ event: 'chat_session_not_typing' }] },
  });
  built.answer(late, gone, 404);
  built.answer(built.request('GET', `chats/${CHAT}/history`), gone, 404);

  expect(built.problems()).toEqual([]);
  const analysis = built.analyse();
  expect(analysis.session(CHAT)).toMatchObject({ state: 'ended', live: false });
  expect(analysis.row(analysis.rowOfEvent(0) ?? -1).event).toBe('chat_session_status');
});

test('a form that the widget does not know is answered with a sentence, and by the visitor later', () => {
  const form = { event: 'chat_session_form_show', form_name: '', form_request_id: '2', form_timeout: '1' };
  const data = { event: 'chat_session_form_data', form_name: '', form_request_id: '2' };
  const built = trace().poll([status('connected'), form]);
  built.post([{ ...data, data: 'Form not found' }]);
  expect(built.findings('schema/loose-type')).toMatchObject([{ severity: 'note', path: ['data'] }]);
  expect(built.problems()).toEqual([]);
  built
    .post([{ ...data, data: { text: 'too large' } }])
    .wait(5000)
    .poll([ended]);
  expect(built.problems()).toEqual([]);
});

test("the visitor's own events in a history have the fields that the server adds", () => {
  const own = { party_id: CHAT, timestamp: seconds(0) };
  const built = trace().history([
    { event: 'chat_session_message', msg: 'hi', msg_id: '1', ...own },
    { event: 'chat_session_navigation', msg_id: '3', page: 'https://shop.example/', title: 'Shop', ...own },
    { event: 'chat_session_typing', ...own },
    { event: 'chat_session_not_typing', ...own },
    { event: 'chat_session_form_data', data: {}, form_name: '', form_request_id: '2', ...own },
  ]);
  expect(built.findings('schema/unknown-field')).toEqual([]);
});
