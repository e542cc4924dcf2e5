import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAuthorization, requestIssues } from './authorization.ts';
import { endpoint } from './endpoint.ts';

const SCHEME = 'MOBILE-API-140-327-PLAIN';

function told(header: string | null, query = '?tenantUrl=t', path = '/chats') {
  const call = endpoint(path === '/chats' ? 'POST' : 'GET', `https://h/clientweb/api/v1${path}${query}`);
  if (!call) throw new Error(`no call: ${path}`);
  return requestIssues(call, header).map(({ rule, params }) => `${rule} ${params.field}`);
}

describe('client/bad-authorization', () => {
  test.each([
    `${SCHEME} appId="test", clientId="123"`,
    `${SCHEME} appId=test, clientId=123`,
    `${SCHEME} appId="test",clientId="WebChat"`,
    `${SCHEME} clientId="***", appId="***"`,
    `${SCHEME} appId=***, clientId=***`,
    null,
  ])('%j is fine', (header) => expect(told(header)).toEqual([]));

  test.each([
    ['Bearer abc', 'Authorization'],
    ['', 'Authorization'],
    [`${SCHEME} appId: test; clientId: 1`, 'Authorization'],
    [`${SCHEME} appId="test" clientId="1"`, 'Authorization'],
    [`${SCHEME} appId="test"`, 'clientId'],
    [`${SCHEME} clientId="1"`, 'appId'],
    [`${SCHEME} appId="", clientId="1"`, 'appId'],
  ])('%j is not: %s', (header, field) => {
    expect(told(header)).toEqual([`client/bad-authorization ${field}`]);
  });

  test('tenantUrl is asked for, except of downloads', () => {
    expect(told(null, '')).toEqual(['client/bad-authorization tenantUrl']);
    expect(told(null, '?tenantUrl=')).toEqual(['client/bad-authorization tenantUrl']);
    expect(told(null, '', '/chats/1/files/2')).toEqual([]);
  });

  test('any text as header is read without an exception', () => {
    fc.assert(fc.property(fc.string(), (rest) => void parseAuthorization(`${SCHEME} ${rest}`)));
  });
});
