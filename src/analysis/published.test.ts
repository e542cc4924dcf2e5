/** The payloads that were published: real traffic gives no error, the vendor's synthetic fixture exactly these. */
import { describe, expect, test } from 'vitest';
import { AGENT, BOT, trace } from './testing/trace-builder.ts';

describe('published real payloads', () => {
  test('give no error and no warning', () => {
    const built = trace().requestChat();
    built.poll([
      {
        channel: 'web',
        event: 'chat_session_message',
        msg: 'Please wait for the next available agent',
        msg_id: '0',
        party_id: BOT,
        timestamp: '1614718748',
      },
      { event: 'chat_session_status', ewt: '', state: 'queued' },
      {
        display_name: 'Dana Sample',
        event: 'chat_session_party_joined',
        first_name: 'Dana',
        last_name: 'Sample',
        party_id: AGENT,
        timestamp: '1614718750',
        type: 'internal',
      },
      {
        event: 'chat_session_file',
        file_id: '6fdadd52-df9e-44bb-af08-6e4cb3b7eb81',
        file_name: 'apktool',
        file_type: 'attachment',
        msg_id: '4',
        party_id: 'FA713225-A136-4EE4-AF5A-467019A84D67',
        timestamp: '1614739612',
      },
    ]);
    expect(built.problems()).toEqual([]);
  });
});

describe("the vendor's fixture", () => {
  const party = (number: string, type: string, timestamp: string) => ({
    event: 'chat_session_party_joined',
    party_id: `<party id>${number}`,
    first_name: `<party first name>${number}`,
    last_name: `<party last name>${number}`,
    display_name: `<party display name>${number}`,
    type,
    timestamp,
  });
  const fixture = [
    { event: 'chat_session_status', state: 'queued', ewt: '10' },
    { event: 'chat_session_status', state: 'connecting', ewt: '20' },
    { event: 'chat_session_status', state: 'connected', ewt: '30' },
    { event: 'chat_session_message', msg_id: '<message id>1', msg: '<chat message>1' },
    { event: 'chat_session_message', msg_id: '<message id>3', msg: '<chat message>3' },
    { event: 'chat_session_message_delivered', msg_id: '<message id>3' },
    { event: 'chat_session_message_read', msg_id: '<message id>3' },
    {
      event: 'chat_session_message',
      party_id: '<party id>',
      msg_id: '<message id>',
      msg: '<chat message>',
      timestamp: '1613472342',
    },
    party('', 'internal', '1613472503'),
    party('2', 'scenario', '1613472504'),
    party('3', 'external', '1613472505'),
    { event: 'chat_session_party_left', party_id: '<party id>2', timestamp: '1613472506' },
    { event: 'chat_session_timeout_warning', msg: 'Timeout warning', timestamp: '1613472507' },
    {
      event: 'chat_session_inactivity_timeout',
      msg: 'The session has been ended due to inactivity',
      timestamp: '1613472508',
    },
    {
      event: 'chat_session_location',
      party_id: '<party id>2',
      latitude: '123.456',
      longitude: '321.654',
      timestamp: '1613472506',
    },
    { event: 'chat_session_disconnect' },
    { event: 'chat_session_end' },
  ];

  test('gives exactly these problems', () => {
    const analysis = trace().poll(fixture).analyse();
    const problems = analysis
      .findings('warning')
      .map(({ seq, rule, path }) => `${seq} ${rule} ${path.join('.')}`.trim());
    expect(problems).toMatchInlineSnapshot(`
      [
        "3 schema/missing-field party_id",
        "3 schema/missing-field timestamp",
        "4 schema/missing-field party_id",
        "4 schema/missing-field timestamp",
        "5 schema/missing-field party_id",
        "5 schema/missing-field ref_msg_id",
        "5 schema/missing-field timestamp",
        "6 schema/missing-field party_id",
        "6 schema/missing-field ref_msg_id",
        "6 schema/missing-field timestamp",
        "14 schema/missing-field msg_id",
        "14 order/time-backwards timestamp",
        "14 lifecycle/after-end",
      ]
    `);
  });
});
