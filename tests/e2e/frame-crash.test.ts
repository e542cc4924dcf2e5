import { expect, test } from 'vitest';
import { until } from '../../scripts/browser/until.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { hooked, messagesIn, observations, openPanel, unbroken } from '../hook/hooked.ts';
import { chatText } from '../hook/server.ts';
import { standingFrame } from './harness/flood.ts';

/** A page that says, several times a second, that it is there. */
const speaker = (origin: string, server: string, name: string): string => {
  const script = `{
    const socket = new WebSocket(${JSON.stringify(`${server.replace('http', 'ws')}/rt`)});
    let said = 0;
    socket.onopen = () =>
      setInterval(() => socket.send(JSON.stringify({ event: 'chat_session_message', msg: '${name} ' + said++ })), 100);
  }`;
  return `${origin}/page?run=${encodeURIComponent(script)}`;
};

const said = (all: readonly Observation[], name: string): string[] =>
  messagesIn(all).filter((text) => text.includes(`"${name} `));
const expected = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => chatText(`${name} ${at}`));

test.each(['before the panel was opened', 'under the eyes of the panel'])(
  'a frame whose process ends %s keeps what it said, and the page goes on',
  async (when) => {
    const { browser, server } = await hooked();
    const { origin, otherOrigin } = server;
    const frame = speaker(otherOrigin, origin, 'frame');
    await browser.open(speaker(origin, origin, 'page'));
    await standingFrame(browser, frame);
    const opened = when.startsWith('under') ? await openPanel(browser) : null;
    const heard = (name: string) => server.heard.filter((text) => text.includes(`"${name} `)).length;
    await until('the frame to have spoken', async () => heard('frame') >= 30);
    await browser.endProcessOf(otherOrigin);
    const [ofFrame, ofPage] = [heard('frame'), heard('page')];
    const panel = opened ?? (await openPanel(browser));
    const seen = await observations(
      panel,
      'the page to have gone on',
      (all) => said(all, 'page').length > ofPage + 5,
    );
    expect(unbroken(seen)).toBe(true);
    expect(said(seen, 'page')).toEqual(expected('page', said(seen, 'page').length));
    const frames = said(seen, 'frame');
    expect(frames).toEqual(expected('frame', frames.length));
    // A process that is gone says no last words: what it had not handed on yet went with it.
    expect(frames.length).toBeGreaterThan(ofFrame / 3);
  },
);
