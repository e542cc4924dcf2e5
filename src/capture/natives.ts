/**
 * Private copies of what the hook uses, taken before the page's first script, so that a page that replaces a
 * built-in neither sees the hook's work nor breaks it. The rules for all of `capture/`:
 * no method is called by name on an object that inherits from what the page can reach; no index is written on an
 * array that inherits from `Array.prototype`; nothing that may be absent is read where `Object.prototype` answers.
 */

import { type CallHooks, constructorTraps, type MethodCall, methodTraps } from './native-call.ts';

type Method<A extends unknown[], R> = (...args: A) => R;

/** A property whose type is said by whoever takes it: the library's overloads do not fit taken-off methods. */
export function taken(holder: object, name: PropertyKey) {
  return Reflect.get(holder, name);
}

/** A method as a function that takes its receiver first; later changes of prototypes do not reach it. */
export const uncurry: <A extends unknown[], R>(method: Method<A, R>) => (receiver: unknown, ...args: A) => R =
  Reflect.apply(Function.prototype.bind, Function.prototype.bind, [Function.prototype.call]);

export const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, setPrototypeOf } = Reflect;
/** Reads what the holder has itself; where it may not, the answer may be the page's. */
export const readProperty: (target: object, key: PropertyKey, receiver?: unknown) => unknown = Reflect.get;

/** `Reflect`'s own, for functions that came to a proxy's handler as mere objects. */
export const apply: (target: object, receiver: unknown, args: ArrayLike<unknown>) => unknown = taken(
  Reflect,
  'apply',
);
export const construct: (target: object, args: ArrayLike<unknown>, newTarget?: object) => never = taken(
  Reflect,
  'construct',
);

/** The getter of an attribute as a function of the object. Throws where the browser does not have the attribute. */
export function getter<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
): (receiver: unknown) => T[K] {
  const get: Method<[], T[K]> | undefined = getOwnPropertyDescriptor(prototype, name)?.get;
  if (!get) throw new TypeError(String(name));
  return uncurry(get);
}

const hasOwn: (object: object, key: PropertyKey) => boolean = uncurry(Object.prototype.hasOwnProperty);

/** Makes a list whose indices can be written without meeting a setter of the page's. */
export function privateList<T>(): T[] {
  const list: T[] = [];
  setPrototypeOf(list, null);
  return list;
}

/** The same object without a prototype: for options and proxy handlers, which the browser reads by name. */
export function bare<T extends object>(object: T): T {
  setPrototypeOf(object, null);
  return object;
}

/**
 * A property of a page's object, if it can be read without running the page's code; otherwise undefined.
 * @param sure throws in place of saying undefined for what is there and only the page's code can tell
 */
export function readData(object: unknown, key: PropertyKey, sure?: true): unknown {
  let holder: unknown = object;
  for (let depth = 0; depth < 8 && typeof holder === 'object' && holder !== null; depth++) {
    const descriptor = getOwnPropertyDescriptor(holder, key);
    if (descriptor) {
      if (hasOwn(descriptor, 'value')) return descriptor.value;
      if (sure) throw sure;
      return undefined;
    }
    holder = getPrototypeOf(holder);
  }
  return undefined;
}

export const indexOf: (text: string, part: string, from?: number) => number = uncurry(
  String.prototype.indexOf,
);
export const slice: (text: string, from: number, to?: number) => string = uncurry(String.prototype.slice);
export const lowerCase: (text: string) => string = uncurry(String.prototype.toLowerCase);
export const upperCase: (text: string) => string = uncurry(String.prototype.toUpperCase);

export const isArray: (value: unknown) => value is readonly unknown[] = Array.isArray;
export const NativeBytes = Uint8Array;
export const subarray: (bytes: unknown, from: number, to: number) => Uint8Array<ArrayBuffer> = uncurry(
  taken(NativeBytes.prototype, 'subarray'),
);

export const wallTime = Date.now;
export const monotonicTime = performance.now.bind(performance);

export const stringify = JSON.stringify;
export const randomValues: (bytes: Uint8Array<ArrayBuffer>) => unknown =
  Crypto.prototype.getRandomValues.bind(crypto);
export const later: (run: () => void, delay: number) => unknown = setTimeout.bind(globalThis);

export const listen: (
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  capture: true,
) => void = uncurry(EventTarget.prototype.addEventListener);
export const dispatch: (target: EventTarget, event: Event) => boolean = uncurry(
  EventTarget.prototype.dispatchEvent,
);
/** Listens before the page's listeners to what the browser itself dispatches. What `run` throws stays here. */
export function listenFirst(target: EventTarget, type: string, run: (event: Event) => void): void {
  listen(
    target,
    type,
    (event) => {
      if (!event.isTrusted) return;
      try {
        run(event);
      } catch {
        // The page's own listeners come next, whatever happened here.
      }
    },
    true,
  );
}

export const eventPhase = getter(Event.prototype, 'eventPhase');
export const eventType = getter(Event.prototype, 'type');
export const messageData = getter(MessageEvent.prototype, 'data');

const promiseThen: (
  promise: Promise<unknown>,
  done: (value: never) => unknown,
  failed: (reason: unknown) => unknown,
) => Promise<never> = uncurry(taken(Promise.prototype, 'then'));

/**
 * Waits for a promise that the page has not seen and will not see. Without a prototype, `then` finds no
 * `constructor` of the page's to make the derived promise with.
 */
