/** Tap of `navigator.sendBeacon`: a request whose answer nobody ever sees. */
import { absoluteUrl } from './address.ts';
import { addLateBody, requestBody } from './body.ts';
import type { ChatTest } from './chat-test.ts';
import { openExchange } from './exchange.ts';
import { accompanyStart, privateList } from './natives.ts';
import { beginning } from './payload.ts';
import type { Recorder } from './recorder.ts';

export function tapBeacon(window: Window & typeof globalThis, chat: ChatTest, recorder: Recorder): void {
  accompanyStart(window.Navigator.prototype, 'sendBeacon', {
    after: (_self, args, queued) => onBeacon(args, queued === true),
  });

  function onBeacon(args: readonly unknown[], queued: boolean): void {
    const given = args.length > 0 ? args[0] : '';
    const content = args.length > 1 ? args[1] : undefined;
    const url = absoluteUrl(given);
    const isChat = chat.names(beginning(content), 'client');
    if (!isChat && !chat.url(url) && !chat.everything) return;
    const body = requestBody(content);
    const exchange = openExchange(
      chat,
      recorder,
      url,
      () => ({ kind: 'request', transport: 'beacon', method: 'POST', url, headers: privateList(), body }),
      isChat,
    );
    addLateBody(exchange, body, content);
    if (!queued) exchange.add({ kind: 'error', message: 'not queued by the browser', retrying: false });
  }
}
