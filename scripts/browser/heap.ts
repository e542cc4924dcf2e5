import { setTimeout } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';

/**
 * How often a heap is collected and read, and how long apart, in milliseconds. A collection that finds an answer of
 * DevTools just arriving counts it, though nobody holds it: up to 10 MiB, seen in one of ten. What is held is in each.
 */
const READINGS = 4;
const APART = 250;

/** Bytes that a target's script holds: the least of its heap after several full collections, by its DevTools session. */
export async function heapOf(session: CDPSession): Promise<number> {
  try {
    const sizes: number[] = [];
    while (sizes.length < READINGS) {
      if (sizes.length) await setTimeout(APART);
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      sizes.push(usedSize);
    }
    return Math.min(...sizes);
  } finally {
    await session.detach();
  }
}

/** The same of a target that is no page, by the browser's own session. */
export async function heapOfTarget(protocol: CDPSession, targetId: string): Promise<number> {
  // Not flattened: Playwright gives no session of a worker's, and the older way of speaking to one goes through its parent.
  const { sessionId } = await protocol.send('Target.attachToTarget', { targetId, flatten: false });
  try {
    await ask(protocol, sessionId, 1, 'HeapProfiler.collectGarbage');
    const { usedSize } = await ask(protocol, sessionId, 2, 'Runtime.getHeapUsage');
    return Number(usedSize);
  } finally {
    await protocol.send('Target.detachFromTarget', { sessionId });
  }
}

function ask(
  protocol: CDPSession,
  sessionId: string,
  id: number,
  method: string,
): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const onMessage = (received: { sessionId: string; message: string }): void => {
      const answer = JSON.parse(received.message);
      if (received.sessionId !== sessionId || answer.id !== id) return;
      protocol.off('Target.receivedMessageFromTarget', onMessage);
      if (answer.error) reject(new Error(answer.error.message));
      else resolve(answer.result);
    };
    protocol.on('Target.receivedMessageFromTarget', onMessage);
    protocol
      .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
      .catch(reject);
  });
}