export function settle<T, R>(
  promise: Promise<T>,
  done: (value: T) => R,
  failed: (reason: unknown) => R,
): Promise<R> {
  return promiseThen(bare(promise), done, failed);
}

export interface PrivateMap<K extends object, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
}

const weakGet = uncurry(WeakMap.prototype.get);
const weakSet = uncurry(WeakMap.prototype.set);

/** What the hook knows of a page's object, without keeping it alive and without the page's help. */
export function privateMap<K extends object, V>(): PrivateMap<K, V> {
  const map = new WeakMap<K, V>();
  return {
    get: (key) => weakGet(map, key),
    set: (key, value) => {
      weakSet(map, key, value);
    },
  };
}

/** Traps as a proxy asks for them. Where they are getters, ours is not on the stack while the call runs. */
interface Handler {
  apply?(target: object, self: unknown, args: unknown[]): unknown;
  construct?(...args: never[]): unknown;
}

const sourceText = Function.prototype.toString;
const behind = privateMap<object, object>();

/** The function behind a proxy of ours, or what was given. */
const native = (of: unknown): unknown => (typeof of === 'function' && behind.get(of)) || of;

/** Error trackers leave a `fetch` alone whose `toString()` does not give the native's text: it asks `tellText`. */
const get = (target: object, key: PropertyKey, receiver: unknown): unknown => {
  const value = readProperty(target, key, receiver);
  return value === sourceText && native(receiver) === target ? tellText : value;
};

/** A proxy whose own `toString()` gives the native's text. `Function.prototype.toString` is left as it is. */
export function disguised(target: object, handler: Handler): object {
  // Not by spreading, which would ask the getters for their traps.
  defineProperty(handler, 'get', { value: get });
  const traps: object = bare(handler);
  const proxy = new Proxy(target, traps);
  behind.set(proxy, target);
  return proxy;
}

const tellText = disguised(sourceText, {
  apply: (target, self, args) => apply(target, native(self), args),
});

/**
 * Puts a proxy in the place of a built-in function, under the same descriptor. A proxy keeps name, length, statics,
 * `prototype` and the errors of bare calls as they are without copying any of them.
 * @returns the proxy
 */
export function replace<T extends object>(holder: T, name: keyof T, handler: Handler): object {
  const descriptor: PropertyDescriptor | undefined = getOwnPropertyDescriptor(holder, name);
  const own: unknown = descriptor?.value;
  if (!descriptor || typeof own !== 'function') throw new TypeError(String(name));
  const proxy = disguised(own, handler);
  defineProperty(holder, name, { ...descriptor, value: proxy });
  return proxy;
}

/** Like `replace`, for a method whose call is only accompanied. What `before` and `after` throw stays here. */
export function accompany<T extends object>(holder: T, name: keyof T, { before, after }: Companions): void {
  replace(holder, name, {
    apply: (target, self, args) => {
      if (!isObject(self)) return apply(target, self, args);
      if (before) {
        try {
          before(self, args);
        } catch {
          // The native method says what is wrong, if anything is.
        }
      }
      const result = apply(target, self, args);
      if (after) {
        try {
          after(self, args, result);
        } catch {
          // The page gets its result.
        }
      }
      return result;
    },
  });
}

/** Like `accompany`, for a method that starts a request: nothing of ours is on the stack while it does. */
export function accompanyStart<T extends object>(
  holder: T,
  name: keyof T,
  { before, after }: Companions,
): void {
  replaceStart<T, MethodCall>(holder, name, {
    before: (call) => {
      try {
        if (before && isObject(call[1])) before(call[1], call[2]);
      } catch {
        // The native method says what is wrong, if anything is.
      }
      return call;
    },
    after: (call, result) => {
      if (after && call && isObject(call[1])) after(call[1], call[2], result);
      return result;
    },
  });
}

/** Like `replace`, for a method that starts a request; `hooks` may give the caller another result than the native's. */
export function replaceStart<T extends object, Known>(
  holder: T,
  name: keyof T,
  hooks: CallHooks<MethodCall, Known>,
): void {
  const nextTrap = methodTraps(hooks);
  replace(holder, name, {
    get apply() {
      return nextTrap();
    },
  });
}

/** The natives' own checks follow: here it only has to be an object. */
function isObject(value: unknown): value is EventTarget {
  return typeof value === 'object' && value !== null;
}

type Companion = (self: EventTarget, args: readonly unknown[]) => void;
interface Companions {
  readonly before?: Companion;
  readonly after?: (self: EventTarget, args: readonly unknown[], result: unknown) => void;
}

/** Wraps a constructor so that `made` sees every object it makes, subclasses' included. */
export function replaceConstructor<T extends object>(
  holder: T,
  name: keyof T,
  prototype: object,
  made: (object: EventTarget, args: readonly unknown[]) => void,
): void {
  const nextTrap = constructorTraps({
    before: (call) => {
      // The proxy shows the native `prototype`: only a subclass differs.
      if (call[2] === tapped) call[2] = call[0];
      return call[1];
    },
    after: (args, object) => {
      if (args && isObject(object)) made(object, args);
      return object;
    },
  });
  const tapped: object = replace(holder, name, {
    get construct() {
      return nextTrap();
    },
  });
  const own = getOwnPropertyDescriptor(prototype, 'constructor');
  if (own) defineProperty(prototype, 'constructor', { ...own, value: tapped });
}
