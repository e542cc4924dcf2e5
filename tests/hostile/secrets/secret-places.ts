/**
 * Where secrets stand in the traffic of a page, and whether the extension may keep them. Each `act` runs in the page and
 * sees nothing of this file's scope.
 */

/** What a page is given to act with. */
export type SecretPage = {
  readonly secret: string;
  /** By which the server knows the secret: it stands in the answer and not in the request. */
  readonly key: string;
  readonly http: string;
  readonly ws: string;
  readonly refused: string;
  readonly kind: string;
};

export interface SecretPlace {
  readonly where: string;
  /** What the page is given beside, where several places differ in a word. */
  readonly kind?: string;
  /** The page is told that it failed. */
  readonly fails?: true;
  readonly act: (page: SecretPage) => Promise<unknown> | unknown;
}

/** Traffic that is no chat, wherever the page chats otherwise. Nothing of it is kept. */
export const NO_CHAT: readonly SecretPlace[] = [
  { where: 'query', act: ({ http, secret }) => fetch(`${http}/plain?token=${secret}`) },
  { where: 'path', act: ({ http, secret }) => fetch(`${http}/plain/${secret}/account`) },
  { where: 'fragment', act: ({ http, secret }) => fetch(`${http}/plain#access_token=${secret}`) },
  {
    where: 'credentials of a request',
    act: ({ http, secret }) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.addEventListener('loadend', resolve);
        request.open('GET', `${http.replace('//', `//me:${secret}@`)}/plain`);
        request.send();
      }),
  },
  {
    where: 'headers',
    act: ({ http, secret }) =>
      fetch(`${http}/plain`, {
        headers: { Authorization: `Bearer ${secret}`, 'X-Token': secret, Accept: `text/${secret}` },
      }),
  },
  {
    where: 'cookies of the page',
    act: ({ http, secret }) => {
      // biome-ignore lint/suspicious/noDocumentCookie: as pages do.
      document.cookie = `session=${secret}; path=/`;
      return fetch(`${http}/plain`, { credentials: 'include' });
    },
  },
  {
    where: 'cookies and headers of an answer',
    act: ({ http, key }) => fetch(`${http}/plain?cookie&header&key=${key}`).then((answer) => answer.text()),
  },
  {
    where: 'text of a request',
    act: ({ http, secret }) => fetch(`${http}/plain`, { method: 'POST', body: `user=me&password=${secret}` }),
  },
  {
    where: 'JSON of a request',
    act: ({ http, secret }) =>
      fetch(`${http}/plain`, { method: 'POST', body: JSON.stringify({ iban: secret }) }),
  },
  {
    where: 'URL-encoded form',
    act: ({ http, secret }) =>
      fetch(`${http}/login`, { method: 'POST', body: new URLSearchParams({ password: secret }) }),
  },
  {
    where: 'form data and names of its files',
    act: ({ http, secret }) => {
      const form = new FormData();
      form.append('password', secret);
      form.append('file', new File([secret], `${secret}.pdf`));
      return fetch(`${http}/upload`, { method: 'POST', body: form });
    },
  },
  {
    where: 'bytes of a request',
    act: ({ http, secret }) =>
      fetch(`${http}/plain`, { method: 'POST', body: new TextEncoder().encode(`{"token":"${secret}"}`) }),
  },
  {
    where: 'Blob of a request',
    act: ({ http, secret }) =>
      fetch(`${http}/plain`, { method: 'POST', body: new Blob([`{"token":"${secret}"}`]) }),
  },
  {
    where: 'body of a Request',
    act: ({ http, secret }) => fetch(new Request(`${http}/plain`, { method: 'POST', body: secret })),
  },
  {
    where: 'text of an answer',
    act: ({ http, key }) => fetch(`${http}/plain?key=${key}`).then((answer) => answer.text()),
  },
  {
    where: 'JSON of an answer',
    act: ({ http, key }) =>
      fetch(`${http}/plain?type=application/json&key=${key}`).then((answer) => answer.json()),
  },
  {
    where: 'bytes of an answer',
    act: ({ http, key }) =>
      fetch(`${http}/plain?type=application/octet-stream&key=${key}`).then((answer) => answer.arrayBuffer()),
  },
  {
    where: 'lines of an answer',
    act: ({ http, key }) =>
      fetch(`${http}/plain?type=application/x-ndjson&key=${key}`).then((answer) => answer.text()),
  },
  ...['', 'text', 'json', 'arraybuffer', 'blob', 'document'].map(
    (kind): SecretPlace => ({
      where: `answer of an XMLHttpRequest as '${kind}'`,
      kind,
      act: ({ http, key, kind: type }) =>
        new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.addEventListener('loadend', resolve);
          request.open('POST', `${http}/plain?type=application/json&key=${key}`);
          request.responseType = type as XMLHttpRequestResponseType;
          request.send('a=b');
        }),
    }),
  ),
  {
    where: 'address that the browser is sent on to',
    act: ({ http, key }) => fetch(`${http}/plain?key=${key}&to=/plain/landed?code=SECRET`),
  },
  {
    where: 'request that was refused',
    fails: true,
    act: ({ refused, secret }) => fetch(`${refused}/plain/${secret}`, { method: 'POST', body: secret }),
  },
  {
    where: 'beacon',
    act: ({ http, secret }) => navigator.sendBeacon(`${http}/plain/beacon?b=${secret}`, `password=${secret}`),
  },
  {
    where: 'data of an EventSource',
    act: ({ http, key, secret }) =>
      new Promise<void>((resolve) => {
        const stream = new EventSource(`${http}/plain/${secret}?stream&key=${key}`);
        stream.addEventListener('done', () => {
          stream.close();
          resolve();
        });
      }),
  },
  {
    where: 'socket: address, subprotocol, messages of every kind, reason of the close',
    act: ({ ws, key, secret }) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(`${ws.replace('//', `//me:${secret}@`)}/plain/${secret}?key=${key}`, [
          'bearer',
          secret,
        ]);
        let heard = 0;
        socket.onmessage = () => {
          heard += 1;
          if (heard === 4) socket.send(`close ${secret}`);
        };
        socket.onclose = () => resolve();
        socket.onerror = () => resolve();
        socket.onopen = () => {
          socket.send(`{"password":"${secret}"}`);
          socket.send(new TextEncoder().encode(`{"password":"${secret}"}`));
          socket.send(new Blob([`{"password":"${secret}"}`]));
        };
      }),
  },
  {
    where: 'title and console',
    act: ({ secret }) => {
      document.title = secret;
      console.log(secret);
      console.error(new Error(secret));
    },
  },
  {
    where: 'error of the page',
    act: ({ secret }) =>
      new Promise((resolve) => {
        setTimeout(() => {
          setTimeout(resolve);
          throw new Error(`intended ${secret}`);
        });
      }),
  },
  {
    where: 'service worker',
    act: async ({ http, secret }) => {
      await navigator.serviceWorker.register('/worker.js');
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      const answered = new Promise((resolve) => {
        port1.onmessage = resolve;
      });
      active?.postMessage(`${http}/plain/${secret}`, [port2]);
      await answered;
    },
  },
  {
    where: 'worker',
    act: ({ http, secret }) =>
      new Promise((resolve) => {
        const script = `fetch('${http}/plain/${secret}', { method: 'POST', body: '${secret}' }).then(() => postMessage(0))`;
        new Worker(URL.createObjectURL(new Blob([script]))).onmessage = resolve;
      }),
  },
  // What a report says of the server's events is a quotation, and what only begins like an event is none.
  {
    where: 'report that quotes an event of the server',
    act: ({ http, secret }) =>
      fetch(`${http}/log`, {
        method: 'POST',
        body: JSON.stringify({ event: 'chat_session_ended', user: secret }),
      }),
  },
  {
    where: 'text with the beginning of an event name',
    act: ({ http, secret }) =>
      fetch(`${http}/log`, { method: 'POST', body: `chat_session_cookie=${secret}` }),
  },
];

