import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brightPattern } from './bright-pattern.ts';
import { serverEvent, serverEvents } from './event-fixture.ts';
import { events } from './events.ts';

type Event = Readonly<Record<string, unknown>>;

const judge = (event: Event, direction: 'in' | 'out') => brightPattern.validateEvent(event, direction);
const told = (event: Event, direction: 'in' | 'out' = 'in') =>
  judge(event, direction).map((each) => `${each.severity} ${each.rule} ${each.path.join('.')}`);
/** What is told about an event beside the unit of its time, which every ordinary event has. */
const faults = (event: Event, direction: 'in' | 'out' = 'in') =>
  told(event, direction).filter((each) => !each.includes('schema/timestamp-unit'));

describe('ordinary events', () => {
  test.each(serverEvents)('$event as on the wire gives no error and no warning', (event) => {
    expect(judge(event, 'in').filter(({ severity }) => severity !== 'note')).toEqual([]);
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
    const [issue, ...more] = judge({ event: 'chat_session_mesage', msg: 5 }, 'in');
    expect(more).toEqual([]);
    expect(issue).toMatchObject({
      rule: 'schema/unknown-event',
      severity: 'warning',
      path: ['event'],
      params: { event: 'chat_session_mesage', nearest: 'chat_session_message' },
    });
  });

  test('a name close to none comes alone', () => {
    const [issue] = judge({ event: 'chat_session_completely_other' }, 'in');
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
    expect(brightPattern.canonicalName(event.event)).toBe('chat_session_inactivity_timeout');
    expect(brightPattern.knowsEvent(event.event)).toBe(true);
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

describe('hostile events', () => {
  const names = [...new Set(events.map(({ name }) => name)), 'chat_session_x', '__proto__', ''];

  test('any JSON object is judged without an exception, and told shortly', () => {
    const object = fc.dictionary(
      fc.oneof(fc.constantFrom('party_id', 'msg', 'timestamp', 'data', 'state', '__proto__'), fc.string()),
      fc.jsonValue(),
      { noNullPrototype: true },
    );
    const direction = fc.constantFrom('in' as const, 'out' as const);
    fc.assert(
      fc.property(fc.constantFrom(...names), object, direction, (event, fields, way) => {
        const parsed: Event = JSON.parse(JSON.stringify({ ...fields, event }));
        for (const { params, path } of judge(parsed, way)) {
          expect(path.length).toBeGreaterThan(0);
          for (const value of Object.values(params)) expect(String(value).length).toBeLessThanOrEqual(200);
        }
      }),
    );
  });

  test('a key __proto__ is an unknown field like any other', () => {
    const event: Event = JSON.parse('{"event":"chat_session_ended","__proto__":{"party_id":"x"}}');
    expect(told(event)).toEqual(['note schema/unknown-field __proto__']);
  });

  test('depth and length cost nothing', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
    expect(faults(serverEvent('chat_session_form_show', { strange: deep }))).toEqual([
      'note schema/unknown-field strange',
    ]);
    const long = 'x'.repeat(20_000_000);
    expect(told({ event: long })).toEqual(['warning schema/unknown-event event']);
    expect(faults(serverEvent('chat_session_message', { timestamp: long }))).toEqual([
      'error schema/bad-value timestamp',
    ]);
  });

  test('an event without a name is not the business of these rules', () => {
    expect(told({ event: 5 })).toEqual([]);
  });
});

describe('declarations', () => {
  test('every event and field says what it means and where that comes from', () => {
    for (const event of events) {
      expect(event.meaning, event.name).not.toBe('');
      for (const field of event.fields) {
        expect(field.meaning, `${event.name}.${field.name}`).not.toBe('');
        expect(field.source.url).toMatch(/^https:\/\//);
      }
    }
  });

  test('an event is declared once a direction, and a field once an event', () => {
    const declared = events.map(({ name, direction }) => `${name} ${direction}`);
    expect(new Set(declared).size).toBe(declared.length);
    for (const { name, fields } of events) {
      expect(new Set(fields.map((field) => field.name)).size, name).toBe(fields.length);
    }
  });

  test('what people write, and what names them, is sensitive', () => {
    const sensitive = new Set(
      events.flatMap(({ fields }) => fields.filter((field) => field.sensitive).map((field) => field.name)),
    );
    for (const name of ['msg', 'msg_text', 'first_name', 'display_name', 'data', 'latitude', 'file_name']) {
      expect(sensitive).toContain(name);
    }
    expect(sensitive).not.toContain('state');
  });
});
