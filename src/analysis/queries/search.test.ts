import { describe, expect, test } from 'vitest';
import { AGENT, CHAT, joined, message, status, trace } from '../testing/trace-builder.ts';

describe('a filter', () => {
  const analysis = trace()
    .requestChat()
    .poll([status('queued'), joined(), message({ msg: 'He said "Grüezi"', party_id: AGENT })])
    .poll([
      { ...status('queued'), ewt: '120' },
      { event: 'chat_session_typing', party_id: AGENT },
    ])
    .analyse();
  const rows = Array.from({ length: analysis.totals.rows }, (_, row) => row);
  const found = (needle: string) =>
    rows.filter((row) => analysis.rowMatches(row, needle)).map((row) => analysis.row(row).event);

  test('finds event, direction, transport, session, party, summary and bytes, in any case', () => {
    expect(found('PARTY_JOINED')).toEqual(['chat_session_party_joined']);
    expect(found('out')).toContain('Request Chat');
    expect(found('xhr')).toHaveLength(rows.length);
    expect(found(CHAT.toUpperCase())).toHaveLength(rows.length);
    expect(found('dana')).toEqual([
      'chat_session_party_joined',
      'chat_session_message',
      'chat_session_typing',
    ]);
    expect(found('sample joined (AGENT)')).toEqual(['chat_session_party_joined']);
    expect(found('said "grüezi"')).toEqual(['chat_session_message']);
    expect(found('about 2 min')).toEqual(['chat_session_status']);
    expect(found('dana sample is typing')).toEqual(['chat_session_typing']);
    expect(found('channel')).toEqual([]);
  });

  test('is plain text and no pattern', () => {
    expect(found('.*')).toEqual([]);
    expect(found('(a+)+$')).toEqual([]);
    expect(found('')).toHaveLength(rows.length);
  });

  test('finds in each row what its summary and its party say', () => {
    for (const row of rows) {
      const { summary, party } = analysis.row(row);
      for (const text of [summary, party]) expect(analysis.rowMatches(row, text.toUpperCase())).toBe(true);
    }
  });
});

describe('a filter over what a server writes with escapes', () => {
  const body = JSON.stringify({ events: [message({ msg: 'near' }), message({ msg: 'PLACE' })] }).replace(
    'PLACE',
    'aus K\\u00f6ln,\\nhttps:\\/\\/shop.example \\ud83d\\ude00',
  );
  const built = trace();
  const analysis = built
    .requestChat()
    .answerText(built.request('GET', `chats/${CHAT}/events`), body)
    .analyse();
  const matches = (needle: string) =>
    Array.from({ length: analysis.totals.rows }, (_, row) => row)
      .filter((row) => analysis.row(row).kind === 'event')
      .map((row) => analysis.rowMatches(row, needle));

  test.each(['Köln', 'KÖLN', 'https://shop', '😀', 'köln,\nhttps'])('finds %j where it is said', (needle) => {
    expect(matches(needle)).toEqual([false, true]);
  });

  test.each(['nhttps', 'u00f6'])('does not find %j, which nobody said', (needle) => {
    expect(matches(needle)).toEqual([false, false]);
  });
});