/** Parts of chat that are not kept. */
export const OF_CHAT: readonly SecretPlace[] = [
  {
    where: 'fragment of the address',
    act: ({ http, secret }) => fetch(`${http}/clientweb/api/v1/chats#access_token=${secret}`),
  },
  {
    where: 'credentials of the address',
    act: ({ http, secret }) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.addEventListener('loadend', resolve);
        request.open('GET', `${http.replace('//', `//me:${secret}@`)}/clientweb/api/v1/chats`);
        request.send();
      }),
  },
  {
    where: 'values of headers',
    act: ({ http, secret }) =>
      fetch(`${http}/clientweb/api/v1/chats`, {
        headers: {
          Authorization: `MOBILE-API-140-327-PLAIN appId="${secret}", clientId="${secret}"`,
          'X-Token': secret,
        },
      }),
  },
  {
    where: 'cookies and headers of an answer',
    act: ({ http, key }) =>
      fetch(`${http}/clientweb/api/v1/x?cookie&header&key=${key}&to=/clientweb/api/v1/chats`, {
        redirect: 'manual',
      }),
  },
  {
    where: 'fragment and credentials of the address that the browser is sent on to',
    act: ({ http, key }) =>
      fetch(`${http}/clientweb/api/v1/x?key=${key}&to=/clientweb/api/v1/chats%23token=SECRET`),
  },
  {
    where: 'socket: subprotocol, and messages that are no chat',
    act: ({ ws, key, secret }) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(`${ws.replace('//', `//me:${secret}@`)}/rt?key=${key}`, [
          'bearer',
          secret,
        ]);
        let heard = 0;
        socket.onmessage = () => {
          heard += 1;
          if (heard === 5) socket.close();
        };
        socket.onclose = () => resolve();
        socket.onopen = () => {
          socket.send('{"event":"chat_session_message","msg":"hello"}');
          socket.send(`{"type":"authenticate","password":"${secret}"}`);
          socket.send(new TextEncoder().encode(`{"type":"authenticate","password":"${secret}"}`));
          socket.send(new Blob([`{"type":"authenticate","password":"${secret}"}`]));
        };
      }),
  },
];

/** What is kept: by it the tests know that they would find what they look for. */
export const KEPT: readonly SecretPlace[] = [
  {
    where: 'query of a chat',
    act: ({ http, secret }) => fetch(`${http}/clientweb/api/v1/chats?name=${secret}`),
  },
  {
    where: 'text of a chat request',
    act: ({ http, secret }) =>
      fetch(`${http}/clientweb/api/v1/chats`, {
        method: 'POST',
        body: `{"event":"chat_session_message","msg":"${secret}"}`,
      }).then((answer) => answer.text()),
  },
  {
    where: 'answer of a chat',
    act: ({ http, key }) =>
      fetch(`${http}/clientweb/api/v1/chats?type=application/json&key=${key}`).then((answer) =>
        answer.text(),
      ),
  },
  {
    where: 'message of a relay',
    act: ({ ws, secret }) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(`${ws}/relay`);
        socket.onopen = () => socket.send(`{"event":"chat_session_message","msg":"${secret}"}`);
        socket.onmessage = () => resolve();
      }),
  },
];
