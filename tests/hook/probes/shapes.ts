/** Descriptors, inheritance and looks of what is tapped. */
import type { ProbeKit } from './kit.ts';

export async function probeShapes({ attempt, shape, test }: ProbeKit): Promise<void> {
  await test('descriptors of the window', () => shape(window));
  for (const name of [
    'WebSocket',
    'XMLHttpRequest',
    'EventSource',
    'Response',
    'ReadableStream',
    'Navigator',
  ] as const) {
    await test(`descriptors of ${name}`, () => shape(window[name]));
    await test(`descriptors of ${name}.prototype`, () => shape(window[name].prototype));
    await test(`inheritance of ${name}`, () => [
      Object.getPrototypeOf(window[name]).name,
      Object.getPrototypeOf(window[name].prototype).constructor.name,
      window[name].prototype.constructor === window[name],
      Object.isExtensible(window[name]),
    ]);
  }
  await test('global look of functions', () => [
    typeof fetch,
    fetch.name,
    fetch.length,
    'prototype' in fetch,
    Object.prototype.toString.call(fetch),
    /\[native code\]/.test(Function.prototype.toString.call(fetch)),
    /\[native code\]/.test(Function.prototype.toString.call(WebSocket)),
    /\[native code\]/.test(Function.prototype.toString.call(XMLHttpRequest.prototype.open)),
  ]);
  await test('what functions say of themselves', () => {
    class Mine extends WebSocket {}
    const asked = [fetch, WebSocket, XMLHttpRequest.prototype.open, navigator.sendBeacon, fetch.toString];
    return [
      asked.map((each) => [String(each), each.toString(), `${each}`]),
      // As error trackers ask before they wrap `fetch`, of this window and of a fresh frame's.
      /^function\s+\w+\(\)\s+\{\s+\[native code\]\s+\}$/.test(fetch.toString()),
      String(Mine),
      Mine.toString === Function.prototype.toString,
      asked.map((each) => each.toString.call(alert)),
      attempt(() => fetch.toString.call(1 as never)),
      shape(fetch.toString),
      [
        fetch.toString === WebSocket.toString,
        WebSocket.OPEN,
        Object.getPrototypeOf(fetch) === Function.prototype,
      ],
      (() => {
        const patched = Function.prototype.toString;
        Function.prototype.toString = () => 'patched by the page';
        try {
          return [String(fetch), String(WebSocket)];
        } finally {
          Function.prototype.toString = patched;
        }
      })(),
    ];
  });
}
