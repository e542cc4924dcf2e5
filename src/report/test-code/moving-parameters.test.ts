import { expect, test } from 'vitest';
import { MovingParameters } from './moving-parameters.ts';

const addresses = (...texts: string[]) => {
  const urls = texts.map((text) => new URL(text));
  const moving = new MovingParameters(urls);
  return urls.map((url) => moving.address(url));
};

test('times, ids and tokens move; what is asked for stays', () => {
  const [address] = addresses(
    'https://a/poll?tenantUrl=shop.example&timestamp=1795977721123&chat=d6c1adc2-385b-42e5-9e0a-1883c2bc5f81&v=2&_=0.123456789',
  );
  expect(address).toEqual({
    origin: 'https://a',
    path: '/poll',
    query: [
      ['tenantUrl', 'shop.example'],
      ['v', '2'],
    ],
    ignored: ['timestamp', 'chat', '_'],
  });
});

test('what is another one nearly each time moves, however it looks; a few values that come again do not', () => {
  const counted = addresses(
    ...['1', '2', '3', '4'].map((n) => `https://a/poll?n=${n}&kind=${n < '3' ? 'x' : 'y'}`),
  );
  for (const { ignored, query } of counted) {
    expect(ignored).toEqual(['n']);
    expect(query.map(([name]) => name)).toEqual(['kind']);
  }
});

test('an id that the page made up stands for any in a path, and one that a server gave for itself', () => {
  const [made, given] = ['d6c1adc2-385b-42e5-9e0a-1883c2bc5f81', 'a0f9dc52-d24f-4491-983a-e0656430c9f1'];
  const urls = ['?chat=made', '?id=given', '/made/files/given'].map(
    (rest) => new URL(`https://a/chats${rest.replace('made', made).replace('given', given)}`),
  );
  const moving = new MovingParameters(urls, (text) => text === given);
  expect(urls.map((url) => moving.address(url).path)).toEqual([
    '/chats',
    '/chats',
    `/chats/*/files/${given}`,
  ]);
});

test('sockets keep their scheme', () => {
  expect(addresses('wss://relay.example/rt?x=1')[0]?.origin).toBe('wss://relay.example');
});
