import { startDemo } from '../../demo/demo.ts';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { LAUNCH_DEFAULTS } from '../../scripts/browser/inspected-browser.ts';
import { wireToRow } from './latency.ts';
import { spread } from './page.ts';
import { fillRing, ROUND_EVENTS, throughBarePorts, throughExtension } from './pipe.ts';
import { type Figure, milliseconds, type Section } from './report.ts';

const BARE_PIPE = 'tests/bench/bare-pipe';
const LATENCY_MESSAGES = 1_000;
const LATENCY_RATE = 100;
/** Rounds that are taken in one go, before the other side has its turn. */
const TURN = 5;

/** From the page to the panel: how much the way carries, and how long one message takes. */
export async function waySection(extension: string, rounds: number): Promise<Section> {
  const demo = await startDemo({ log: false });
  try {
    const url = `${demo.url}nothing-here`;
    return {
      title: 'From the page to the panel',
      how: `Throughput: ${ROUND_EVENTS.toLocaleString('en')} events of 300 bytes at once, from a page's full ring to a receiver in the panel's place, and through bare ports with the same hops, ${rounds} rounds each in interleaved turns. Latency: ${LATENCY_MESSAGES.toLocaleString('en')} messages over a WebSocket, from the message event in the page to the frame of the real panel that shows its row.`,
      figures: [...(await throughput(extension, url, rounds)), await latency(extension, url)],
    };
  } finally {
    await demo.close();
  }
}

async function throughput(extension: string, url: string, rounds: number): Promise<Figure[]> {
  const ours = await launchChromium({ ...LAUNCH_DEFAULTS, extension });
  const bare = await launchChromium({ ...LAUNCH_DEFAULTS, extension: BARE_PIPE });
  try {
    await ours.open(url);
    await bare.open(url);
    await fillRing(ours);
    const ourPanel = await ours.openPanelPage();
    const barePanel = await bare.openPanelPage();
    const ourTimes: number[] = [];
    const bareTimes: number[] = [];
    while (ourTimes.length < rounds) {
      ourTimes.push(...(await throughExtension(ourPanel, TURN)));
      bareTimes.push(...(await throughBarePorts(barePanel, TURN)));
    }
    const [our, other] = [spread(ourTimes.map(perSecond)), spread(bareTimes.map(perSecond))];
    const text = ({ median, low, high }: typeof our) =>
      `${thousands(median)} events/s (${thousands(low)}–${thousands(high)})`;
    const ratio = our.median / other.median;
    return [
      { what: 'throughput of bare ports', value: text(other) },
      {
        what: 'throughput of the way from the ring to the panel',
        value: `${text(our)}, ratio ${ratio.toFixed(2)}`,
        budget: 'at least half of bare ports',
        over: ratio < 0.5,
      },
    ];
  } finally {
    await Promise.all([ours.close(), bare.close()]);
  }
}

async function latency(extension: string, url: string): Promise<Figure> {
  const browser = await launchChromium({ ...LAUNCH_DEFAULTS, extension });
  try {
    await browser.open(url);
    const panel = await browser.openDevTools('Chat');
    const times = [...(await wireToRow(browser, panel, LATENCY_MESSAGES, LATENCY_RATE))];
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    return {
      what: `from the wire to a painted row at ${LATENCY_RATE} events/s, median; p95; longest`,
      value: [at(0.5), at(0.95), at(1)].map(milliseconds).join('; '),
      budget: 'p95 under 50 ms',
      over: at(0.95) >= 50,
    };
  } finally {
    await browser.close();
  }
}

function perSecond(time: number): number {
  return (ROUND_EVENTS * 1000) / time;
}

function thousands(value: number): string {
  return (Math.round(value / 1000) * 1000).toLocaleString('en');
}
