import { describe, expect, test } from 'vitest';
import { brightPattern } from './bright-pattern.ts';
import { serverEvent } from './event-fixture.ts';
import { faults, told } from './event-told.ts';

describe('schema/missing-field', () => {
  test.each([
    'chat_session_message',
    'chat_session_party_joined',
    'chat_session_party_left',
    'chat_session_file',
  ])('%s needs its party', (name) => {
    expect(faults(serverEvent(name, { party_id: undefined }))).toEqual([
      'error schema/missing-field party_id',
    ]);
  });

  test('a status needs its state', () => {
    expect(told({ event: 'chat_session_status', ewt: '1' })).toEqual(['error schema/missing-field state']);
  });

  test.each(['chat_session_typing', 'chat_session_not_typing'])('%s may lack its party', (name) => {
    expect(told({ event: name })).toEqual([]);
  });

  test('a party may lack its names', () => {
    const joined = serverEvent('chat_session_party_joined', {
      first_name: undefined,
      last_name: undefined,
      display_name: undefined,
    });
    expect(faults(joined)).toEqual([]);
  });
});

describe('schema/wrong-type', () => {
  test.each([[5], [null], [true], [['a']], [{}]])('a message text of %j is of no known type', (msg) => {
    expect(faults(serverEvent('chat_session_message', { msg }))).toEqual(['error schema/wrong-type msg']);
  });

  test('an empty text is a text', () => {
    expect(faults(serverEvent('chat_session_message', { msg: '' }))).toEqual([]);
  });

  test('a signal that is a number is of no known type', () => {
    expect(faults(serverEvent('chat_session_signaling', { data: 5 }))).toEqual([
      'error schema/wrong-type data',
    ]);
  });

  test('members of a signal are looked at, with their path', () => {
    const signal = { type: 'END_CALL', reason: 5, strange: 1 };
    expect(faults(serverEvent('chat_session_signaling', { data: signal }))).toEqual([
      'error schema/wrong-type data.reason',
      'note schema/unknown-field data.strange',
    ]);
  });
});

describe('schema/bad-value', () => {
  test('a state outside the list, and nothing else is said of it', () => {
    expect(told({ event: 'chat_session_status', state: 'Queued', ewt: '1' })).toEqual([
      'error schema/bad-value state',
    ]);
  });

  test.each([['abc'], ['-1614718748'], [-5], ['0'], [''], ['99999999999'], [1e300], ['2021-03-02']])(
    '%j is no time',
    (timestamp) => {
      expect(told(serverEvent('chat_session_message', { timestamp }))).toEqual([
        'error schema/bad-value timestamp',
      ]);
    },
  );

  test('milliseconds in a string are what the documents say', () => {
    expect(told(serverEvent('chat_session_message', { timestamp: '1614718748000' }))).toEqual([]);
  });
});

describe('schema/timestamp-unit', () => {
  test('seconds where the documents say milliseconds', () => {
    expect(told(serverEvent('chat_session_message'))).toEqual(['note schema/timestamp-unit timestamp']);
  });

  test('seconds where the documents say seconds are nothing', () => {
    expect(told(serverEvent('chat_session_file'))).toEqual([]);
    expect(told(serverEvent('chat_session_typing', { timestamp: '1614718748' }))).toEqual([]);
  });
});

describe('schema/loose-type', () => {
  test.each([
    ['chat_session_status', { ewt: '' }, 'ewt'],
    ['chat_session_status', { ewt: 12 }, 'ewt'],
    ['chat_session_status', { ewt: undefined }, 'ewt'],
    ['chat_session_message', { msg_id: 4 }, 'msg_id'],
    ['chat_session_message', { timestamp: 1614718748000 }, 'timestamp'],
    ['chat_session_form_show', { form_request_id: 7 }, 'form_request_id'],
    ['chat_session_form_show', { form_timeout: 60 }, 'form_timeout'],
    ['chat_session_file', { party_id: undefined, session_id: 's' }, 'session_id'],
  ])('%s with %j is known on the wire', (name, changed, path) => {
    expect(faults(serverEvent(name, changed))).toEqual([`note schema/loose-type ${path}`]);
  });

  test('numbers that a page made up as ids are known', () => {
    expect(told({ event: 'chat_session_message', msg: 'x', msg_id: 0.123 }, 'out')).toEqual([
      'note schema/loose-type msg_id',
    ]);
  });

  test('session_id does not stand for the party in other events', () => {
    expect(faults(serverEvent('chat_session_message', { party_id: undefined, session_id: 's' }))).toEqual([
      'note schema/unknown-field session_id',
      'error schema/missing-field party_id',
    ]);
  });
});

