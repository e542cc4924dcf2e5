import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Demo, startDemo } from './demo.ts';
import { floodEvent } from './flood.ts';

const COUNT = 2000;

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

it('an event of a flood is valid, distinct, and as long as asked', () => {
  expect(floodEvent(1, 300)).toHaveLength(300);
  expect(JSON.parse(floodEvent(1, 300))).toMatchObject({ event: 'chat_session_message', msg_id: '2' });
  expect(floodEvent(1, 300)).not.toBe(floodEvent(2, 300));
});

it('a flood over a socket arrives whole and in order, and the ledger has it', async () => {
  const socket = new WebSocket(`${demo.url.replace('http', 'ws')}rt?flood=${COUNT}&size=200`);
  const frames: string[] = [];
  socket.on('message', (data) => frames.push(data.toString()));
  await once(socket, 'close');
  expect(frames).toEqual(Array.from({ length: COUNT }, (_, n) => floodEvent(n, 200)));
  const noted = demo.log.entries.filter(({ opcode, direction }) => opcode === 1 && direction === 'out');
  expect(noted.map(({ body }) => body)).toEqual(frames);
});

it('a flood of polls gives one batch after the other', async () => {
  const answer = await fetch(`${demo.url}relay/poll?flood=250&from=200&batch=100&size=200`);
  const { events } = await answer.json();
  expect(events).toHaveLength(50);
  expect(JSON.stringify(events[0])).toBe(floodEvent(200, 200));
});

it('a flood over an event stream arrives whole', async () => {
  const leaving = new AbortController();
  const answer = await fetch(`${demo.url}stream?flood=${COUNT}&size=200`, { signal: leaving.signal });
  let text = '';
  for await (const bytes of answer.body ?? []) {
    text += Buffer.from(bytes).toString('utf8');
    if (text.includes(floodEvent(COUNT - 1, 200))) break;
  }
  leaving.abort();
  expect(text.match(/^data: /gm)).toHaveLength(COUNT);
});

it('without a ledger nothing is kept', async () => {
  const silent = await startDemo({ log: false });
  await (await fetch(`${silent.url}relay/poll?flood=10`)).text();
  expect(silent.log.entries).toEqual([]);
  await silent.close();
});
