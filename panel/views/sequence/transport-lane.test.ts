import { expect, test } from 'vitest';
import { CHAT, message, type TraceBuilder, trace } from '../../../src/analysis/testing/trace-builder.ts';
import { ListeningSpans } from '../../store/listening-spans.ts';
import { SequenceList } from './sequence-list.ts';
import { type CarrierBar, carrierBars } from './transport-lane.ts';

const POLL = `https://shop.example/clientweb/api/v1/chats/${CHAT}/events?tenantUrl=s`;

function barsOf(built: TraceBuilder): CarrierBar[] {
  const analysis = built.analyse();
  const id = analysis.sessions()[0]?.id ?? '';
  const list = new SequenceList(analysis, id);
  list.update();
  const spans = new ListeningSpans(analysis);
  spans.lookOn(() => false);
  return [...carrierBars(analysis, list.lines, spans.of(id, 0), [0, list.lines.length])];
}

const said = (bars: readonly CarrierBar[]) =>
  bars.map(({ kind, from, to, label }) => `${kind} ${from}-${to} ${label}`.trim());

const say = (msg: string) => message({ msg });

test('a bar for each poll beside what it brought, with how long it was held', () => {
  const built = trace().requestChat();
  built.poll([say('one'), say('two')]);
  const held = built.request('GET', POLL);
  built.wait(4_200).answer(held, { events: [say('three')] });
  expect(said(barsOf(built))).toEqual(['poll 1-2', expect.stringMatching(/^poll 3-3 4\.\d s$/)]);
});

test('a hole where no poll was open', () => {
  const built = trace().requestChat();
  built.poll([say('one')]);
  built.wait(23_500).poll([say('two')]);
  expect(said(barsOf(built))).toEqual([expect.stringMatching(/^none 1-2 2[34] s$/), 'poll 1-1', 'poll 2-2']);
});

test('a socket is one bar, whatever the page sends meanwhile', () => {
  const built = trace();
  const socket = built.socket();
  built
    .frameIn(socket, say('one'))
    .frameOut(socket, { event: 'chat_session_message', msg: 'mine', msg_id: '1' });
  built.wait(30_000).frameIn(socket, say('two'));
  expect(said(barsOf(built))).toEqual(['socket 0-2 WS']);
});

test('two polls that are open together are said to be', () => {
  const built = trace().requestChat();
  built.poll([say('zero')]);
  const one = built.request('GET', POLL);
  built.wait(300);
  const two = built.request('GET', POLL);
  built.wait(500).answer(one, { events: [say('one')] });
  built.answer(two, { events: [say('two')] });
  expect(said(barsOf(built)).filter((each) => each.startsWith('overlap'))).toHaveLength(1);
});
