/** Whatever one frame says, what another frame's documents give stays the same, in the recorder and to the panel. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BackgroundToPanel, BackgroundToRelay } from '../messaging/contracts.ts';
import { parseLastWords } from '../messaging/last-words.ts';
import { relayMessageIn } from '../messaging/relay-messages.ts';
import { DEFAULT_SETTINGS } from '../messaging/settings.ts';
import { nearlyObservation } from '../observation/testing/any-observation.ts';
import { ClearedTabs } from './cleared-tabs.ts';
import { DocumentOwners } from './document-owners.ts';
import { FlightRecorder } from './flight-recorder.ts';
import type { RelayPort } from './living-documents.ts';
import { memory } from './storage-in-memory.ts';
import { Switchboard } from './switchboard.ts';

const CAPS = { recorderTabBytes: 100_000, recorderBytes: 1_000_000, recorderIdleMinutes: 30 };
const VICTIM = 'a'.repeat(32);
const ATTACKER = 'b'.repeat(32);

/** In the victim's own tab, as an ad is, or in another one. */
const tabs = fc.constantFrom(1, 2);
const ids = fc.constantFrom(VICTIM, ATTACKER, 'c'.repeat(32));
const places = fc.oneof(fc.nat(8), fc.constantFrom(-1, 0.5, 999_999_999, 1e15, 1e300, null));
const texts = fc.oneof(
  fc.array(nearlyObservation, { maxLength: 4 }).map((list) => JSON.stringify(list)),
  fc.constantFrom('', '[', '[]', 'null', '{}', '[{"kind":"request","seq":0}]', '[{"kind":"frame","seq":0}]'),
  fc.string(),
);
const batches = fc.record({
  ...{ type: fc.constant('batch'), documentId: ids, total: places, from: places, next: places, text: texts },
});
const hellos = fc.record({
  ...{
    type: fc.constant('hello'),
    documentId: ids,
    url: fc.string(),
    origin: fc.constant('https://shop.example'),
  },
  ...{ top: fc.boolean(), incognito: fc.constant(false), address: fc.constant(null) },
  ...{ shown: fc.nat(), cleared: fc.nat(), total: places },
});
const letters = fc.record({
  ...{ url: fc.string(), origin: fc.constantFrom('https://ad.example', 'null'), top: fc.boolean() },
  ...{ at: fc.nat(), shown: fc.nat(), address: fc.constant(null), batch: batches },
});
const attacks = fc.array(fc.oneof(hellos, batches, letters, fc.jsonValue(), fc.constant('gone')), {
  maxLength: 12,
});

function port(tab: number, frame: number, origin: string, got: BackgroundToRelay[] = []): RelayPort {
  const word = { origin, context: `of ${frame}`, url: `${origin}/` };
  return { tab, frame, incognito: false, word, send: (message) => got.push(message) };
}

async function shown(tab: number, attack: readonly unknown[]): Promise<object> {
  const storage = memory();
  const recorder = new FlightRecorder(storage, CAPS, () => 1_000);
  const due: (() => void)[] = [];
  const board = new Switchboard(
    recorder,
    new DocumentOwners(storage),
    new ClearedTabs(storage),
    DEFAULT_SETTINGS,
    (run) => due.push(run),
  );
  const toPanel: BackgroundToPanel[] = [];
  const toVictim: BackgroundToRelay[] = [];
  const victim = port(1, 0, 'https://shop.example', toVictim);
  const attacker = port(tab, 7, 'https://ad.example');
  const say = (who: RelayPort, said: unknown) => {
    const message = relayMessageIn(said);
    if (message) board.onRelay(who, message);
  };
  const speak = (from: number) => {
    const text = JSON.stringify([{ kind: 'end', of: 0, seq: from, wallTime: 1, monotonicTime: 1 }]);
    say(victim, { type: 'batch', documentId: VICTIM, total: from + 1, from, next: from + 1, text });
  };
  const hello = {
    url: 'https://shop.example/',
    origin: '',
    top: true,
    incognito: false,
    address: null,
    shown: 0,
    total: 0,
    cleared: 0,
  };
  say(victim, { ...hello, type: 'hello', documentId: VICTIM });
  await board.onSubscribe(1, { send: (message) => toPanel.push(message) }, {});
  for (const [at, each] of attack.entries()) {
    const words = parseLastWords(each);
    if (each === 'gone') board.onRelayGone(attacker);
    else if (words) await board.onLastWords({ tab, frame: 7 }, words);
    else say(attacker, each);
    if (at === 3) speak(0);
    if (at === 6) for (const run of due.splice(0)) run();
  }
  if (attack.length <= 3) speak(0);
  speak(1);
  for (const run of due.splice(0)) run();
  await recorder.flush();
  board.onRelayGone(victim);
  const replayed = await recorder.replay(1, () => true);
  return {
    panel: toPanel.filter((message) => 'documentId' in message && message.documentId === VICTIM),
    relay: toVictim,
    recorder: replayed.filter(({ documentId }) => documentId === VICTIM),
  };
}

test('nothing that a frame says changes what another frame gives', async () => {
  const alone = await shown(2, []);
  expect(alone).toMatchObject({ recorder: [{ observations: [{ seq: 0 }, { seq: 1 }] }] });
  await fc.assert(
    fc.asyncProperty(tabs, attacks, async (tab, attack) => {
      expect(await shown(tab, attack)).toEqual(alone);
    }),
    { numRuns: 300 },
  );
});
