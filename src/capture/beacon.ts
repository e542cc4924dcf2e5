/** Tap of `navigator.sendBeacon`: a request whose answer nobody ever sees. */
import { absoluteUrl } from './address.ts';
import { addLateBody, requestBody } from './body.ts';
import type { ChatTest } from './chat-test.ts';
import { accompany, privateList } from './natives.ts';
import { beginning } from './payload.ts';
import type { Recorder } from './recorder.ts';

export function tapBeacon(window: Window & typeof globalThis, chat: ChatTest, recorder: Recorder): void {
  accompany(window.Navigator.prototype, 'sendBeacon', {
    after: (_self, args, queued) => onBeacon(args, queued === true),
  });

  function onBeacon(args: readonly unknown[], queued: boolean): void {
    const given = args.length > 0 ? args[0] : '';
    const body = args.length > 1 ? args[1] : undefined;
    const url = absoluteUrl(given);
    const named = chat.text(beginning(body));
    if (named) chat.learn(url);
    if (!named && !chat.url(url) && !chat.origin(url)) return;
    const payload = requestBody(body);
    const seq = recorder.add(
      { kind: 'request', transport: 'beacon', method: 'POST', url, headers: privateList(), body: payload },
      url.length + (payload?.data.length ?? 0),
    );
    addLateBody(recorder, seq, payload, body);
    if (!queued)
      recorder.add({ kind: 'error', of: seq, message: 'not queued by the browser', retrying: false });
  }
}
