/** Built-ins that the page has replaced by ones that tell of every call: nobody but the page itself may call them. */
import type { Tools } from './tools.ts';

/** Replaces some built-ins, for as long as a program runs. Gives back how they are put back. */
export function replaceBuiltIns({ say, chance }: Tools): () => void {
  const restore: (() => void)[] = [];
  let telling = false;
  /** Tells of a call, unless telling itself makes it. */
  const tell = (what: string): void => {
    if (telling) return;
    telling = true;
    try {
      say('calls', what);
    } finally {
      telling = false;
    }
  };
  const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
  const spyOn = (label: string, holder: object, names: readonly PropertyKey[]): void => {
    for (const name of names) {
      const descriptor = getOwnPropertyDescriptor(holder, name);
      if (!descriptor?.configurable || !chance(0.3)) continue;
      const told = `${label} ${String(name)}`;
      const watched = (original: (...args: unknown[]) => unknown) =>
        function (this: unknown, ...args: unknown[]): unknown {
          tell(told);
          return new.target ? Reflect.construct(original, args, new.target) : apply(original, this, args);
        };
      const { get, value } = descriptor;
      if (get) defineProperty(holder, name, { ...descriptor, get: watched(get) as () => unknown });
      else if (typeof value === 'function') {
        const spy = watched(value);
        spy.prototype = value.prototype;
        Object.setPrototypeOf(spy, value);
        defineProperty(holder, name, { ...descriptor, value: spy });
      } else continue;
      restore.push(() => defineProperty(holder, name, descriptor));
    }
  };
  /** Members that no object has by itself: options and lists of ours must not find them. `then` cannot be hidden. */
  const trap = (label: string, holder: object, names: readonly string[]): void => {
    for (const name of names) {
      if (!chance(0.3)) continue;
      defineProperty(holder, name, {
        configurable: true,
        get() {
          tell(`${label} asked for ${name}`);
          return undefined;
        },
        set(value) {
          tell(`${label} given ${name}`);
          defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
        },
      });
      restore.push(() => Reflect.deleteProperty(holder, name));
    }
  };
  spyOn('JSON', JSON, ['stringify', 'parse']);
  spyOn('String', String.prototype, [
    'slice',
    'indexOf',
    'toLowerCase',
    'toUpperCase',
    'startsWith',
    'includes',
    'charCodeAt',
  ]);
  spyOn('Array', Array.prototype, ['push', 'map', 'forEach', 'indexOf', 'includes', 'join', Symbol.iterator]);
  spyOn('Map', Map.prototype, ['get', 'set', 'has', 'delete']);
  spyOn('WeakMap', WeakMap.prototype, ['get', 'set', 'has']);
  spyOn('Reflect', Reflect, [
    'apply',
    'construct',
    'get',
    'ownKeys',
    'getOwnPropertyDescriptor',
    'getPrototypeOf',
  ]);
  spyOn('Object', Object, ['defineProperty', 'getOwnPropertyDescriptor', 'setPrototypeOf', 'keys', 'assign']);
  spyOn('Object', Object.prototype, ['hasOwnProperty', 'valueOf', 'toString']);
  spyOn('Function', Function.prototype, ['call', 'apply', 'bind', 'toString', Symbol.hasInstance]);
  // Firefox calls `then` itself, and asks for the species, where streams are given up: once more for a copy.
  const streamsCall = navigator.userAgent.includes('Firefox');
  spyOn('Promise', Promise.prototype, streamsCall ? ['catch', 'finally'] : ['then', 'catch', 'finally']);
  // Not its `Symbol.species`: Firefox asks for that within streams, once more where a body was copied.
  spyOn('Promise', Promise, ['resolve', 'reject']);
  spyOn('Date', Date, ['now']);
  spyOn('Performance', Performance.prototype, ['now', 'timeOrigin']);
  spyOn('Crypto', Crypto.prototype, ['getRandomValues']);
  spyOn('window', window, [
    'setTimeout',
    'queueMicrotask',
    'btoa',
    'Proxy',
    'WeakMap',
    'TextDecoder',
    'MessageEvent',
    'Uint8Array',
  ]);
  spyOn('EventTarget', EventTarget.prototype, ['addEventListener', 'removeEventListener', 'dispatchEvent']);
  spyOn('Event', Event.prototype, ['type', 'target', 'currentTarget', 'eventPhase']);
  spyOn('MessageEvent', MessageEvent.prototype, ['data', 'origin']);
  spyOn('CloseEvent', CloseEvent.prototype, ['code', 'reason', 'wasClean']);
  spyOn('TextDecoder', TextDecoder.prototype, ['decode']);
  spyOn('Response', Response.prototype, [
    'clone',
    'text',
    'json',
    'arrayBuffer',
    'body',
    'headers',
    'status',
    'url',
    'type',
  ]);
  spyOn('Request', Request.prototype, ['clone', 'url', 'method', 'headers', 'signal', 'bodyUsed']);
  spyOn('Headers', Headers.prototype, ['get', 'has', 'forEach', 'entries', 'keys', Symbol.iterator]);
  spyOn('ReadableStream', ReadableStream.prototype, ['getReader', 'cancel', 'tee', 'locked']);
  spyOn('Reader', ReadableStreamDefaultReader.prototype, ['read', 'cancel', 'releaseLock', 'closed']);
  spyOn('AbortSignal', AbortSignal.prototype, ['aborted', 'reason']);
  spyOn('Blob', Blob.prototype, ['arrayBuffer', 'text', 'size', 'type', 'slice']);
  spyOn('FormData', FormData.prototype, ['get', 'getAll', 'entries', 'forEach', Symbol.iterator]);
  spyOn('URLSearchParams', URLSearchParams.prototype, ['toString', 'forEach', 'entries']);
  spyOn('XMLHttpRequest', XMLHttpRequest.prototype, [
    'readyState',
    'status',
    'statusText',
    'responseText',
    'response',
    'responseType',
    'responseURL',
    'getAllResponseHeaders',
    'getResponseHeader',
  ]);
  spyOn('WebSocket', WebSocket.prototype, ['url', 'readyState', 'protocol']);
  spyOn('EventSource', EventSource.prototype, ['url', 'readyState']);
  spyOn('Document', Document.prototype, ['fonts', 'URL', 'baseURI']);
  spyOn('URL', URL.prototype, ['href', 'pathname', 'toString']);
  trap('Object.prototype', Object.prototype, [
    'capture',
    'once',
    'signal',
    'stream',
    'data',
    'bubbles',
    'done',
    'body',
    'method',
    'kind',
    'seq',
    'of',
    'apply',
    'construct',
    'toJSON',
    'note',
    '0',
    'ignoreBOM',
    'fatal',
  ]);
  trap('Array.prototype', Array.prototype, ['0', '1', '2', 'toJSON']);
  return () => {
    for (const put of restore.reverse()) put();
  };
}
