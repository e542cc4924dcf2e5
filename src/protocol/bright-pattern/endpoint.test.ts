import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calls } from './call.ts';
import { endpoint } from './endpoint.ts';

const API = 'https://chat.example.net/clientweb/api';
const operation = (method: string, url: string) => endpoint(method, url)?.operation.id ?? null;

describe('endpoint', () => {
  test.each(calls)('$method $path is $operation in both versions', (call) => {
    const path = call.path.replaceAll(/\{(\w+)\}/g, '$1-1');
    expect(operation(call.method, `${API}/v1${path}`)).toBe(call.operation);
    expect(endpoint(call.method.toLowerCase(), `${API}/v2${path}/?tenantUrl=t`)).toMatchObject({
      operation: { id: call.operation },
      apiVersion: 'v2',
      chatId: path.includes('chatId-1') ? 'chatId-1' : null,
      tenantUrl: 't',
    });
  });

  test('hosts and what stands before the path do not count, doubled slashes neither', () => {
    expect(operation('GET', `${API}/v1//iceservers?tenantUrl=t`)).toBe('ice-servers');
    expect(operation('GET', '/clientweb/api/v1/chats/1/events')).toBe('poll');
    expect(operation('POST', 'http://h:98/proxy/clientweb/api/v1/chats/1//events/')).toBe('post-events');
    expect(operation('GET', 'https://h/clientweb/file/f-1')).toBe('download');
  });

  test('only the path counts', () => {
    expect(endpoint('GET', 'https://h/?u=/clientweb/api/v1/chats')).toBeNull();
    expect(endpoint('GET', 'https://h/#/clientweb/api/v1/availability')).toBeNull();
    expect(endpoint('DELETE', `${API}/v1/chats/1/events`)).toBeNull();
    expect(endpoint('OPTIONS', `${API}/v1/chats/1/events`)).toBeNull();
    expect(endpoint('GET', `${API}/v1/something/else`)).toBeNull();
  });

  test('ids and tenantUrl are decoded, and left as they are where that cannot be', () => {
    expect(endpoint('GET', `${API}/v1/chats/a%20b/events?x=1&tenantUrl=https%3A%2F%2Fh%2F`)).toMatchObject({
      chatId: 'a b',
      tenantUrl: 'https://h/',
    });
    expect(endpoint('GET', `${API}/v1/chats/%E0%A4%A/events`)?.chatId).toBe('%E0%A4%A');
  });

  test('any text as URL is read without an exception', () => {
    const url = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map((rest) => `${API}/v1/${rest}`),
    );
    fc.assert(fc.property(fc.string(), url, (method, text) => void endpoint(method, text)));
  });
});
