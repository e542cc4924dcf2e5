import { describe, expect, test } from 'vitest';
import { brightPattern } from './bright-pattern.ts';
import { serverEvents } from './event-fixture.ts';
import { faults, told } from './event-told.ts';

type Event = Readonly<Record<string, unknown>>;

describe('ordinary events', () => {
  test.each(serverEvents)('$event as on the wire gives no error and no warning', (event) => {
    expect(brightPattern.validateEvent(event, 'in').filter(({ severity }) => severity !== 'note')).toEqual(
      [],
    );
  });

  test.each(serverEvents)('$event has no key that is unknown and no type that is loose', (event) => {
    expect(faults(event)).toEqual([]);
  });

  test.each([
    [{ event: 'chat_session_message', msg: 'hello', msg_id: '1' }],
    [{ event: 'chat_session_message', msg: 'hello' }],
    [{ event: 'chat_session_navigation', page: 'https://example.com/p', title: 'P', msg_id: '3' }],
    [{ event: 'chat_session_form_data', form_request_id: '7', form_name: '', data: { text: 'hello' } }],
    [{ event: 'chat_session_file', msg_id: '5', file_id: 'f', file_type: 'image', file_name: 'a.png' }],
    [{ event: 'chat_session_file', msg_id: '', file_id: 'f', file_type: 'image' }],
    [{ event: 'chat_session_typing' }],
    [{ event: 'chat_session_typing', msg: '' }],
    [{ event: 'chat_session_disconnect' }],
    [{ event: 'chat_session_end' }],
  ])('what clients send gives nothing: %j', (event) => {
    expect(told(event, 'out')).toEqual([]);
  });

  test("the client's own events, given back by the history, are known there", () => {
    const sent = { event: 'chat_session_navigation', page: 'https://example.com/', title: 'P', msg_id: '3' };
    expect(told({ ...sent, party_id: 'c', timestamp: '1614718748' })).toEqual([]);
    expect(told({ event: 'chat_session_typing', party_id: 'c', msg: 'so far' })).toEqual([]);
  });
});

describe('published traffic', () => {
  test('the four real payloads give notes at most', () => {
    const message = {
      channel: 'web',
      event: 'chat_session_message',
      msg: 'Please wait for the next available agent',
      msg_id: '0',
      party_id: '7215D0DA-D272-499C-9CF3-9F1A322F42CB',
      timestamp: '1614718748',
    };
    const status = { event: 'chat_session_status', ewt: '', state: 'queued' };
    const joined = {
      display_name: 'Dana Sample',
      event: 'chat_session_party_joined',
      first_name: 'Dana',
      last_name: 'Sample',
      party_id: '80A8248D-69D7-4DA2-8074-6139AA191D7E',
      timestamp: '1614718750',
      type: 'internal',
    };
    const file = {
      event: 'chat_session_file',
      file_id: '6fdadd52-df9e-44bb-af08-6e4cb3b7eb81',
      file_name: 'apktool',
      file_type: 'attachment',
      msg_id: '4',
      party_id: 'FA713225-A136-4EE4-AF5A-467019A84D67',
      timestamp: '1614739612',
    };
    expect(told(message)).toEqual(['note schema/timestamp-unit timestamp']);
    expect(told(status)).toEqual(['note schema/loose-type ewt']);
    expect(told(joined)).toEqual(['note schema/timestamp-unit timestamp']);
    expect(told(file)).toEqual([]);
  });

  test("the vendor's own fixture gives exactly these findings", () => {
    const fixture: readonly Event[] = [
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
    const unit = ['note schema/timestamp-unit timestamp'];
    const withoutParty = ['error schema/missing-field party_id', 'error schema/missing-field timestamp'];
    const receipt = [
      'note schema/unknown-field msg_id',
      'error schema/missing-field party_id',
      'error schema/missing-field ref_msg_id',
      'error schema/missing-field timestamp',
    ];
    expect(fixture.map((event) => told(event))).toEqual([
      [],
      [],
      [],
      withoutParty,
      withoutParty,
      receipt,
      receipt,
      unit,
      unit,
      unit,
      unit,
      unit,
      unit,
      unit,
      ['error schema/missing-field msg_id'],
      [],
      [],
    ]);
  });

  function party(suffix: string, type: string, timestamp: string): Event {
    return {
      event: 'chat_session_party_joined',
      party_id: `<party id>${suffix}`,
      first_name: `<party first name>${suffix}`,
      last_name: `<party last name>${suffix}`,
      display_name: `<party display name>${suffix}`,
      type,
      timestamp,
    };
  }
});
