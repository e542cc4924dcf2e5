import { describe, expect, test } from 'vitest';
import { realPayloads, vendorFixture } from '../../../tests/fixtures/published.ts';
import { brightPattern } from './bright-pattern.ts';
import { serverEvents } from './event-fixture.ts';
import { faults, told } from './event-told.ts';

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
    const { message, status, joined, file } = realPayloads;
    expect(told(message)).toEqual(['note schema/timestamp-unit timestamp']);
    expect(told(status)).toEqual(['note schema/loose-type ewt']);
    expect(told(joined)).toEqual(['note schema/timestamp-unit timestamp']);
    expect(told(file)).toEqual([]);
  });

  test("the vendor's own fixture gives exactly these findings", () => {
    const unit = ['note schema/timestamp-unit timestamp'];
    const withoutParty = ['error schema/missing-field party_id', 'error schema/missing-field timestamp'];
    const receipt = [
      'note schema/unknown-field msg_id',
      'error schema/missing-field party_id',
      'error schema/missing-field ref_msg_id',
      'error schema/missing-field timestamp',
    ];
    expect(vendorFixture.map((event) => told(event))).toEqual([
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
});
