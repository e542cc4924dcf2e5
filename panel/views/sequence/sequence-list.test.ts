import { expect, test } from 'vitest';
import { createAnalysis } from '../../../src/analysis/create-analysis.ts';
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

test('what comes bit by bit is drawn as all at once', () => {
  const { observations } = conversation();
  const whole = conversation().analyse();
  const id = whole.sessions()[0]?.id ?? '';
  const expected = new SequenceList(whole, id);
  expected.update();
  const analysis = createAnalysis();
  let list: SequenceList | null = null;
  for (const observation of observations) {
    analysis.add([observation]);
    if (analysis.session(id)) list ??= new SequenceList(analysis, id);
    list?.update();
  }
  expect(list?.lines).toEqual(expected.lines);
  expect(list?.lanes).toEqual(expected.lanes);
  expect(list?.presences).toEqual(expected.presences);
  expect(expected.positionOf(expected.lines[3]?.row ?? -1)).toBe(3);
  expect(expected.positionOf(-1)).toBe(-1);
});
