/** XMLHttpRequest: events and states, reuse, errors, response types. */
import type { ProbeKit } from './kit.ts';

export async function probeXhr({ attempt, event, test, chat, api }: ProbeKit): Promise<void> {
  await test('XMLHttpRequest: the constructor', () => {
    class Mine extends XMLHttpRequest {
      seen = this.readyState;
    }
    const Bare: () => unknown = XMLHttpRequest as never;
    const made = new XMLHttpRequest();
    const mine = new Mine();
    const other: object = Reflect.construct(XMLHttpRequest, ['more'], EventTarget);
    return [
      attempt(() => Bare()),
      attempt(() => Bare.call(made)),
      [made.constructor === XMLHttpRequest, made instanceof XMLHttpRequest, Reflect.ownKeys(made)],
      [mine.constructor === Mine, mine instanceof XMLHttpRequest, mine.seen, mine.LOADING],
      [other instanceof XMLHttpRequest, Object.getPrototypeOf(other) === EventTarget.prototype],
      [XMLHttpRequest.DONE, XMLHttpRequest.name, XMLHttpRequest.length, typeof XMLHttpRequest],
      Object.prototype.toString.call(made),
    ];
  });
  await test('XMLHttpRequest: order of events and states', async () => {
    const log: string[] = [];
    const xhr = new XMLHttpRequest();
    const note = (each: Event): void => {
      log.push(`${each.type} ${xhr.readyState} ${xhr.status} ${each.isTrusted} ${each.eventPhase}`);
    };
    xhr.onreadystatechange = note;
    xhr.open('POST', `${api}/chats`);
    for (const type of ['loadstart', 'load', 'loadend', 'error', 'abort']) xhr.addEventListener(type, note);
    xhr.setRequestHeader('Content-Type', 'application/json');
    xhr.send(chat);
    await event(xhr, 'loadend');
    return [
      log.filter((each, at) => each !== log[at - 1]),
      xhr.responseText,
      xhr.responseURL.endsWith('/chats'),
    ];
  });
  await test('XMLHttpRequest: abort in a handler, and using the object again in one', async () => {
    const log: string[] = [];
    const xhr = new XMLHttpRequest();
    xhr.open('POST', `${api}/chats`);
    xhr.onreadystatechange = () => {
      if (xhr.readyState !== 4) return;
      log.push(`${xhr.status} ${xhr.responseText}`);
      xhr.onreadystatechange = null;
      xhr.abort();
      log.push(`${xhr.status} ${xhr.readyState}`);
      xhr.open('GET', `${api}/status?text=again`);
      xhr.send();
    };
    xhr.send(chat);
    while (!(xhr.readyState === 4 && xhr.responseText === 'again')) await event(xhr, 'loadend');
    return log;
  });
  await test('XMLHttpRequest: errors of calls', () => {
    const fresh = (): XMLHttpRequest => new XMLHttpRequest();
    return [
      attempt(() => fresh().send()),
      attempt(() => (fresh().open as () => void)()),
      attempt(() => fresh().open('TRACE', api)),
      attempt(() => fresh().open('GET', 'http://[')),
      attempt(() => fresh().setRequestHeader('a', 'b')),
      attempt(() => XMLHttpRequest.prototype.open.call({} as XMLHttpRequest, 'GET', api, true)),
      attempt(() => (XMLHttpRequest as unknown as () => void)()),
    ];
  });
  await test('XMLHttpRequest: response types and synchronous requests', async () => {
    const log: unknown[] = [];
    for (const type of ['', 'text', 'json', 'blob', 'arraybuffer', 'document'] as const) {
      const xhr = new XMLHttpRequest();
      xhr.open('POST', `${api}/chats`);
      xhr.responseType = type;
      xhr.send(chat);
      await event(xhr, 'loadend');
      const { response } = xhr;
      log.push([
        type,
        attempt(() => xhr.responseText),
        Object.prototype.toString.call(response),
        response === xhr.response,
      ]);
    }
    const sync = new XMLHttpRequest();
    sync.open('POST', `${api}/chats`, false);
    sync.send(chat);
    const two = new XMLHttpRequest();
    Reflect.apply(Reflect.get(two, 'open'), two, ['GET', `${api}/chats`]);
    const isAsync = attempt(() => {
      two.timeout = 1;
      return 'asynchronous';
    });
    return [log, sync.status, sync.responseText, isAsync];
  });
  await test('XMLHttpRequest: timeout and abort', async () => {
    const log: string[] = [];
    for (const end of ['timeout', 'abort'] as const) {
      const xhr = new XMLHttpRequest();
      for (const type of ['readystatechange', 'timeout', 'abort', 'loadend']) {
        xhr.addEventListener(type, () => log.push(`${type} ${xhr.readyState} ${xhr.status}`));
      }
      xhr.open('GET', `${api}/held`);
      if (end === 'timeout') xhr.timeout = 50;
      xhr.send();
      if (end === 'abort') xhr.abort();
      else await event(xhr, 'loadend');
    }
    return log;
  });
  await test('XMLHttpRequest: how many arguments there are', () => {
    const isAsync = (...rest: unknown[]) => {
      const xhr = new XMLHttpRequest();
      Reflect.apply(Reflect.get(xhr, 'open'), xhr, ['GET', `${api}/chats`, ...rest]);
      return attempt(() => {
        // Only an asynchronous request of a page may have a limit.
        xhr.timeout = 1;
        return 'asynchronous';
      });
    };
    return [isAsync(), isAsync(undefined), isAsync(null), isAsync(true), isAsync(false, 'user')];
  });
  await test('XMLHttpRequest: opened twice, headers, upload and media type', async () => {
    const log: string[] = [];
    const xhr = new XMLHttpRequest();
    xhr.open('GET', `${api}/held`);
    xhr.setRequestHeader('X-First', '1');
    xhr.open('POST', `${api}/chats`);
    xhr.setRequestHeader('Content-Type', 'application/json');
    xhr.overrideMimeType('text/plain; charset=iso-8859-1');
    for (const type of ['loadstart', 'load', 'loadend'])
      xhr.upload.addEventListener(type, (each) => log.push(`upload ${each.type}`));
    xhr.send(new Blob([chat]));
    await event(xhr, 'loadend');
    return [
      log,
      xhr.responseText,
      xhr.getResponseHeader('content-type'),
      attempt(() => xhr.setRequestHeader('a', 'b')),
      Object.keys(xhr),
    ];
  });
  await test('XMLHttpRequest: own properties of the page hide nothing and are not called', async () => {
    const called: string[] = [];
    const xhr = new XMLHttpRequest();
    for (const name of ['responseText', 'response', 'status', 'readyState', 'getAllResponseHeaders']) {
      Object.defineProperty(xhr, name, {
        get: () => {
          called.push(name);
          throw new Error('intended');
        },
      });
    }
    xhr.open('POST', `${api}/chats`);
    xhr.send(chat);
    await event(xhr, 'loadend');
    return called;
  });
}
