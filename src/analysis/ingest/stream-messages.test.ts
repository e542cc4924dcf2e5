import { describe, expect, test } from 'vitest';
import type { Analysis } from '../api/analysis.ts';
import { createAnalysis } from '../create-analysis.ts';
import {
  AGENT,
  CHAT,
  ended,
  joined,
  left,
  message,
  ownMessage,
  seconds,
  status,
  type TraceBuilder,
  text,
  trace,
  typing,
} from '../testing/trace-builder.ts';

const events = (analysis: Analysis) =>
  Array.from({ length: analysis.totals.events }, (_, seq) => analysis.row(analysis.rowOfEvent(seq) ?? -1));
const base64 = (value: unknown) => {
  const data = Buffer.from(JSON.stringify(value)).toString('base64');
  return { encoding: 'base64' as const, data, size: data.length, truncated: false };
};

describe('server-sent events over fetch', () => {
  const stream = (...parts: readonly string[]) => {
    const built = trace();
    const of = built.request('GET', 'https://relay.example/stream', { transport: 'fetch' });
    built.head(of, 200, 'text/event-stream; charset=utf-8');
    for (const part of parts) built.add({ kind: 'chunk', of, payload: text(part) });
    built.add({ kind: 'end', of });
    return built;
  };
  const one = JSON.stringify(message({ msg: 'wörld' }));

  test('are split wherever the parts are cut, with the bytes of each', () => {
    const whole = `: hello\r\ndata: ${one}\r\n\r\nevent: x\ndata:${one}\n\ndata: [${one},\rdata: ${one}]\r\r`;
    for (let cut = 1; cut < whole.length; cut += 7) {
      const analysis = stream(whole.slice(0, cut), whole.slice(cut)).analyse();
      expect(analysis.totals.events).toBe(4);
      expect(events(analysis).map((row) => row.summary)).toEqual(Array(4).fill('wörld'));
      const carrier = analysis.carrier(analysis.rowOfEvent(1) ?? -1);
      expect(carrier?.text.slice(...(carrier.slice ?? [0, 0]))).toBe(one);
    }
  });

  test('that no blank line closed are shown as what they are, and said', () => {
    for (const end of ['', '\n', '\r\n']) {
      const built = stream(`data: ${one}\n\ndata: ${one.replace('queued', 'connected')}${end}`);
      expect(built.analyse().totals.events).toBe(2);
      expect(built.findings('transport/unfinished-event')).toMatchObject([{ severity: 'warning', seq: 1 }]);
    }
  });

  test('that the stream ended in are no error of the server', () => {
    const built = stream(`data: ${one}\n\ndata: ${one.slice(0, 30)}`);
    expect(built.problems()).toEqual(['transport/unfinished-event']);
    expect(stream('data: {"half\n').problems()).toEqual([]);
  });

  test('count their messages from 0 and belong to one session', () => {
    const analysis = stream(`data: ${one}\n\ndata: {"event":"chat_session_mess\n\n`).analyse();
    expect(analysis.findings('error')).toMatchObject([
      { rule: 'schema/invalid-json', frame: 1, exchange: 0 },
    ]);
    expect(analysis.sessions()).toHaveLength(1);
  });
});

test('JSON lines are split, the last one without its line end too', () => {
  const built = trace();
  const of = built.request('GET', 'https://relay.example/lines', { transport: 'xhr' });
  built.head(of, 200, 'application/x-ndjson');
  const lines = `${JSON.stringify(message())}\n\n${JSON.stringify(message())}`;
  built.add({ kind: 'chunk', of, payload: text(lines.slice(0, 30)) });
  built.add({ kind: 'chunk', of, payload: text(lines.slice(30)) });
  built.add({ kind: 'end', of });
  expect(built.analyse().totals.events).toBe(2);
  expect(built.problems()).toEqual([]);
});

