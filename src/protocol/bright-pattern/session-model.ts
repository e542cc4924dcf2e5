/**
 * The life of a session as data. The documents name the states and what ends a session, and say nothing of the steps
 * between: those are our judgement. A transfer or an agent who does not answer makes steps back plausible.
 */
import type { ModelState, ModelTransition } from '../chat-protocol.ts';
import type { Evidence, SourceRef } from '../declaration.ts';
import { inferredStep, stateModel } from '../state-model.ts';
import { STATE_MEANINGS } from './field.ts';
import { source } from './source.ts';

type Place = readonly [column: number, row: number];

const meaningOf = new Map(STATE_MEANINGS);

const reported = (
  id: string,
  kind: ModelState['kind'],
  at: Place,
  from: SourceRef = source.ios,
): ModelState => ({
  id,
  title: id,
  meaning: meaningOf.get(id) ?? '',
  kind,
  evidence: from === source.ios ? 'observed' : 'documented',
  source: from,
  at,
});

const end = (id: string, meaning: string, at: Place, from: SourceRef, evidence: Evidence): ModelState => ({
  id,
  title: id,
  meaning,
  kind: 'end',
  evidence,
  source: from,
  at,
});

const states: readonly ModelState[] = [
  {
    id: 'unknown',
    title: 'unknown',
    meaning: 'The session lives; no status of it was seen yet.',
    kind: 'unknown',
    evidence: 'inferred',
    source: source.serverEvents,
    at: [0, 2],
  },
  reported('establishing', 'live', [1, 1], source.api1),
  reported('ivr', 'live', [1, 3]),
  reported('queued', 'live', [2, 1]),
  reported('connecting', 'live', [2, 3]),
  reported('connected', 'live', [3, 2]),
  reported('failed', 'end', [4, 0], source.serverEvents),
  { ...reported('completed', 'end', [4, 1], source.serverEvents), lenient: true },
  end(
    'timed-out',
    'Ended by the server: the customer was silent.',
    [4, 3],
    source.serverEvents,
    'documented',
  ),
  end(
    'gone',
    'The server no longer knows the session (error 5005, or 404).',
    [4, 4],
    source.api1,
    'documented',
  ),
  end('ended', 'Ended as it should, by chat_session_ended.', [5, 2], source.serverEvents, 'documented'),
];

const BEFORE_AGENT = ['establishing', 'ivr', 'queued', 'connecting'] as const;
const LIVE = [...BEFORE_AGENT, 'connected'] as const;

/** What leads to each end. */
const ENDS = [
  ['failed', 'status', 'The session failed.'],
  ['completed', 'status', 'The session is complete.'],
  ['timed-out', 'inactivity', 'The customer was silent for too long.'],
  ['gone', '5005', 'The server no longer knows the session.'],
  ['ended', 'chat_session_ended', 'The session was closed.'],
] as const;

const transitions: readonly ModelTransition[] = [
  inferredStep('unknown', 'unknown', 'event', 'An event that tells no state.'),
  ...LIVE.map((to) => inferredStep('unknown', to, 'status', 'The first state that is seen may be any.')),
  ...LIVE.map((state) => inferredStep(state, state, 'status', 'A state may be told again.')),
  ...BEFORE_AGENT.flatMap((from) =>
    BEFORE_AGENT.filter((to) => to !== from).map((to) =>
      inferredStep(from, to, 'status', 'Before an agent is there, the states come in any order.'),
    ),
  ),
  ...BEFORE_AGENT.map((from) => inferredStep(from, 'connected', 'status', 'An agent has accepted.')),
  inferredStep('connected', 'queued', 'status', 'A transfer to a queue.'),
  inferredStep('connected', 'ivr', 'status', 'A transfer to a scenario.'),
  ...['unknown', ...LIVE].flatMap((from) =>
    ENDS.map(([to, trigger, meaning]) => inferredStep(from, to, trigger, meaning)),
  ),
  ...['failed', 'completed', 'timed-out', 'gone'].map((from) =>
    inferredStep(from, 'ended', 'chat_session_ended', 'May follow any other end, and closes it.'),
  ),
];

export const sessionModel = stateModel({ states, transitions, initial: 'unknown' });
