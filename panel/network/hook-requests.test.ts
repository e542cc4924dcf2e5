import { expect, test } from 'vitest';
import type { Observation } from '../../src/observation/observation.ts';
import { HookRequests, KEPT } from './hook-requests.ts';

const START = 1_000_000;
const common = { documentId: 'a', frame: 0, monotonicTime: 0, source: 'hook' } as const;

function request(seq: number, url: string): Observation {
  const what = { kind: 'request', transport: 'fetch', method: 'GET', headers: [], body: null } as const;
  return { ...common, seq, wallTime: START, ...what, url };
}

function end(seq: number, of: number): Observation {
  return { ...common, seq, wallTime: START, kind: 'end', of };
}

test('a request that goes on keeps none that ended from being forgotten, and is not forgotten itself', () => {
  const requests = new HookRequests();
  requests.take([request(0, 'https://a/held'), request(1, 'https://a/ended'), end(2, 1)], 0);
  requests.forget(START + KEPT - 1);
  expect(requests.of('GET', 'https://a/ended')).toHaveLength(1);
  requests.forget(START + 2 * KEPT);
  expect(requests.of('GET', 'https://a/ended')).toHaveLength(0);
  expect(requests.of('GET', 'https://a/held')).toHaveLength(1);
});
