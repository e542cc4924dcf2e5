/** EventSource: identity, events, reconnection. */
import type { ProbeKit } from './kit.ts';

export async function probeEventSource({ attempt, event, test, http }: ProbeKit): Promise<void> {
  await test('EventSource: identity and events', async () => {
    class Sub extends (EventSource as unknown as new (
      url: string,
    ) => EventTarget & Pick<EventSource, 'onopen' | 'onmessage' | 'readyState' | 'close'>) {
      override addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
        super.addEventListener(type, listener);
      }
    }
    const log: string[] = [];
    const source = new Sub(`${http}/stream`);
    const note = (each: Event): void => {
      log.push(`${each.type} ${(each as MessageEvent).lastEventId} ${each.isTrusted} ${source.readyState}`);
    };
    source.onopen = note;
    source.onmessage = note;
    source.addEventListener('chat', note);
    await event(source, 'error');
    source.close();
    return [
      log,
      source instanceof EventSource,
      source.constructor === Sub,
      Reflect.ownKeys(source).map(String),
      source.readyState,
      attempt(() => (EventSource as unknown as (url: string) => void)(http)),
      attempt(() => new EventSource('http://[')),
      attempt(() => EventSource.prototype.close.call({} as EventSource)),
    ];
  });
  await test('EventSource: connects again and says where it was', async () => {
    const source = new EventSource(`${http}/stream/again`);
    const heard: string[] = [];
    const states: number[] = [];
    source.onerror = () => states.push(source.readyState);
    await new Promise<void>((resolve) => {
      source.onmessage = ({ data, lastEventId }) => {
        heard.push(`${lastEventId} ${data}`);
        if (heard.length === 3) resolve();
      };
    });
    source.close();
    return [heard, states, source.readyState];
  });
  await test('EventSource: listeners of every kind', async () => {
    const log: string[] = [];
    const source = new EventSource(`${http}/stream?open`);
    const controller = new AbortController();
    const note = (name: string) => (each: Event) => log.push(`${name} ${each.eventPhase}`);
    const same = note('same');
    source.addEventListener('chat', same);
    source.addEventListener('chat', same);
    source.addEventListener('chat', { handleEvent: note('object') });
    source.addEventListener('chat', note('once'), { once: true });
    source.addEventListener('chat', note('capture'), true);
    source.addEventListener('chat', note('gone'), { signal: controller.signal });
    source.addEventListener('chat', null as unknown as EventListener);
    source.addEventListener('chat', note('removed'));
    const removed = note('removed');
    source.addEventListener('chat', removed);
    source.removeEventListener('chat', removed);
    controller.abort();
    await event(source, 'chat');
    source.close();
    return [
      log,
      attempt(() => (source.addEventListener as () => void)()),
      attempt(() => source.addEventListener('x', 1 as unknown as EventListener)),
    ];
  });
}
