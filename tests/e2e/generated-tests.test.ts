/**
 * Sessions that this run's browser recorded become tests, and those play against the demo's page while its chat server is
 * off. Who plays is Chromium: Playwright drives no Firefox but its own.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../demo/scenarios/index.ts';
import { TRANSPORTS, type Transport } from '../../demo/script.ts';
import { dealtOut } from './harness/dealt-out.ts';
import { playWithHandlers } from './harness/msw-run.ts';
import { altered, type SavedPage, servePlain } from './harness/plain-page.ts';
import { runSpecs, type SpecResults } from './harness/playwright-run.ts';
import { type RecordedSession, recordSessions } from './harness/recorded-session.ts';

const LONG = process.env.E2E_LONG === '1';
const PLAYED = LONG
  ? SCENARIOS.map(({ name }) => name)
  : dealtOut(['ordinary', 'form', 'file', 'corrections']);

/** What cannot be played, each with the reason. */
const NOT_PLAYED: Readonly<Record<string, string>> = {
  'defects ws': 'the page counts messages that are no chat events, and what is no chat is not recorded',
  'defects sse': 'the same',
};

/** The same of MSW alone, whose page must show every line that it showed. */
const NOT_BY_MSW: Readonly<Record<string, string>> = {
  'broken-off fetch':
    'a poll on a path of the relay that fails is no chat, and not recorded: the page does not say so',
  'broken-off ws': 'typing is no step: the socket closes before the page has stopped typing, and it says so',
  'broken-off sse':
    'a stream that broke off and was taken up again is played as one: the page does not say so',
  'defects fetch': 'answers with errors on a path of the relay are no chat, and not recorded',
  'hostile fetch': 'a message of 20 MB is cut off when it is recorded',
  'hostile ws': 'the same',
  'hostile sse': 'the same',
};

/** By MSW the widget is not played: its frame is of another origin, which the worker of the page does not see. */
const BY_MSW: readonly Transport[] = ['fetch', 'ws', 'sse'];

/** Faults of a page, planted in its scripts, that a test of the scenario must find over these transports. */
const FAULTS: readonly {
  readonly fault: string;
  readonly scenario: string;
  readonly over: readonly Transport[];
  readonly file: string;
  readonly from: string;
  readonly to: string;
}[] = [
  {
    ...{ fault: 'a message is not sent', scenario: 'ordinary', over: ['xhr', 'ws'], file: 'visitor.ts' },
    from: 'async send(events) {',
    to: 'async send(events) { if (String(events[0]?.msg).startsWith("It is")) return;',
  },
  {
    // Every step is made, and every text is there: only the check of what went over the wire finds it.
    ...{
      fault: 'a message has an id that is a number',
      scenario: 'ordinary',
      over: ['xhr', 'ws'],
      file: 'visitor.ts',
    },
    from: 'const id = String(this.nextId);',
    to: 'const id = this.nextId;',
  },
  {
    ...{
      fault: 'a message is not shown',
      scenario: 'corrections',
      over: ['fetch', 'sse'],
      file: 'conversation.ts',
    },
    from: 'show(event, chatId) {',
    to: 'show(event, chatId) { if (event.event === "chat_session_message" && event.party_id !== chatId) return;',
  },
  {
    ...{ fault: 'a form is not answered', scenario: 'form', over: ['xhr', 'sse'], file: 'visitor.ts' },
    from: 'async send(events) {',
    to: 'async send(events) { if (events[0]?.event === "chat_session_form_data") return;',
  },
  {
    // Several: two may be answered in turn, and never be open at once.
    ...{ fault: 'polls are made beside the one', scenario: 'file', over: ['fetch'], file: 'fetch-link.ts' },
    from: 'this.keepPolling();',
    to: 'for (let more = 0; more < 5; more += 1) this.keepPolling();',
  },
];

for (const scenario of PLAYED) {
  describe(`the scenario ${scenario}`, () => {
    const sessions = new Map<Transport, RecordedSession>();
    beforeAll(async () => {
      for (const session of await recordSessions(scenario)) sessions.set(session.transport, session);
    });
    const of = (transport: Transport): RecordedSession => {
      const session = sessions.get(transport);
      if (session === undefined) throw new Error(`nothing was recorded over ${transport}`);
      return session;
    };
    const played = TRANSPORTS.filter((transport) => NOT_PLAYED[`${scenario} ${transport}`] === undefined);

    test(`goes as a spec of Playwright over ${played.join(', ')}`, async () => {
      const specs = played.map(
        (transport) => [`${transport}.spec.ts`, of(transport).testFor('playwright')] as const,
      );
      const results = await served(of('fetch'), of('fetch').page, () => runSpecs(new Map(specs)));
      expect(Object.fromEntries([...results].filter(([, { passed }]) => !passed))).toEqual({});
      expect([...results.keys()].sort()).toEqual(specs.map(([name]) => name).sort());
    });

    const byMsw = BY_MSW.filter((each) => NOT_BY_MSW[`${scenario} ${each}`] === undefined);
    for (const transport of byMsw.filter((each) => played.includes(each))) {
      test(`goes with handlers of MSW over ${transport}`, async () => {
        const { page, address, shown, testFor } = of(transport);
        const seen = await playWithHandlers(page, address, testFor('msw'));
        expect(seen.shown).toEqual(shown);
        expect(seen.sent).toEqual(seen.steps);
        expect(seen.unexpected).toEqual([]);
      });
    }

    for (const { fault, over, file, from, to } of FAULTS.filter((each) => each.scenario === scenario)) {
      test(`fails where ${fault}`, async () => {
        const page = altered(of('fetch').page, `/page/${file}`, from, to);
        // It fails by waiting: not for as long as a slow page is waited for.
        const soon = (code: string) => code.replace('timeout: 20_000', 'timeout: 4_000');
        const specs = over.map((each) => [`${each}.spec.ts`, soon(of(each).testFor('playwright'))] as const);
        const results = await served(of('fetch'), page, () => runSpecs(new Map(specs)));
        expect(failures(results).sort()).toEqual(specs.map(([name]) => name).sort());
      });
    }
  });
}

const failures = (results: SpecResults): string[] =>
  [...results].filter(([, { passed }]) => !passed).map(([name]) => name);

/** Runs it while the page is served where it was recorded. */
async function served<Result>(
  { address }: RecordedSession,
  page: SavedPage,
  run: () => Promise<Result>,
): Promise<Result> {
  const server = await servePlain(Number(new URL(address).port), page);
  try {
    return await run();
  } finally {
    await server.close();
  }
}
