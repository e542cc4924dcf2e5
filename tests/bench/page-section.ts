import { startDemo } from '../../demo/demo.ts';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { LAUNCH_DEFAULTS } from '../../scripts/browser/inspected-browser.ts';
import { NO_CHAT_TEXT, startNoChatServer } from './no-chat-server.ts';
import {
  LOADS,
  type Load,
  type MeasuredPage,
  type RoundFigures,
  round,
  type Spread,
  spread,
} from './page.ts';
import { launchPlain } from './plain-browser.ts';
import { type Figure, microseconds, milliseconds, type Section } from './report.ts';

const MESSAGES: Readonly<Record<Load, number>> = {
  websocket: 3000,
  send: 3000,
  xhr: 150,
  fetch: 150,
  stream: 3000,
};

type State = 'without' | 'closed' | 'devtools' | 'open';

/** What the page pays: every load in four browsers, in interleaved rounds. */
export async function pageSection(extension: string, rounds: number): Promise<Section> {
  const demo = await startDemo({ log: false });
  const url = `${demo.url}nothing-here`;
  const plain = await launchPlain(url, 'closed');
  const plainOpen = await launchPlain(url, 'open');
  const closed = await launchChromium({ ...LAUNCH_DEFAULTS, extension });
  const open = await launchChromium({ ...LAUNCH_DEFAULTS, extension });
  try {
    await closed.open(url);
    await open.open(url);
    await open.openDevTools('Chat');
    const measured = async (browser: typeof open): Promise<MeasuredPage> => ({
      thread: await browser.pageThread(),
      inPage: (inside, argument) => browser.inPage(inside, argument),
    });
    const pages: readonly (readonly [state: State, page: MeasuredPage])[] = [
      ['without', plain],
      ['closed', await measured(closed)],
      ['devtools', plainOpen],
      ['open', await measured(open)],
    ];
    const figures: Figure[] = [];
    for (const load of LOADS) {
      const taken: Record<State, RoundFigures[]> = { without: [], closed: [], devtools: [], open: [] };
      // The first round warms up.
      for (let n = -1; n < rounds; n++) {
        for (const [state, page] of pages) {
          const figure = await round(page, load, MESSAGES[load]);
          if (n >= 0) taken[state].push(figure);
        }
      }
      figures.push(...figuresOf(load, taken));
    }
    return {
      title: 'What the page pays',
      how: `Four Chromiums side by side, ${rounds} interleaved rounds each, over loopback, 300-byte chat events, a message a poll: without the extension; with it and the panel closed; without it and DevTools open; with it and its panel open. A message's wall time in the page (server, network, and with the panel open its drawing compete for the same cores) and its CPU time on the page's main thread, which is what the page itself pays; medians with their 95 % interval.`,
      figures,
    };
  } finally {
    await Promise.all([plain.close(), plainOpen.close(), closed.close(), open.close()]);
    await demo.close();
  }
}

/** What the page pays for traffic that is no chat, with the panel closed, in interleaved rounds. */
export async function noChatSection(extension: string, rounds: number): Promise<Section> {
  const server = await startNoChatServer();
  const plain = await launchPlain(server.url, 'closed');
  const closed = await launchChromium({ ...LAUNCH_DEFAULTS, extension });
  try {
    await closed.open(server.url);
    const tapped: MeasuredPage = {
      thread: await closed.pageThread(),
      inPage: (inside, argument) => closed.inPage(inside, argument),
    };
    const figures: Figure[] = [];
    for (const load of LOADS) {
      const native: RoundFigures[] = [];
      const ours: RoundFigures[] = [];
      for (let n = -1; n < rounds; n++) {
        const one = await round(plain, load, MESSAGES[load], NO_CHAT_TEXT);
        const other = await round(tapped, load, MESSAGES[load], NO_CHAT_TEXT);
        if (n < 0) continue;
        native.push(one);
        ours.push(other);
      }
      const wall = compared(spread(native.map((each) => each.wall)), spread(ours.map((each) => each.wall)));
      const thread = compared(
        spread(native.map((each) => each.thread)),
        spread(ours.map((each) => each.thread)),
      );
      figures.push({
        what: `${load}: no chat, panel closed`,
        value: `${wall.text}; CPU ${thread.text}`,
        budget: 'wall time: ratio 1.03 or 1 µs added',
        over: wall.ratio > 1.03 && wall.added > 1,
      });
    }
    return {
      title: 'What the page pays for traffic that is no chat',
      how: `Two Chromiums side by side, without the extension and with it and its panel closed, ${rounds} interleaved rounds, over loopback, 300 bytes of JSON a message that name no event, a message a poll. Wall time and CPU time of the page's main thread as above.`,
      figures,
    };
  } finally {
    await Promise.all([plain.close(), closed.close()]);
    server.close();
  }
}

function figuresOf(load: Load, taken: Readonly<Record<State, readonly RoundFigures[]>>): Figure[] {
  const wall = (state: State) => spread(taken[state].map((figure) => figure.wall));
  const thread = (state: State) => spread(taken[state].map((figure) => figure.thread));
  const closed = compared(wall('without'), wall('closed'));
  const open = compared(thread('devtools'), thread('open'));
  const longestOf = (state: State) => Math.max(...taken[state].map(({ longestTask }) => longestTask));
  const longest = longestOf('open');
  return [
    {
      what: `${load}: without the extension`,
      value: `${text(wall('without'))}; CPU ${text(thread('without'))}`,
    },
    {
      what: `${load}: panel closed`,
      value: `${closed.text}; CPU ${compared(thread('without'), thread('closed')).text}`,
      budget: 'wall time: ratio 1.03 or 2 µs added',
      over: closed.ratio > 1.03 && closed.added > 2,
    },
    {
      what: `${load}: without the extension, DevTools open`,
      value: `${text(wall('devtools'))}; CPU ${text(thread('devtools'))}; longest task ${milliseconds(longestOf('devtools'))}`,
    },
    {
      what: `${load}: panel open`,
      value: `${compared(wall('devtools'), wall('open')).text}; CPU ${open.text}; longest task ${milliseconds(longest)}`,
      budget: 'CPU: under 10 µs added; no task over 50 ms',
      over: open.added >= 10 || longest > 50,
    },
  ];
}

function compared(base: Spread, other: Spread) {
  const ratio = other.median / base.median;
  const added = other.median - base.median;
  return {
    ratio,
    added,
    text: `${text(other)}, ratio ${ratio.toFixed(3)}, ${microseconds(added)} added`,
  };
}

function text({ median, low, high }: Spread): string {
  return `${microseconds(median)} (${low.toFixed(1)}–${high.toFixed(1)})`;
}
