import { describe, expect, test } from 'vitest';
import type { Fate, MessageEntry } from '../api/analysis.ts';
import { fateInWords } from '../api/fate.ts';
import {
  AGENT,
  CHAT,
  message,
  ownMessage,
  seconds,
  status,
  type TraceBuilder,
  text,
  trace,
} from '../testing/trace-builder.ts';

const RULE = 'transport/not-delivered';

/** A chat in which the page has POSTed a message whose answer is still to come. */
function posted(own = ownMessage({ msg: 'Where is my parcel?', msg_id: '1' })) {
  const built = trace()
    .requestChat()
    .poll([status('connected')]);
  return { built, own, of: send(built, own) };
}

const send = (built: TraceBuilder, own: Record<string, unknown>) =>
  built.request('POST', `chats/${CHAT}/events`, { body: { events: [own] } });

function fates(built: TraceBuilder): string[] {
  const analysis = built.analyse();
  return Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row))
    .filter(({ direction, kind }) => direction === 'out' && kind === 'event')
    .map(({ fate }) => (fate === null ? 'none' : fateInWords(fate)));
}

function said(built: TraceBuilder): readonly (MessageEntry & { readonly fate: Fate })[] {
  const entries = built.analyse().conversation(CHAT)?.entries ?? [];
  return entries.flatMap((entry) =>
    entry.kind === 'message' && entry.fate !== null ? [{ ...entry, fate: entry.fate }] : [],
  );
}