test('an answer in parts that is no stream is read when it is whole', () => {
  const built = trace().requestChat();
  const of = built.request('GET', `chats/${CHAT}/events`);
  const whole = JSON.stringify({ events: [message(), joined()] });
  built.head(of, 200, 'application/json');
  built.add({ kind: 'chunk', of, payload: text(whole.slice(0, 50)) });
  built.add({ kind: 'chunk', of, payload: text(whole.slice(50)) });
  built.add({ kind: 'end', of });
  const analysis = built.analyse();
  expect(events(analysis).map((row) => row.event)).toEqual([
    'chat_session_message',
    'chat_session_party_joined',
  ]);
  expect(built.problems()).toEqual([]);
});

describe('a frame whose bytes come later', () => {
  const late = (built: TraceBuilder, of: number) =>
    built.add({
      kind: 'frame',
      of,
      direction: 'in',
      payload: { encoding: 'later', data: '', size: 10, truncated: false },
    });

  test('is judged in its place: what came behind it waits', () => {
    const built = trace();
    const socket = built.socket();
    built.frameIn(socket, [status('connected'), joined()]);
    const first = late(built, socket);
    const second = late(built, socket);
    built.frameIn(socket, [message({ timestamp: seconds(9) }), left(AGENT, 9)]);
    built.add({ kind: 'body', of: second, role: 'frame', payload: base64(message({ party_id: AGENT })) });
    built.add({ kind: 'socket-close', of: socket, code: 1006, reason: '', clean: false });
    expect(built.analyse().totals.events).toBe(5);
    built.add({ kind: 'body', of: first, role: 'frame', payload: base64(typing()) });
    const analysis = built.analyse();
    expect(events(analysis).map((row) => row.event)).toEqual([
      'chat_session_status',
      'chat_session_party_joined',
      'chat_session_typing',
      'chat_session_message',
      'chat_session_message',
      'chat_session_party_left',
    ]);
    expect(built.problems()).toEqual(['transport/closed-abnormally']);
  });

  test('holds back the judgement of the close, since the end may be in it', () => {
    const built = trace();
    const socket = built.socket();
    built.frameIn(socket, status('connected'));
    const of = late(built, socket);
    built.add({ kind: 'socket-close', of: socket, code: 1006, reason: '', clean: false });
    built.add({ kind: 'body', of, role: 'frame', payload: base64(ended) });
    expect(built.problems()).toEqual([]);
  });

  test('holds nothing back for longer than 10 s, nor once its document is gone', () => {
    const built = trace();
    const socket = built.socket();
    const of = late(built, socket);
    built.wait(11_000).frameIn(socket, message());
    late(built, socket);
    built.frameIn(socket, message());
    built.add({ kind: 'document', phase: 'gone', url: '', origin: null, top: true });
    const live = createAnalysis();
    live.add(built.observations);
    expect(live.totals.events).toBe(2);
    built.add({ kind: 'body', of, role: 'frame', payload: base64(message()) });
    expect(built.analyse().totals.events).toBe(3);
  });
});

describe('binary frames', () => {
  test('that hold JSON are decoded', () => {
    const built = trace();
    built.add({
      kind: 'frame',
      of: built.socket(),
      direction: 'in',
      payload: base64(message({ msg: 'grüezi' })),
    });
    const analysis = built.analyse();
    expect(events(analysis)).toMatchObject([{ summary: 'grüezi', transport: 'websocket' }]);
    expect(analysis.carrier(analysis.rowOfEvent(0) ?? -1)).toMatchObject({ encoding: 'base64' });
  });

  test('whose bytes come late keep their place', () => {
    const built = trace();
    const socket = built.socket();
    const later = { encoding: 'later' as const, data: '', size: 0, truncated: false };
    const frame = built.add({ kind: 'frame', of: socket, direction: 'in', payload: later });
    built.frameIn(socket, message({ msg: 'second' }));
    built.add({ kind: 'body', of: frame, role: 'frame', payload: base64(message({ msg: 'first' })) });
    const analysis = built.analyse();
    expect([analysis.row(1), analysis.row(2)]).toMatchObject([
      { kind: 'event', seq: 0, summary: 'first' },
      { kind: 'event', seq: 1, summary: 'second' },
    ]);
  });

  test('that hold none are rows without a finding', () => {
    const built = trace();
    const payload = { encoding: 'base64' as const, data: '/////w==', size: 5, truncated: false };
    built.add({ kind: 'frame', of: built.socket(), direction: 'in', payload });
    expect(built.analyse().row(1)).toMatchObject({ kind: 'frame', severity: null });
  });
});

