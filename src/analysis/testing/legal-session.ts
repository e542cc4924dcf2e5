/** Generates the events of sessions that follow the model and the documents: what an ordinary server would send. */
import fc from 'fast-check';
import { brightPattern } from '../../protocol/bright-pattern/bright-pattern.ts';
import { AGENT, seconds } from './trace-builder.ts';

type Event = Readonly<Record<string, unknown>>;

const { model } = brightPattern;
const TOLD = new Set(['establishing', 'ivr', 'queued', 'connecting', 'connected', 'failed', 'completed']);

/** Walks the model: each number picks one of the steps that it has. */
export const legalSession: fc.Arbitrary<readonly Event[]> = fc
  .tuple(
    fc.constantFrom('establishing', 'ivr', 'queued', 'connected'),
    fc.array(fc.nat(1000), { maxLength: 12 }),
  )
  .map(([first, picks]) => {
    const events: Event[] = [statusOf(first)];
    let state: string = first;
    let present = false;
    let at = 0;
    for (const pick of picks) {
      if (state === 'connected' && !present) {
        at += 1;
        present = true;
        events.push({
          event: 'chat_session_party_joined',
          display_name: 'Dana Sample',
          first_name: 'Dana',
          last_name: 'Sample',
          party_id: AGENT,
          timestamp: seconds(at),
          type: 'internal',
        });
      }
      if (present && pick % 3 === 0) {
        at += 1;
        events.push({ event: 'chat_session_typing', party_id: AGENT, timestamp: seconds(at) });
        events.push({
          event: 'chat_session_message',
          msg: `text ${at}`,
          msg_id: String(at * 2),
          party_id: AGENT,
          timestamp: seconds(at),
        });
      }
      const next = model.next(state).filter((to) => TOLD.has(to) || to === 'ended');
      const to = next[pick % Math.max(1, next.length)];
      if (to === undefined || model.isEnd(state)) continue;
      if (present && to !== 'connected') {
        at += 1;
        present = false;
        events.push({ event: 'chat_session_party_left', party_id: AGENT, timestamp: seconds(at) });
      }
      events.push(to === 'ended' ? { event: 'chat_session_ended' } : statusOf(to));
      state = to;
    }
    return events;
  });

function statusOf(state: string): Event {
  return { event: 'chat_session_status', ewt: '10', state };
}
