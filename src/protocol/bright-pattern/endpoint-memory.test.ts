/** A path that was seen before is not read again; what is remembered of it must not leak into other URLs. */
import { expect, test } from 'vitest';
import { endpoint } from './endpoint.ts';

const path = 'https://h.test/clientweb/api/v1/chats/c-1/events';
const tenant = (url: string, method = 'GET') => {
  const found = endpoint(method, url);
  return found === null ? null : `${found.operation.id} ${found.chatId} ${found.tenantUrl}`;
};

test('each URL gives the same, whichever was asked for before it', () => {
  const expected: readonly (readonly [url: string, told: string | null])[] = [
    [path, 'poll c-1 null'],
    [`${path}?tenantUrl=a.test`, 'poll c-1 a.test'],
    [`${path}?tenantUrl=a.test&timestamp=1`, 'poll c-1 a.test'],
    [`${path}?tenantUrl=a.test&timestamp=2`, 'poll c-1 a.test'],
    [`${path}?tenantUrl=a.testing`, 'poll c-1 a.testing'],
    [`${path}?tenantUrl=b.test&timestamp=2`, 'poll c-1 b.test'],
    [`${path}?timestamp=2&tenantUrl=b.test`, 'poll c-1 b.test'],
    [`${path}?timestamp=2&tenantUrl=c.test#tenantUrl=d.test`, 'poll c-1 c.test'],
    [`${path}?timestamp=2`, 'poll c-1 null'],
    [`${path}#?tenantUrl=a.test`, 'poll c-1 null'],
    [`${path.replace('c-1', 'c-2')}?tenantUrl=a.test`, 'poll c-2 a.test'],
    [`${path}/more?tenantUrl=a.test`, null],
  ];
  for (const [first] of expected) {
    for (const [url, told] of expected) {
      tenant(first);
      expect(tenant(url), `${url} after ${first}`).toBe(told);
    }
  }
});

test('a GET and a POST of one path are two calls', () => {
  for (let turn = 0; turn < 2; turn += 1) {
    expect(endpoint('GET', path)?.operation.id).toBe('poll');
    expect(endpoint('POST', path)?.operation.id).toBe('post-events');
    expect(endpoint('DELETE', path)).toBeNull();
  }
});

test('what was read stays right when very many paths came between', () => {
  const url = (chat: number) =>
    `https://h.test/clientweb/api/v1/chats/c-${chat}/events?tenantUrl=t${chat}.test`;
  for (let chat = 0; chat < 10_000; chat += 1) endpoint('GET', url(chat));
  for (const chat of [0, 3_999, 4_000, 9_999]) expect(tenant(url(chat))).toBe(`poll c-${chat} t${chat}.test`);
});
