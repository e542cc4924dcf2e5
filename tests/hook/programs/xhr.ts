/** A random use of XMLHttpRequest. */
import type { Tools } from './tools.ts';

export async function xhrProgram(tools: Tools): Promise<void> {
  const { api, http, chat, say, tell, pick, chance, below } = tools;
  const Made = pick<() => typeof XMLHttpRequest>([
    () => XMLHttpRequest,
    () => XMLHttpRequest,
    () => class Mine extends XMLHttpRequest {},
    () =>
      class Louder extends XMLHttpRequest {
        override open(...args: [string, string]): void {
          say('open of its own', args.length);
          super.open(...args);
        }
        override send(body?: XMLHttpRequestBodyInit): void {
          say('send of its own');
          super.send(body);
        }
      },
  ])();
  const xhr = new Made();
  say(xhr instanceof XMLHttpRequest, xhr.constructor === Made, Object.getOwnPropertyNames(xhr));
  let actions = 0;

  const look = (): void => {
    tell('readyState', () => xhr.readyState);
    tell('status', () => [xhr.status, xhr.statusText, xhr.responseType]);
    tell('text', () => xhr.responseText);
    tell('response', () => xhr.response);
    tell('same response', () => {
      const { response } = xhr;
      return response === xhr.response;
    });
    tell('url', () => xhr.responseURL);
    tell('headers', () =>
      xhr
        .getAllResponseHeaders()
        .split('\r\n')
        .map((line) => line.split(':')[0]),
    );
    tell('type', () => xhr.getResponseHeader('content-type'));
  };
  const target = (): string =>
    pick([
      `${api}/chats/1/events`,
      `${api}/chats/1/poll?text=${encodeURIComponent(chat)}`,
      `${api}/status?code=${pick([200, 204, 304, 404, 500])}&text=${encodeURIComponent(chat)}`,
      `${api}/redirect?to=${encodeURIComponent('/clientweb/api/v1/chats/2/events')}`,
      `${api}/parts?type=text/event-stream&text=${encodeURIComponent(`data: ${chat}\n\n`)}&count=3`,
      `${api}/parts?type=application/json&text=%20&count=3`,
      `${http}/elsewhere?text=1`,
      '/relative',
      'http://[',
      'data:application/json,{"event":"chat_session_message"}',
    ]);
  const open = (): void => {
    const method = pick(['GET', 'GET', 'POST', 'post', 'pAtCh', 'HEAD', 'PUT', 'TRACE', 'not a method']);
    const url = target();
    const given: unknown =
      chance(0.2) && URL.canParse(url, location.href) ? new URL(url, location.href) : url;
    const whole = chance(0.75);
    tell(`open ${method}`, () =>
      whole
        ? xhr.open(method, given as string)
        : xhr.open(method, given as string, chance(0.7), pick([null, undefined, 'me']), null),
    );
  };
  const send = (): void => {
    const body = chance(0.6) ? tools.goodBody() : tools.body();
    tell('send', () => (chance(0.3) ? xhr.send() : xhr.send(body as XMLHttpRequestBodyInit)));
  };
  const act = (): void => {
    actions += 1;
    if (actions > 3) return;
    pick<() => void>([
      look,
      look,
      () => tell('abort', () => xhr.abort()),
      () => {
        open();
        send();
      },
      () => tell('dispatch', () => xhr.dispatchEvent(new Event('readystatechange'))),
    ])();
  };
  const types = ['readystatechange', 'loadstart', 'progress', 'load', 'loadend', 'error', 'abort', 'timeout'];
  const heard = (event: Event): void => {
    say(event.type, xhr.readyState);
    if (event instanceof ProgressEvent && event.type !== 'progress')
      say(event.lengthComputable, event.loaded);
    if (chance(0.15)) act();
  };
  if (chance(0.5))
    tools.listen(
      xhr,
      types.filter(() => chance(0.6)),
      heard,
    );
  if (chance(0.2)) tools.listen(xhr.upload, ['loadstart', 'load', 'loadend'], heard);
  const steps = 1 + below(4);
  for (let step = 0; step < steps; step++) {
    if (chance(0.9)) open();
    if (chance(0.4))
      tools.listen(
        xhr,
        types.filter(() => chance(0.3)),
        heard,
      );
    if (chance(0.3))
      tell('type', () =>
        Reflect.set(
          xhr,
          'responseType',
          pick<string>(['', 'text', 'json', 'blob', 'arraybuffer', 'document', 'bad']),
        ),
      );
    if (chance(0.3))
      tell('header', () =>
        xhr.setRequestHeader(
          pick(['Content-Type', 'X-One', 'b@d', 'Cookie']),
          pick(['text/plain', 'a', 'é', '\n']),
        ),
      );
    if (chance(0.1)) tell('credentials', () => Reflect.set(xhr, 'withCredentials', true));
    if (chance(0.1)) tell('timeout', () => Reflect.set(xhr, 'timeout', 5_000));
    if (chance(0.1)) tell('mime', () => xhr.overrideMimeType(pick(['text/plain; charset=latin1', 'bad'])));
    const over = new Promise((resolve) => xhr.addEventListener('loadend', resolve, { once: true }));
    if (chance(0.95)) send();
    if (chance(0.15)) {
      await tools.pause(below(2) * 30);
      tell('abort', () => xhr.abort());
    }
    if (chance(0.3)) act();
    if (xhr.readyState > 0 && xhr.readyState < 4) await tools.within(over, 600);
    look();
  }
}