describe('schema/unknown-event, schema/undocumented-event', () => {
  test('a name close to a known one comes with it', () => {
    const [issue, ...more] = brightPattern.validateEvent({ event: 'chat_session_mesage', msg: 5 }, 'in');
    expect(more).toEqual([]);
    expect(issue).toMatchObject({
      rule: 'schema/unknown-event',
      severity: 'warning',
      path: ['event'],
      params: { event: 'chat_session_mesage', nearest: 'chat_session_message' },
    });
  });

  test('a name close to none comes alone', () => {
    const [issue] = brightPattern.validateEvent({ event: 'chat_session_completely_other' }, 'in');
    expect(issue?.params).toEqual({ event: 'chat_session_completely_other' });
  });

  test.each([
    ['chat_session_info', { service_name: 's' }],
    ['chat_session_message_edit', { party_id: 'p', timestamp: '1614718748', ref_msg_id: '2', msg: 'x' }],
    ['chat_session_message_delete', { ref_msg_id: '2' }],
    ['chat_session_file_url', { file_url: 'https://x/', file_type: 'image', party_id: 'p', msg_id: '2' }],
  ])('%s is known from clients only', (event, fields) => {
    expect(told({ event, ...fields })).toEqual(['note schema/undocumented-event event']);
  });

  test.each(['chat_session_directive_file_url', 'network_connection_error', 'date-message'])(
    '%s is made by a widget and never on the wire',
    (event) => expect(told({ event })).toEqual(['warning schema/unknown-event event']),
  );
});

describe('schema/undocumented-value', () => {
  test.each(['ivr', 'establishing'])('the state %s', (state) => {
    expect(told({ event: 'chat_session_status', state, ewt: '0' })).toEqual([
      'note schema/undocumented-value state',
    ]);
  });

  test('a party from Microsoft Teams, and not one from elsewhere', () => {
    expect(faults(serverEvent('chat_session_party_joined', { type: 'msteams' }))).toEqual([
      'note schema/undocumented-value type',
    ]);
    expect(faults(serverEvent('chat_session_party_joined', { type: 'slack' }))).toEqual([
      'error schema/bad-value type',
    ]);
  });
});

describe('schema/unknown-field', () => {
  test('a field that nobody knows, and one that only clients know', () => {
    expect(faults(serverEvent('chat_session_message', { mood: 1 }))).toEqual([
      'note schema/unknown-field mood',
    ]);
    expect(faults(serverEvent('chat_session_message', { msg_text: 'x', channel: 'web' }))).toEqual([]);
  });

  test('an object with very many is not listed whole', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, index]));
    expect(faults({ event: 'chat_session_ended', ...many }).length).toBeLessThan(50);
  });
});

describe('schema/documented-typo', () => {
  test('the misspelt name is taken for the right one', () => {
    const event = { event: 'chat_session_inactvity_timeout', msg: '', timestamp: '1614718748' };
    expect(faults(event)).toEqual(['note schema/documented-typo event']);
    expect(brightPattern.eventType(event.event)).toMatchObject({
      canonical: 'chat_session_inactivity_timeout',
      showsChat: true,
    });
  });

  test('the right name needs no remark', () => {
    expect(faults(serverEvent('chat_session_inactivity_timeout'))).toEqual([]);
  });
});

describe('client/wrong-key', () => {
  test('replaces what would be said of the missing and of the unknown field', () => {
    expect(faults(serverEvent('chat_session_message', { party_id: undefined, partyId: 'p' }))).toEqual([
      'error client/wrong-key partyId',
    ]);
    expect(told({ event: 'chat_session_message', msg: 'x', message_id: '1' }, 'out')).toEqual([
      'error client/wrong-key message_id',
    ]);
  });

  test('beside the right key, or where no such key belongs, it is only unknown', () => {
    expect(told({ event: 'chat_session_message', msg: 'x', msg_id: '1', message_id: '1' }, 'out')).toEqual([
      'note schema/unknown-field message_id',
    ]);
    expect(told({ event: 'chat_session_ended', partyId: 'p' })).toEqual([
      'note schema/unknown-field partyId',
    ]);
  });
});

describe('privacy/typing-preview', () => {
  test('text that is not sent yet, and not the bare sign of typing', () => {
    expect(told({ event: 'chat_session_typing', msg: 'my secr' }, 'out')).toEqual([
      'note privacy/typing-preview msg',
    ]);
    expect(told({ event: 'chat_session_typing', msg: '' }, 'out')).toEqual([]);
    expect(told({ event: 'chat_session_message', msg: 'my secret' }, 'out')).toEqual([]);
  });
});
