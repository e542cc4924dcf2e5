import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Demo, startDemo } from '../demo.ts';

const HOLD = 400;
/** A loaded machine may take its time. */
const PATIENT = { timeout: 10_000 };
const AUTHORIZATION = 'MOBILE-API-140-327-PLAIN appId="demo-shop", clientId="WebChat"';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ pace: 0, hold: HOLD, scenario: 'ordinary' });
});
afterAll(() => demo.close());

interface Ask {
  readonly version?: 'v1' | 'v2';
  readonly authorization?: string | null;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  readonly signal?: AbortSignal;
}

function ask(method: string, path: string, ask: Ask = {}): Promise<Response> {
  const {
    version = 'v1',
    authorization = AUTHORIZATION,
    query = 'tenantUrl=shop.example',
    headers = {},
  } = ask;
  return fetch(`${demo.url}clientweb/api/${version}/${path}?${query}`, {
    method,
    headers: { ...headers, ...(authorization === null ? {} : { Authorization: authorization }) },
    ...(ask.body === undefined ? {} : { body: ask.body }),
    ...(ask.signal === undefined ? {} : { signal: ask.signal }),
  });
}

/** A new chat whose visitor says nothing, so that the server waits after its first words; gives its id. */
async function openChat(version: 'v1' | 'v2' = 'v1'): Promise<string> {
  const answer = await ask('POST', 'chats', { version, body: '{"parameters":{"auto":"1"}}' });
  return (await answer.json()).chat_id;
}

describe('before a chat', () => {
  it('says whether chat is available', async () => {
    const answer = await ask('GET', 'availability');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('{"chat":"available","ewt":"3"}');
  });

  it('lets another origin ask, after a preflight', async () => {
    const headers = { Origin: 'http://127.0.0.1', 'Access-Control-Request-Headers': 'authorization' };
    const preflight = await ask('OPTIONS', 'configuration', { headers, authorization: null });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect((await ask('GET', 'configuration', { headers })).status).toBe(200);
  });

  it('configures the vendor’s widget: a tab on every page, a form before the chat, looks and styles', async () => {
    const { definition, styles } = await (await ask('GET', 'configuration')).json();
    const [first] = definition.chatInitiations;
    expect(first).toMatchObject({
      contactTab: { enabled: true },
      preChat: { chatButtonEnabled: true },
      urls: ['/'],
    });
    expect(definition.forms.map(({ name }: { name: string }) => name)).toContain('return-request');
    expect(definition.chatWidgetStyling.color).toMatch(/^[0-9a-f]{6}$/);
    expect(Object.keys(styles)).toHaveLength(1);
  });

  it.each([
    ['2000', 401, 403, null],
    ['2001', 401, 403, 'MOBILE-API-140-327-PLAIN appId:"demo-shop"'],
    ['2002', 401, 403, 'Basic appId="demo-shop", clientId="x"'],
    ['2003', 401, 403, 'MOBILE-API-140-327-PLAIN clientId="x"'],
    ['2004', 401, 403, 'MOBILE-API-140-327-PLAIN appId="demo-shop"'],
  ])(
    'refuses with %s: HTTP %i on v1, %i on v2, for Authorization %s',
    async (code, v1, v2, authorization) => {
      for (const [version, status] of [
        ['v1', v1],
        ['v2', v2],
      ] as const) {
        const answer = await ask('GET', 'availability', { version, authorization });
        expect(answer.status).toBe(status);
        expect((await answer.json()).error_code).toBe(code);
      }
    },
  );

  it('takes an Authorization without quotes', async () => {
    const authorization = 'MOBILE-API-140-327-PLAIN appId=demo-shop, clientId=x';
    expect((await ask('GET', 'availability', { authorization })).status).toBe(200);
  });

  it('refuses a missing tenantUrl with 1000', async () => {
    const answer = await ask('GET', 'availability', { query: '' });
    expect(answer.status).toBe(400);
    expect((await answer.json()).error_code).toBe('1000');
  });
});

