/** Descriptors, inheritance and looks of what is tapped. */
import type { ProbeKit } from './kit.ts';

export async function probeShapes({ shape, test }: ProbeKit): Promise<void> {
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
}
