/** sendBeacon: results and errors. */
import type { ProbeKit } from './kit.ts';

export async function probeBeacon({ attempt, test, chat, api }: ProbeKit): Promise<void> {
  await test('sendBeacon', () => [
    navigator.sendBeacon(`${api}/chats`, chat),
    attempt(() => navigator.sendBeacon('http://[')),
    attempt(() => (navigator.sendBeacon as unknown as () => void).call(navigator)),
    attempt(() => Navigator.prototype.sendBeacon.call({} as Navigator, '/x')),
  ]);
  await test('sendBeacon: every kind of body', () => {
    const form = new FormData();
    form.set('event', chat);
    const bodies = [
      new Blob([chat]),
      new TextEncoder().encode(chat),
      form,
      new URLSearchParams({ chat }),
      null,
    ];
    return bodies.map((body) => attempt(() => navigator.sendBeacon(`${api}/chats`, body)));
  });
}
