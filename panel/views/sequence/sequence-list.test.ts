import { expect, test } from 'vitest';
import { AGENT, CHAT, message, trace } from '../../../src/analysis/testing/trace-builder.ts';
import { SequenceList } from './sequence-list.ts';

const joined = (name: string, id: string) => ({
  ...{ event: 'chat_session_party_joined', party_id: id, display_name: name, type: 'internal' },
  ...{ first_name: name, last_name: '', timestamp: '1614718748' },
});

function conversation() {
  return trace()
    .requestChat()
    .poll([{ event: 'chat_session_status', state: 'connected' }])
    .poll([joined('Maren', AGENT), message({ msg: 'Good morning', party_id: AGENT })])
    .post([message({ msg: 'Hello', msg_id: '1', party_id: CHAT })])
    .poll([{ event: 'chat_session_typing', party_id: AGENT }])
    .poll([{ event: 'chat_session_party_left', party_id: AGENT, timestamp: '1614718748', type: 'internal' }]);
}

test('who says each event to whom, in lanes in the order of appearance', () => {
  const analysis = conversation().analyse();
  const list = new SequenceList(analysis, analysis.sessions()[0]?.id ?? '');
  list.update();
  expect(list.lanes.map(({ name }) => name)).toEqual(['Page', 'Server', 'Maren']);
  const said = list.lines.map(({ row, from, to, dashed }) => {
    const name = analysis.facts.event(row).replace('chat_session_', '');
    return `${list.lanes[from ?? 0]?.name} ${dashed ? '-' : '→'} ${list.lanes[to ?? 0]?.name}: ${name}`;
  });
  expect(said).toEqual([
    'Page → Server: Request Chat',
    'Server → Page: status',
    'Maren → Page: party_joined',
    'Maren → Page: message',
    'Page → Server: message',
    'Maren - Page: typing',
    'Maren → Page: party_left',
  ]);
  expect(list.presences).toEqual([{ lane: 2, from: 2, to: 6 }]);
});

test('what comes later is taken in, and is the same as all at once', () => {
  const { observations } = conversation();
  const analysis = trace().analyse();
  expect(analysis.totals.rows).toBe(0);
  const grown = conversation().analyse();
  const id = grown.sessions()[0]?.id ?? '';
  const whole = new SequenceList(grown, id);
  whole.update();
  whole.update();
  expect(whole.lines).toHaveLength(7);
  expect(observations.length).toBeGreaterThan(7);
  expect(whole.positionOf(whole.lines[3]?.row ?? -1)).toBe(3);
  expect(whole.positionOf(-1)).toBe(-1);
});
