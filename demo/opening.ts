import { type Framing, framingByName } from './page/framing.ts';
import { scenarioByName } from './scenarios/index.ts';
import { type Scenario, WRAPS, type Wrap } from './script.ts';

/** How chats run when nobody says otherwise. */
export interface Defaults {
  readonly scenario: Scenario;
  readonly pace: number;
  /** Milliseconds an empty poll is held. */
  readonly hold: number;
}

/** What a request may choose about the chat that it opens. */
export interface Choice {
  readonly scenario: Scenario;
  readonly pace: number;
  readonly scripted: boolean;
  readonly wrap: Wrap | null;
  /** What stands around the messages of a relay; null for nothing. */
  readonly framing: Framing | null;
}

/** The choice in query or Request Chat parameters: `scenario`, `pace` (ms), `auto` (1: the visitor is scripted), `wrap`, `framing`. */
export function choose(parameter: (name: string) => string | null, defaults: Defaults): Choice {
  const pace = Number(parameter('pace') ?? '');
  return {
    scenario: scenarioByName(parameter('scenario') ?? '') ?? defaults.scenario,
    pace: parameter('pace') !== null && pace >= 0 ? pace : defaults.pace,
    scripted: parameter('auto') === '1',
    wrap: WRAPS.find((wrap) => wrap === parameter('wrap')) ?? null,
    framing: framingByName(parameter('framing')),
  };
}
