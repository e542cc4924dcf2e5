import { describe, expect, test } from 'vitest';
import {
  AGENT,
  BOT,
  CHAT,
  ended,
  form,
  formData,
  inactivity,
  joined,
  left,
  message,
  notTyping,
  ownMessage,
  status,
  trace,
  typing,
} from '../testing/trace-builder.ts';

const connected = () =>
  trace()
    .requestChat()
    .poll([status('connected'), joined()]);

describe('lifecycle/after-end', () => {
  test('fires for a server message after the end', () => {
    const found = connected().poll([ended, message()]).findings('lifecycle/after-end');
    expect(found).toMatchObject([{ severity: 'error', seq: 3, params: { state: 'ended' } }]);
  });

  test.each(['failed', 'completed'])('fires after status %s, mildly after completed', (state) => {
    const found = connected()
      .poll([status(state), message()])
      .findings('lifecycle/after-end');
    expect(found).toMatchObject([{ severity: state === 'completed' ? 'warning' : 'error' }]);
  });

  test('fires for a message that the client sends after the end', () => {
    expect(connected().poll([ended]).post([ownMessage()]).findings('lifecycle/after-end')).toHaveLength(1);
  });

  test('fires after error 5005', () => {
    const built = connected();
    const poll = built.request('GET', `chats/${CHAT}/events`);
    built.answer(poll, { error_code: '5005', error_message: 'Chat session is not found' }, 404);
    expect(built.post([ownMessage()]).findings('lifecycle/after-end')).toHaveLength(1);
  });

  test('is silent for ended after another end, late typing of the client, and what the history replays', () => {
    const built = connected()
      .poll([status('completed'), ended])
      .post([{ event: 'chat_session_not_typing' }, { event: 'chat_session_typing' }])
      .post([{ event: 'chat_session_disconnect' }, { event: 'chat_session_end' }])
      .history([message()]);
    expect(built.problems()).toEqual([]);
  });
});

describe('lifecycle/unexpected-status', () => {
  test('fires for connected to connecting and names what the model allows', () => {
    const [found] = connected()
      .poll([status('connecting')])
      .findings('lifecycle/unexpected-status');
    expect(found).toMatchObject({ severity: 'warning', params: { from: 'connected', to: 'connecting' } });
    expect(found?.params.expected).toContain('queued');
  });

  test('is silent for a transfer and for a state told again', () => {
    const built = connected().poll([status('queued'), status('queued'), status('connected'), status('ivr')]);
    expect(built.problems()).toEqual([]);
  });

  test('a value that is no state gives schema/bad-value only and does not step the model', () => {
    const built = connected().poll([status('sleeping')]);
    expect(built.problems()).toEqual(['schema/bad-value']);
    expect(built.analyse().machine(CHAT)?.current).toBe('connected');
  });
});

describe('lifecycle/unknown-party', () => {
  test.each([left('X'), typing('X'), notTyping('X')])('fires for %j of a stranger', (event) => {
    expect(connected().poll([event]).findings('lifecycle/unknown-party')).toHaveLength(1);
  });

  test('is silent for the customer, before the first agent, and for a scenario that leaves', () => {
    const built = trace()
      .requestChat()
      .poll([typing(BOT), notTyping(BOT)])
      .poll([joined(), typing(CHAT, 1), notTyping(CHAT, 1), { ...left('S', 2), type: 'scenario' }]);
    expect(built.problems()).toEqual([]);
  });
});

describe('lifecycle/party-twice', () => {
  test('fires for a join of one who is there, and for a second leaving', () => {
    expect(
      connected()
        .poll([joined(AGENT, 'internal', 5)])
        .problems(),
    ).toEqual(['lifecycle/party-twice']);
    expect(
      connected()
        .poll([left(AGENT, 1)])
        .poll([left(AGENT, 2)])
        .problems(),
    ).toEqual(['lifecycle/party-twice']);
  });

  test('is silent for one who comes back', () => {
    expect(
      connected()
        .poll([left(AGENT, 1), joined(AGENT, 'internal', 2)])
        .problems(),
    ).toEqual([]);
  });
});

describe('lifecycle/after-left', () => {
  test('fires for a message of one who has left', () => {
    const built = connected().poll([left(), message({ party_id: AGENT })]);
    expect(built.problems()).toEqual(['lifecycle/after-left']);
  });

  test('is silent for not_typing of one who has left', () => {
    expect(connected().poll([left(), notTyping()]).problems()).toEqual([]);
  });
});

describe('lifecycle/typing-unfinished', () => {
  test('fires 60 s later, and at the end of the trace', () => {
    expect(
      connected().poll([typing()]).wait(60_100).poll([]).findings('lifecycle/typing-unfinished'),
    ).toHaveLength(1);
    expect(connected().poll([typing()]).findings('lifecycle/typing-unfinished')).toHaveLength(1);
  });

  test.each([notTyping(), message({ party_id: AGENT }), left(), ended])('is closed by %j', (event) => {
    expect(connected().poll([typing(), event]).findings('lifecycle/typing-unfinished')).toEqual([]);
  });
});

describe('lifecycle/form-unanswered', () => {
  test('fires when its timeout is over, and when the session ends', () => {
    expect(
      connected()
        .poll([form('7', '30')])
        .wait(30_100)
        .poll([])
        .problems(),
    ).toContain('lifecycle/form-unanswered');
    expect(
      connected()
        .poll([form('7', ''), ended])
        .problems(),
    ).toContain('lifecycle/form-unanswered');
  });

  test('is silent when it was answered or cancelled in time, or is still open', () => {
    expect(connected().poll([form()]).post([formData()]).poll([ended]).problems()).toEqual([]);
    const cancel = { event: 'chat_form_data_cancel', form_request_id: '7', form_name: 'survey' };
    expect(connected().poll([form()]).post([cancel]).poll([ended]).problems()).toEqual([]);
    expect(connected().poll([form()]).problems()).toEqual([]);
  });
});

describe('lifecycle/form-unrequested', () => {
  test('fires for data of a form that was not shown', () => {
    expect(
      connected()
        .post([formData('9')])
        .problems(),
    ).toEqual(['lifecycle/form-unrequested']);
  });

  test('is silent for a form that the history shows', () => {
    expect(
      connected()
        .history([form('9')])
        .post([formData('9')])
        .problems(),
    ).toEqual([]);
  });
});

describe('lifecycle/warning-unanswered', () => {
  const warning = inactivity('chat_session_timeout_warning');

  test('fires when the client did nothing after the warning', () => {
    expect(
      connected().poll([warning]).poll([inactivity()]).findings('lifecycle/warning-unanswered'),
    ).toHaveLength(1);
  });

  test('is silent when it did, and without a warning', () => {
    const active = connected().poll([warning]).post([ownMessage()]).poll([inactivity()]);
    expect(active.findings('lifecycle/warning-unanswered')).toEqual([]);
    expect(connected().poll([inactivity()]).findings('lifecycle/warning-unanswered')).toEqual([]);
  });
});
