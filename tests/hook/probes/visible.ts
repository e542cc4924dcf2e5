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
}