describe('a message that the page sent', () => {
  test('is waiting, then accepted by the answer', () => {
    const { built, of } = posted();
    expect(fates(built)).toEqual(['no answer yet']);
    built.answerText(of, '');
    expect(fates(built)).toEqual(['accepted (200)']);
    expect(built.problems()).toEqual([]);
  });

  test('is refused by a status, an error body, or both, and the answer points at it', () => {
    const { built, of } = posted();
    built.answerText(of, 'busy', 503, 'text/plain');
    expect(fates(built)).toEqual(['refused (503)']);
    expect(built.problems()).toEqual(['transport/error', RULE]);
    const [finding] = built.findings(RULE);
    expect(finding).toMatchObject({
      severity: 'error',
      seq: 1,
      params: { text: 'Where is my parcel?', reason: 'refused (503)' },
    });
    expect(built.findings('transport/error')).toMatchObject([{ related: [finding?.row] }]);

    const coded = posted();
    coded.built.answer(coded.of, { error_code: '5005', error_message: 'Chat session not found' }, 404);
    expect(fates(coded.built)[0]).toMatch(/^refused \(404, 5005: /);
  });

  test('is refused by the head of an answer whose body never comes', () => {
    const { built, of } = posted();
    built.head(of, 502, 'text/html').add({ kind: 'error', of, message: 'net::ERR_ABORTED', retrying: false });
    expect(fates(built)).toEqual(['refused (502)']);
  });

  test('has failed in the network', () => {
    const { built, of } = posted();
    built.add({ kind: 'error', of, message: 'Failed to fetch', retrying: false });
    expect(fates(built)).toEqual(['failed in the network (Failed to fetch)']);
    expect(built.problems()).toEqual([RULE]);
    expect(said(built).map(({ fate }) => fate.kind)).toEqual(['failed']);
  });

  test('is no error where the page gave it up, or its document went', () => {
    const aborted = posted();
    aborted.built.add({ kind: 'abort', of: aborted.of, reason: 'abort()' });
    expect(fates(aborted.built)).toEqual(['given up by the page, may have arrived (abort())']);
    expect(aborted.built.problems()).toEqual([]);

    const { built } = posted();
    built.add({ kind: 'document', phase: 'gone', url: 'https://shop.example', top: true, origin: null });
    expect(fates(built)).toEqual(['cut off by navigation']);
    expect(built.problems()).toEqual([]);
  });

  test('and sends again after a failure is one message with two attempts', () => {
    const { built, own, of } = posted();
    built.add({ kind: 'error', of, message: 'Failed to fetch', retrying: false });
    const second = send(built, own);
    built.answerText(second, '');
    expect(built.problems()).toEqual([]);
    expect(fates(built)).toEqual(['failed in the network (Failed to fetch)', 'accepted (200), 2 attempts']);
    expect(said(built)).toMatchObject([{ copies: [], fate: { kind: 'accepted', attempts: [3, 5] } }]);
  });

  test('and fails twice is told once, with its attempts', () => {
    const { built, own, of } = posted();
    built.add({ kind: 'error', of, message: 'Failed to fetch', retrying: false });
    built.answerText(send(built, { ...own, msg_id: '2' }), '', 503);
    expect(built.findings(RULE)).toMatchObject([{ params: { attempts: 2, reason: 'refused (503)' } }]);
    expect(said(built)).toHaveLength(1);
  });

  test('and says again after it had arrived is another one', () => {
    const { built, own, of } = posted();
    built.answerText(of, '').post([{ ...own, msg_id: '2' }]);
    expect(said(built)).toHaveLength(2);
  });

  test('has arrived where a later event says so, whatever became of its request', () => {
    const { built, of } = posted();
    const receipt = { ref_msg_id: '1', party_id: AGENT, timestamp: seconds(0) };
    built.add({ kind: 'error', of, message: 'Failed to fetch', retrying: false });
    built.poll([{ event: 'chat_session_message_delivered', ...receipt }]);
    expect(built.problems()).toEqual([]);
    expect(fates(built)).toEqual(['delivered']);
    built.poll([{ event: 'chat_session_message_read', ...receipt }]);
    expect(fates(built)).toEqual(['read']);
  });

  test('is echoed where the server says it with its id and words', () => {
    const { built, own, of } = posted();
    built.answerText(of, '').poll([message({ ...own, party_id: CHAT.toUpperCase() })]);
    expect(fates(built)).toEqual(['echoed by the server']);
  });

  test('with the request for the chat is refused with it', () => {
    const built = trace();
    const first = { event: 'chat_session_message', msg: 'Hello?', msg_id: '1' };
    const of = built.request('POST', 'chats', { body: { parameters: {}, initial_message: first } });
    built.answerText(of, '', 503);
    expect(built.findings(RULE)).toMatchObject([{ params: { text: 'Hello?' } }]);
  });

  test('is followed beside all others of its request, and so is what is no message', () => {
    const built = trace()
      .requestChat()
      .poll([status('connected')]);
    const events = [ownMessage(), { event: 'chat_session_not_typing' }, ownMessage()];
    built.answerText(built.request('POST', `chats/${CHAT}/events`, { body: { events } }), '', 500);
    expect(built.findings(RULE)).toHaveLength(2);
    expect(fates(built)).toEqual(Array(3).fill('refused (500)'));
  });
});

describe('over other transports', () => {
  test('a beacon is sent, or dropped where the browser would not queue it', () => {
    const beacon = (queued: boolean) => {
      const built = trace();
      const of = built.add({
        kind: 'request',
        transport: 'beacon',
        method: 'POST',
        url: 'https://relay.example/send',
        headers: [],
        body: text(JSON.stringify(ownMessage())),
      });
      if (!queued) built.add({ kind: 'error', of, message: 'not queued by the browser', retrying: false });
      return built;
    };
    expect(fates(beacon(true))).toEqual(['sent']);
    expect(fates(beacon(false))).toEqual(['dropped by the browser (not queued by the browser)']);
    expect(beacon(false).problems()).toEqual([RULE]);
  });

  test('a socket drops what is sent when it has closed', () => {
    const built = trace();
    const of = built.socket();
    built.frameIn(of, status('connected')).frameOut(of, ownMessage());
    built.add({ kind: 'socket-close', of, code: 1000, reason: '', clean: true });
    built.frameOut(of, ownMessage({ msg: 'too late' }));
    expect(fates(built)).toEqual(['sent', 'dropped by the browser (the socket was closing or closed)']);
    expect(built.findings(RULE)).toMatchObject([{ params: { text: 'too late' } }]);
  });

  test('a socket drops what is sent while it closes, also where its bytes are read later', () => {
    const built = trace();
    const of = built.socket();
    const dropped = { kind: 'frame', of, direction: 'out', dropped: true } as const;
    built.frameIn(of, status('connected'));
    built.add({ ...dropped, payload: text(JSON.stringify(ownMessage({ msg: 'while it closes' }))) });
    const later = { encoding: 'later', data: '', size: 9, truncated: false } as const;
    const blob = built.add({ ...dropped, payload: later });
    built.add({ kind: 'socket-close', of, code: 1000, reason: '', clean: true });
    const bytes = text(JSON.stringify(ownMessage({ msg: 'in a Blob' })));
    built.add({ kind: 'body', of: blob, role: 'frame', payload: bytes });
    const fate = 'dropped by the browser (the socket was closing or closed)';
    expect(fates(built)).toEqual([fate, fate]);
    expect(built.findings(RULE).map(({ params }) => params.text)).toEqual(['while it closes', 'in a Blob']);
  });

  test('what a socket dropped changes nothing, and sent again over the next one is one message', () => {
    const built = trace();
    const of = built.socket();
    const own = ownMessage({ msg: 'Are you there?', msg_id: '9' });
    built.frameIn(of, status('connected'));
    const payload = text(JSON.stringify({ event: 'chat_session_disconnect' }));
    built.add({ kind: 'frame', of, direction: 'out', dropped: true, payload });
    const again = text(JSON.stringify(own));
    built.add({ kind: 'frame', of, direction: 'out', dropped: true, payload: again });
    built.frameOut(of, own);
    expect(built.problems()).toEqual([]);
    expect(fates(built).at(-1)).toBe('sent, 2 attempts');
  });

  test('a relay refuses by its status', () => {
    const built = trace();
    const of = built.request('POST', 'https://relay.example/send', { body: ownMessage({ msg: 'x' }) });
    built.answerText(of, '{"error":"down"}', 503);
    expect(built.problems()).toEqual(['transport/error', RULE]);
  });
});
