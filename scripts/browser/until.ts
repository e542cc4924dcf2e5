/** How long a condition may take to come true before it counts as never, in milliseconds. */
export const PATIENCE = 90_000;
const PAUSE = 40;

/**
 * Asks again and again until the answer is neither null, undefined nor false, and gives it.
 * Throws what was waited for, and the last failure, when it does not come true.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  patience: number = PATIENCE,
): Promise<T> {
  const deadline = Date.now() + patience;
  let failure: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  const reason = failure instanceof Error ? `: ${failure.message}` : '';
  throw new Error(`Waited ${patience / 1000} s in vain for ${what}${reason}`);
}
