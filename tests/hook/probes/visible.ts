/** What cannot be hidden, as docs/browsers.md lists it. */
import type { ProbeKit } from './kit.ts';

export async function probeVisible({ attempt, test, ticksOf, api }: ProbeKit): Promise<void> {
  await test('cannot be hidden: source texts', () => {
    const text = Function.prototype.toString;
    return [text.call(fetch), text.call(WebSocket), text.call(XMLHttpRequest.prototype.open)];
  });
  await test('cannot be hidden: who tells the source texts', () =>
    fetch.toString === Function.prototype.toString);
  await test('cannot be hidden: the forbidden caller', () => attempt(() => Reflect.get(fetch, 'caller')));
  await test('cannot be hidden: stack frames', () => {
    const depth = (run: () => unknown): number => {
      try {
        run();
      } catch (error) {
        return String((error as Error).stack).split('\n').length;
      }
      return 0;
    };
    // Where DevTools are open, Firefox adds the frames from before the last await to every stack.
    const own = depth(() => {
      throw new Error('intended');
    });
    return [
      depth(() => new WebSocket('ftp://nowhere')) - own,
      depth(() => new XMLHttpRequest().send()) - own,
      depth(() => new EventSource('http://[')) - own,
    ];
  });
  await test('cannot be hidden: microtasks of a matched fetch that fails at once', () =>
    ticksOf(() => fetch(`${api}/chats`, { mode: 'navigate' as RequestMode })));
  await test('cannot be hidden: who asks for `then`', async () => {
    const asked: string[] = [];
    Object.defineProperty(Object.prototype, 'then', {
      configurable: true,
      get(this: object) {
        asked.push(Object.keys(this).sort().join() || this.constructor.name);
        return undefined;
      },
    });
    // Who reads a copy tells nobody when it is done: until nothing was asked for a while.
    const quiet = async (): Promise<void> => {
      for (let before = -1; before !== asked.length; ) {
        before = asked.length;
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    };
    try {
      // What the probes before this one left to be read is not counted.
      await quiet();
      asked.length = 0;
      await (await fetch(`${api}/chats`)).text();
      await quiet();
      return asked;
    } finally {
      Reflect.deleteProperty(Object.prototype, 'then');
    }
  });
  await test('cannot be hidden: traps of options that are a proxy', async () => {
    const trapped: string[] = [];
    const handler: ProxyHandler<object> = {
      get: (target, key) => {
        trapped.push(`get ${String(key)}`);
        return Reflect.get(target, key);
      },
      has: (target, key) => {
        trapped.push(`has ${String(key)}`);
        return Reflect.has(target, key);
      },
      ownKeys: (target) => {
        trapped.push('ownKeys');
        return Reflect.ownKeys(target);
      },
      getPrototypeOf: (target) => {
        trapped.push('getPrototypeOf');
        return Reflect.getPrototypeOf(target);
      },
      getOwnPropertyDescriptor: (target, key) => {
        trapped.push(`getOwnPropertyDescriptor ${String(key)}`);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    };
    await (await fetch(`${api}/chats`, new Proxy({ method: 'POST', body: 'x' }, handler))).text();
    return trapped;
  });
}
