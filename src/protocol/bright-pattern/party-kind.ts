/** The kinds of parties in a word for people. */
import type { PartyKinds } from '../chat-protocol.ts';

export const partyKinds: PartyKinds = {
  words: new Map([
    ['internal', 'agent'],
    ['external', 'external'],
    ['scenario', 'scenario'],
    ['msteams', 'MS Teams'],
  ]),
  agents: new Set(['internal', 'external']),
  automatic: 'scenario',
  customerHasChatId: true,
};
