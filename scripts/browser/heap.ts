import type { CDPSession } from 'playwright-core';

/** Bytes of a target's script heap after a full collection, by its DevTools session. */
export async function heapOf(session: CDPSession): Promise<number> {
  try {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize;
  } finally {
    await session.detach();
  }
}
