import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from './exchange.ts';
import type { NotedSocket } from './relay/socket.ts';
import type { NotedStream } from './relay/stream.ts';

/** How much may wait in a socket before a flood pauses, in bytes. */
const HIGH_WATER = 1024 * 1024;
/** A flood lets the event loop breathe every so many events. */
const SLICE = 256;

/** What a flood's query asks for: `flood` events of about `size` bytes, at most `rate` a second (0: no limit). */
export interface Flood {
  readonly count: number;
  readonly size: number;
  readonly rate: number;
}

/** The flood that a URL asks for, or null. */
export function floodOf(url: URL): Flood | null {
  const number = (name: string, otherwise: number) => {
    const value = Number(url.searchParams.get(name) ?? otherwise);
    return Number.isFinite(value) && value >= 0 ? Math.floor(value) : otherwise;
  };
  const count = number('flood', 0);
  return count === 0 ? null : { count, size: number('size', 300), rate: number('rate', 0) };
}

/** The n-th event of a flood: a valid message, distinct from every other, `size` characters long where that fits. */
export function floodEvent(n: number, size: number): string {
  const head = `{"channel":"web","event":"chat_session_message","msg":"Message ${n} `;
  const tail = `","msg_id":"${n * 2}","party_id":"F100D000-0000-4000-8000-000000000001","timestamp":"${1_790_000_000 + Math.floor(n / 100)}"}`;
  return head + 'x'.repeat(Math.max(0, size - head.length - tail.length)) + tail;
}

/** Sends a flood over a socket, as fast as it is read, and closes it. */
export async function floodSocket(noted: NotedSocket, flood: Flood): Promise<void> {
  const { socket, send } = noted;
  await each(flood, async (n) => {
    if (socket.readyState !== socket.OPEN) return false;
    if (socket.bufferedAmount > HIGH_WATER) {
      await new Promise<void>((resolve) => send(floodEvent(n, flood.size), resolve));
    } else {
      send(floodEvent(n, flood.size));
    }
    return true;
  });
  socket.close(1000);
}

/** Sends a flood over an event stream, as fast as it is read, and ends it. */
export async function floodStream({ response, send }: NotedStream, flood: Flood): Promise<void> {
  await each(flood, async (n) => {
    if (response.destroyed) return false;
    if (send('', floodEvent(n, flood.size))) return true;
    await new Promise<void>((resolve) => {
      const goOn = () => {
        response.off('drain', goOn).off('close', goOn);
        resolve();
      };
      response.on('drain', goOn).on('close', goOn);
    });
    return true;
  });
  // Left open: an EventSource whose stream ends comes back and would have it all again.
}

/** Answers one poll of a flood: the `batch` events from `from` on. */
export function floodPoll(exchange: Exchange, flood: Flood): void {
  const from = Number(exchange.url.searchParams.get('from') ?? 0);
  const batch = Number(exchange.url.searchParams.get('batch') ?? 100);
  const end = Math.min(from + batch, flood.count);
  const events = Array.from({ length: Math.max(0, end - from) }, (_, i) => floodEvent(from + i, flood.size));
  exchange.answer(
    200,
    { 'Content-Type': 'application/json; charset=UTF-8' },
    `{"events":[${events.join(',')}]}`,
  );
}

async function each(flood: Flood, send: (n: number) => Promise<boolean>): Promise<void> {
  const start = performance.now();
  for (let n = 0; n < flood.count; n += 1) {
    const due = flood.rate === 0 ? 0 : start + (n * 1000) / flood.rate - performance.now();
    if (due > 0) await sleep(due);
    else if (n % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
    if (!(await send(n))) return;
  }
}
