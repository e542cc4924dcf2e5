import { expect, test } from 'vitest';
import '../../tests/fixtures/bare-page.ts';
import { answerHeaders, maskAuthorization, mediaType, requestHeader } from './headers.ts';

test.each([
  [
    'MOBILE-API-140-327-PLAIN appId="test", clientId="123"',
    'MOBILE-API-140-327-PLAIN appId="***", clientId="***"',
  ],
  ['MOBILE-API-140-327-PLAIN appId=abc, clientId=def', 'MOBILE-API-140-327-PLAIN appId=***, clientId=***'],
  [
    'MOBILE-API-140-327-PLAIN appId="a, b", clientId="WebChat"',
    'MOBILE-API-140-327-PLAIN appId="***", clientId="WebChat"',
  ],
  [
    'MOBILE-API-140-327-PLAIN appId="", clientId="Webchat',
    'MOBILE-API-140-327-PLAIN appId="", clientId="Webchat',
  ],
  ['Bearer abc.def', 'Bearer ***'],
  ['Basic dXNlcjpwYXNz==', 'Basic ***'],
  ['secret', '***'],
])('%s is captured as %s', (header, masked) => {
  expect(maskAuthorization(header)).toBe(masked);
});

test('only headers that matter to a chat are captured', () => {
  expect(requestHeader('Cookie', 'session=1')).toBeNull();
  expect(requestHeader('Content-Type', 'application/json')).toEqual(['Content-Type', 'application/json']);
  expect(
    Array.from(
      answerHeaders('content-type: text/event-stream; charset=utf-8\r\nset-cookie: a=b\r\nx-other: 1\r\n'),
    ),
  ).toEqual([['content-type', 'text/event-stream; charset=utf-8']]);
});

test('the media type is said without its parameters', () => {
  expect(mediaType([['Content-Type', 'Text/Event-Stream; charset=utf-8']])).toBe('text/event-stream');
  expect(mediaType([])).toBe('');
});
