/** Looking at the customer's page together. */
import { declareEvent, type FieldDraft } from '../draft.ts';
import { msgId } from '../field.ts';
import { source } from '../source.ts';

const documented = { source: source.api1, since: 'v1' } as const;

const session = (more: Partial<FieldDraft> = {}): readonly FieldDraft[] => [
  { name: 'provider_type', meaning: 'The co-browsing product.', ...more },
  {
    name: 'cobrowsing_url',
    format: 'url',
    sensitive: true,
    volatile: true,
    meaning: 'Address by which the agent joins.',
    ...more,
  },
  {
    name: 'cobrowsing_id',
    sensitive: true,
    volatile: true,
    evidence: 'observed',
    source: source.widget,
    meaning: 'Identifier of the co-browsing session.',
  },
];

const observed = { evidence: 'observed', source: source.widget } as const;

export const cobrowsingEvents = [
  declareEvent({
    name: 'chat_session_cobrowsing_requested',
    direction: 'server',
    title: 'Chat Session Cobrowsing Requested',
    meaning: 'The agent asks to look at the page.',
    ...documented,
    fields: [msgId()],
  }),
  declareEvent({
    name: 'chat_session_cobrowsing_rejected',
    direction: 'client',
    title: 'Chat Session Cobrowsing Rejected',
    meaning: 'The customer declines.',
    ...documented,
    fields: [msgId(observed), ...session(observed)],
  }),
  declareEvent({
    name: 'chat_session_cobrowsing_started',
    direction: 'client',
    title: 'Chat Session Cobrowsing Started',
    meaning: 'The customer shares the page.',
    ...documented,
    fields: [...session(), msgId(observed)],
  }),
  declareEvent({
    name: 'chat_session_cobrowsing_ended',
    direction: 'client',
    title: 'Chat Session Cobrowsing Ended',
    meaning: 'The page is no longer shared.',
    ...documented,
    fields: [msgId(observed), ...session(observed)],
  }),
];
