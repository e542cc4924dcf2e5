/** Requests that failed or were given up: what their promise, their stream or their signal says of it. */
import type { Exchange } from './exchange.ts';
import { getter, readData } from './natives.ts';

/** A request that was given up or that failed, as its promise or its stream says it. */
export function addFailure(exchange: Exchange, reason: unknown, init: unknown): void {
  const signal = readData(init, 'signal');
  const words = wordsOf(reason);
  const { name, message } = words;
  if (name === 'AbortError' || isAborted(signal)) addAbort(exchange, words);
  else exchange.add({ kind: 'error', message: message || name || 'error', retrying: false });
}

export function addAbort(exchange: Exchange, { name, message }: Words): void {
  exchange.add({ kind: 'abort', reason: message || name });
}

export function isAborted(signal: unknown): signal is AbortSignal {
  try {
    return isAbortedNow(signal);
  } catch {
    return false;
  }
}

interface Words {
  readonly name: string;
  readonly message: string;
}

/** What an error says of itself, without running a getter of the page's. */
export function wordsOf(reason: unknown): Words {
  try {
    return { name: exceptionName(reason), message: exceptionMessage(reason) };
  } catch {
    const name = readData(reason, 'name');
    const message = readData(reason, 'message');
    return {
      name: typeof name === 'string' ? name : '',
      message: typeof message === 'string' ? message : typeof reason === 'string' ? reason : '',
    };
  }
}

const isAbortedNow = getter(AbortSignal.prototype, 'aborted');
const exceptionName = getter(DOMException.prototype, 'name');
const exceptionMessage = getter(DOMException.prototype, 'message');
