import { expect, it } from 'vitest';
import { maskAuthorization, withoutSecrets } from './authorization.ts';

it.each([
  [
    'MOBILE-API-140-327-PLAIN appId="a", clientId="WebChat"',
    'MOBILE-API-140-327-PLAIN appId="***", clientId="WebChat"',
  ],
  [
    'MOBILE-API-140-327-PLAIN appId=a, clientId=Webchat',
    'MOBILE-API-140-327-PLAIN appId=***, clientId=Webchat',
  ],
  ['MOBILE-API-140-327-PLAIN appId="", clientId="a b"', 'MOBILE-API-140-327-PLAIN appId="", clientId="***"'],
  ['MOBILE-API-140-327-PLAIN  appId="a" ,secret', 'MOBILE-API-140-327-PLAIN  appId="***",***'],
  ['Basic dXNlcjpwYXNz', 'Basic ***'],
  ['Basic dXNlcjpwYXM=', 'Basic ***'],
  ['Bearer abc.def-ghi', 'Bearer ***'],
  ['just-a-token', '***'],
  ['"quoted secret"', '***'],
  ['', ''],
])('%s is kept as %s', (value, kept) => {
  expect(maskAuthorization(value)).toBe(kept);
});

it('cookies are left out, whatever the case of their names', () => {
  expect(
    withoutSecrets([
      ['cookie', 'a'],
      ['SET-COOKIE', 'b'],
      ['accept', '*/*'],
    ]),
  ).toEqual([['accept', '*/*']]);
});