describe('a chat', () => {
  it('is opened with a lower-case id, and given again to the client that has it', async () => {
    const first = await ask('POST', 'chats', { body: '{"phone_number":"1"}' });
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const opened = await first.json();
    expect(opened).toMatchObject({ is_new_chat: true, ewt: '120', phone_number: '1', state: 'queued' });
    expect(opened.chat_id).toMatch(/^[0-9a-f-]{36}$/);
    const again = await ask('POST', 'chats', { body: '{}', headers: { Cookie: cookie } });
    expect(await again.json()).toMatchObject({ is_new_chat: false, chat_id: opened.chat_id });
    const active = await ask('GET', 'chats/active', { headers: { Cookie: cookie } });
    expect(await active.json()).toMatchObject({ chat_id: opened.chat_id });
  });

  it('has no active session for a stranger', async () => {
    expect((await ask('GET', 'chats/active')).status).toBe(404);
  });

  it('holds a poll until there is an event', async () => {
    const id = await openChat();
    const poll = ask('GET', `chats/${id}/events`);
    await ask('POST', `chats/${id}/events`, { body: '{"events":[{"event":"chat_session_navigation"}]}' });
    expect(await (await poll).text()).toBe(
      '{"events":[{"event":"chat_session_status","ewt":"120","state":"queued"}]}',
    );
  });

  it('answers a poll with no events when the hold is over', async () => {
    const id = await openChat();
    const start = performance.now();
    const answer = await ask('GET', `chats/${id}/events`);
    expect(await answer.text()).toBe('{"events":[]}');
    expect(performance.now() - start).toBeGreaterThanOrEqual(HOLD - 5);
  });

  it.each([
    ['v1', 400],
    ['v2', 429],
  ] as const)('refuses a second poll on %s with 5509 and HTTP %i', async (version, status) => {
    const id = await openChat(version);
    const answers = await Promise.all([1, 2].map(() => ask('GET', `chats/${id}/events`, { version })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, status]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts.sort()).toEqual([
      '{"error_code":"5509","error_message":"Too many concurrent poll requests for the same session"}',
      '{"events":[]}',
    ]);
  });

  it('frees the poll that its client gave up, and notes so in the ledger', async () => {
    // Held so long that only the client can end it.
    const patient = await startDemo({ pace: 0, hold: 60_000 });
    onTestFinished(() => patient.close());
    const api = `${patient.url}clientweb/api/v1`;
    const headers = { Authorization: AUTHORIZATION };
    const opened = await fetch(`${api}/chats?tenantUrl=shop.example`, {
      method: 'POST',
      headers,
      body: '{"parameters":{"auto":"1"}}',
    });
    const url = `${api}/chats/${(await opened.json()).chat_id}/events?tenantUrl=shop.example`;
    const entries = () => patient.log.entries.filter((entry) => entry.url === url);
    const leaving = new AbortController();
    const given = fetch(url, { headers, signal: leaving.signal }).catch(() => 'given up');
    await expect.poll(() => entries().length, PATIENT).toBe(1);
    leaving.abort();
    expect(await given).toBe('given up');
    await expect.poll(() => entries().find((entry) => entry.aborted)?.body, PATIENT).toBe('');
    const again = new AbortController();
    fetch(url, { headers, signal: again.signal }).catch(() => undefined);
    await expect.poll(() => entries().length, PATIENT).toBe(3);
    again.abort();
    // Refused, it would have an answer.
    await expect.poll(() => entries()[3]?.aborted, PATIENT).toBe(true);
  });

  it('lets the poll that the server sees too late as given up go, and takes the new one', async () => {
    const id = await openChat();
    await (await ask('GET', `chats/${id}/events`)).text();
    const leaving = new AbortController();
    const first = ask('GET', `chats/${id}/events`, { signal: leaving.signal }).catch(() => 'given up');
    const second = ask('GET', `chats/${id}/events`);
    leaving.abort();
    expect(await first).toBe('given up');
    expect((await second).status).toBe(200);
  });

  it.each([
    ['{"events":[{"event":', '5003'],
    ['[{"events":{}}]', '5003'],
    ['{"events":{"event":"chat_session_typing"}}', '5003'],
  ])('refuses the body %s with %s', async (body, code) => {
    const answer = await ask('POST', `chats/${await openChat()}/events`, { body });
    expect(answer.status).toBe(400);
    expect((await answer.json()).error_code).toBe(code);
  });

  it('answers a POST with events on v1 and with nothing on v2', async () => {
    const body = '{"events":[{"event":"chat_session_typing"}]}';
    const v1 = await ask('POST', `chats/${await openChat()}/events`, { body });
    expect(await v1.text()).toBe('{"events":[]}');
    const v2 = await ask('POST', `chats/${await openChat('v2')}/events`, { version: 'v2', body });
    expect(await v2.text()).toBe('');
  });

  it('keeps a history of both sides, in which the customer is the chat', async () => {
    const id = await openChat();
    await ask('POST', `chats/${id}/events`, {
      body: '{"events":[{"event":"chat_session_typing","msg":"a"}]}',
    });
    const { events } = await (await ask('GET', `chats/${id}/history`)).json();
    expect(events).toContainEqual(expect.objectContaining({ event: 'chat_session_typing', party_id: id }));
  });

  it('is not found once it never was', async () => {
    const answer = await ask('GET', 'chats/00000000-0000-4000-8000-000000000000/events');
    expect(answer.status).toBe(404);
    expect((await answer.json()).error_code).toBe('5005');
  });
});

describe('files', () => {
  it('come back as they were uploaded, without a tenantUrl', async () => {
    const content = Uint8Array.from([0, 255, 13, 10, 45, 45, 128]);
    const body = new FormData();
    body.append('file', new File([content], 'bytes.bin', { type: 'application/x-demo' }));
    const uploaded = await (await ask('POST', 'files', { body })).json();
    expect(uploaded.file_name).toBe('bytes.bin');
    const id = await openChat();
    const answer = await ask('GET', `chats/${id}/files/${uploaded.file_id}`, {
      query: '',
      authorization: null,
    });
    expect(answer.headers.get('content-type')).toBe('application/x-demo');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content);
  });

  it('are refused with 5502 where there is none', async () => {
    const answer = await ask('GET', `chats/${await openChat()}/files/none`);
    expect((await answer.json()).error_code).toBe('5502');
  });
});

describe('the second version', () => {
  it('tells its version, the cases of a chat, and that there is none to close', async () => {
    const id = await openChat('v2');
    const v2 = { version: 'v2' } as const;
    expect(await (await ask('GET', 'version', v2)).json()).toHaveProperty('server_version');
    const { sessions } = await (await ask('GET', `chats/${id}/casehistory`, v2)).json();
    expect(sessions[0].chat_id).toBe(id);
    expect((await (await ask('POST', `chats/${id}/closecase`, v2)).json()).error_code).toBe('5601');
    expect((await ask('GET', 'version')).status).toBe(404);
  });
});