describe('a session', () => {
  test('is one over polls, another document and a socket that its chat id names', () => {
    const built = trace().requestChat().poll([joined()]);
    built.documentId = 'document-2';
    built.poll([message()]);
    const socket = built.socket();
    built.frameIn(socket, message()).frameIn(socket, message({ party_id: CHAT }));
    const analysis = built.analyse();
    expect(analysis.sessions()).toMatchObject([
      { id: CHAT, eventCount: 4, transports: ['xhr', 'websocket'] },
    ]);
    expect(events(analysis).every((row) => row.session === CHAT)).toBe(true);
  });

  test('of a relay is one per connection until the echo of an own message names the customer', () => {
    const built = trace();
    const one = built.socket();
    const other = built.socket();
    const own = ownMessage();
    built.frameIn(one, message()).frameIn(other, message()).frameOut(one, own);
    expect(built.analyse().sessions()).toMatchObject([{ chatId: null }, { chatId: null }]);
    built.frameIn(one, message({ ...own, party_id: CHAT }));
    expect(built.analyse().session(CHAT)).toMatchObject({ eventCount: 3 });
  });

  test('of a polled relay is one per document, origin and path, and takes the posts beside it', () => {
    const built = trace();
    const poll = (query: string) =>
      built.answer(
        built.request('GET', `https://relay.example/relay/poll?${query}`, { transport: 'fetch' }),
        [message()],
      );
    poll('a');
    built.request('POST', 'https://relay.example/relay/send', { body: ownMessage(), transport: 'fetch' });
    poll('b');
    expect(built.analyse().sessions()).toMatchObject([{ eventCount: 3 }]);
    expect(built.problems()).toEqual([]);
  });

  test('knows its parties', () => {
    const analysis = trace()
      .requestChat()
      .poll([message(), joined(), message({ party_id: CHAT })])
      .analyse();
    expect(analysis.sessions()[0]?.parties).toMatchObject([
      { kind: 'scenario', joined: false },
      { id: AGENT, kind: 'internal', name: 'Dana Sample', present: true },
      { id: CHAT, kind: 'customer' },
    ]);
  });

  test('has a machine as it stood after any row', () => {
    const analysis = trace()
      .requestChat('ivr')
      .poll([status('queued')])
      .poll([status('connected')])
      .analyse();
    const rows = [1, 2, 3].map((row) => analysis.machine(CHAT, row)?.current);
    expect(rows).toEqual(['ivr', 'queued', 'connected']);
    expect(analysis.machine(CHAT)?.counts).toEqual({ 'ivr→queued': 1, 'queued→connected': 1 });
    expect(analysis.machine(CHAT)?.dwell.queued).toBeGreaterThan(0);
  });
});

describe('the history', () => {
  test('is a replay: no new events, and it makes parties known', () => {
    const analysis = trace()
      .requestChat()
      .history([joined(), message({ party_id: AGENT })])
      .analyse();
    expect(analysis.totals.events).toBe(0);
    expect(analysis.row(2)).toMatchObject({ kind: 'replay', seq: null, party: 'Dana Sample' });
    expect(analysis.row(3)).toMatchObject({ kind: 'replay', party: 'Dana Sample' });
  });
});
