import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { InspectedTab, Panel } from '../../scripts/browser/inspected-browser.ts';
import { openPanel } from '../hook/hooked.ts';
import { ATTACKS, type NamedAttack } from './attacks/attacks.ts';
import { type Random, seeded } from './attacks/random.ts';
import { PLACES, type Place } from './harness/attackers.ts';
import { openStage, PLANTED } from './harness/stage.ts';
import { addFrame, expectOrigins, expectWhole, speak } from './harness/victim.ts';

/** `SEED=17` makes other attacks; `ATTACK='a flood'` carries out one. */
const SEED = Number(process.env.SEED ?? 1);
const CHOSEN = ATTACKS.filter(({ name }) => (process.env.ATTACK ?? name) === name);

/**
 * In the long run each attack by itself from every place; in the short one each once, from a place that `SEED` decides:
 * all of them from everywhere take a quarter of an hour.
 */
const rounds = (place: number): readonly (readonly NamedAttack[])[] =>
  process.env.E2E_LONG === '1' || process.env.ATTACK !== undefined
    ? CHOSEN.map((attack) => [attack])
    : [CHOSEN.filter((_attack, at) => (at + SEED) % PLACES.length === place)];

/** Where the attackers of this run have stood: what they made up stays in the recording of the victim's tab. */
const origins = new Set<string>();

let stage: Awaited<ReturnType<typeof openStage>>;
/** A tab of the victim's that has its panel open all the time. */
let watched: InspectedTab;
let live: Panel;

beforeAll(async () => {
  stage = await openStage();
  watched = await stage.browser.openBeside(`${stage.server.victim}/page`);
  live = await watched.openDevTools('Chat');
});

afterAll(() => stage.close());

for (const [at, place] of PLACES.entries()) {
  for (const attacks of rounds(at)) {
    const what = attacks.map(({ name }) => name).join(', ');
    test(`${place.name} leaves the victim's recording, its live panel and its settings alone: ${what}`, async () => {
      const { browser, server } = stage;
      const random = seeded(SEED);
      const who = (name: string) => `${name}-${at}-${attacks.map((each) => CHOSEN.indexOf(each)).join('-')}`;

      // At first the victim has no panel, and at the end of the page only the flight recorder has what it said.
      await suffer(['page', 'frame'].map(who), place, attacks, random);
      await browser.open(`${server.victim}/page/later`);
      await speak(browser, who('later'), 'after all');
      const panel = await openPanel(browser);
      onTestFinished(() => panel.close());
      const late = await expectWhole(panel, server, ['page', 'frame', 'later'].map(who));
      expectOrigins(late, origins);

      // Then its panel is open, and takes what the attacker says as well.
      await suffer(['open', 'open-frame'].map(who), place, attacks, random);
      expectOrigins(await expectWhole(panel, server, ['open', 'open-frame'].map(who)), origins);

      await speak(watched, 'watched', `after ${place.name}`);
      await expectWhole(live, server, ['watched']);
    });
  }
}

/** The victim's page and its frame chat while they are attacked; what the attacker hears tells nothing of the settings. */
async function suffer(
  [page = '', frame = '']: readonly string[],
  place: Place,
  attacks: readonly NamedAttack[],
  random: Random,
): Promise<void> {
  const { browser, server } = stage;
  await browser.open(`${server.victim}/page`);
  await addFrame(browser, `${server.victim}/page`, 'chat');
  await speak(browser, page, 'before');
  await speak(browser, frame, 'before', 'chat');
  const attacker = await place.enter(browser, server, browser);
  origins.add(attacker.origin);
  for (const { name, data } of attacks) {
    const heard = await attacker.act(name, data?.(random) ?? null);
    const told = heard.filter((text) => text.includes(PLANTED));
    expect.soft(told, name).toEqual([]);
    await speak(browser, page, `after ${name}`);
    await speak(browser, frame, `after ${name}`, 'chat');
    await speak(watched, 'watched', `after ${name}`);
  }
}
