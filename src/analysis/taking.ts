/** Takes one observation of the trace to where its kind is dealt with. */
import type { DocumentObservation, GapObservation, Observation } from '../observation/observation.ts';
import type { ExchangeId, ObservationIndex } from './analysis.ts';
import { takeStreamBreak, takeStreamEvent } from './connection.ts';
import type { EventTools } from './event.ts';
import { takeAnswerChunk, takeBody, takeEnd, takeRequest, takeResponse } from './http.ts';
import { NONE } from './row-store.ts';
import { judgeDue } from './rules/open-ends.ts';
import { judgePollEnd } from './rules/transport.ts';
import { takeFrame, takeLateFrame, takeSocketClose, takeSocketOpen } from './socket.ts';
import type { TraceState } from './trace-state.ts';

/**
 * Each of the frequent kinds reads what all kinds have at a place of its own: engines read a field fast where the
 * objects that come by are of few shapes.
 * `place`: among those that were looked over with it.
 */
export function takeObservation(
  state: TraceState,
  observation: Observation,
  place: number,
  tools: EventTools,
): void {
  const index = state.observations.length;
  state.observations.push(observation);
  switch (observation.kind) {
    case 'request':
      passTime(state, observation.wallTime);
      takeRequest(state, observation, index, tools);
      return;
    case 'response': {
      passTime(state, observation.wallTime);
      const exchange = state.exchanges.find(observation.documentId, observation.of);
      if (exchange !== undefined) takeResponse(state, observation, exchange, index);
      return;
    }
    case 'body': {
      passTime(state, observation.wallTime);
      if (observation.role === 'frame') {
        takeLateFrame(state, observation, index, tools);
        return;
      }
      const exchange = state.exchanges.find(observation.documentId, observation.of);
      if (exchange !== undefined) takeBody(state, observation, exchange, index, tools);
      return;
    }
    case 'end': {
      passTime(state, observation.wallTime);
      const exchange = state.exchanges.find(observation.documentId, observation.of);
      if (exchange !== undefined) takeEnd(state, exchange, 'done', index, '', tools);
      return;
    }
    case 'frame': {
      passTime(state, observation.wallTime);
      const exchange = state.ahead.exchange(place, observation.documentId, observation.of);
      if (exchange !== undefined) takeFrame(state, observation, exchange, index, tools);
      return;
    }
    case 'stream-event': {
      passTime(state, observation.wallTime);
      const exchange = state.ahead.exchange(place, observation.documentId, observation.of);
      if (exchange !== undefined) takeStreamEvent(state, observation, exchange, index, tools);
      return;
    }
    default:
      passTime(state, observation.wallTime);
      takeSeldom(state, observation, index, tools);
  }
}

/** The time is the observation's from now on: what was due before it is judged. */
function passTime(state: TraceState, wallTime: number): void {
  state.now = wallTime;
  judgeDue(state);
}

type Frequent = 'request' | 'response' | 'body' | 'end' | 'frame' | 'stream-event';
type Seldom = Exclude<Observation, { readonly kind: Frequent }>;

function takeSeldom(
  state: TraceState,
  observation: Seldom,
  index: ObservationIndex,
  tools: EventTools,
): void {
  switch (observation.kind) {
    case 'document':
      takeDocument(state, observation, index);
      return;
    case 'gap':
      takeGap(state, observation, index);
      return;
    case 'page-error': {
      const during = observation.during;
      const exchange = during === null ? undefined : state.exchanges.find(observation.documentId, during);
      addPlainRow(state, observation, index, 'page-error', 'page error', exchange ?? NONE);
      return;
    }
    case 'annotation':
      addPlainRow(state, observation, index, 'annotation', 'note', NONE);
      return;
    case 'played':
      return;
    case 'socket-open':
      takeSocketOpen(state, observation, index);
      return;
    default:
      takePart(state, observation, index, tools);
  }
}

type Part = Extract<Seldom, { readonly of: number }>;

/** What belongs to an exchange that an earlier observation opened. */
function takePart(state: TraceState, observation: Part, index: ObservationIndex, tools: EventTools): void {
  const exchange = state.exchanges.find(observation.documentId, observation.of);
  if (exchange === undefined) return;
  switch (observation.kind) {
    case 'chunk':
      takeAnswerChunk(state, exchange, observation.payload, index, tools);
      return;
    case 'abort':
      takeEnd(state, exchange, 'aborted', index, observation.reason, tools);
      return;
    case 'error':
      if (observation.retrying) takeStreamBreak(state, exchange, index);
      else takeEnd(state, exchange, 'failed', index, observation.message, tools);
      return;
    case 'socket-close':
      takeSocketClose(state, observation, exchange, index);
      return;
    default:
  }
}

function takeDocument(state: TraceState, observation: DocumentObservation, index: ObservationIndex): void {
  if (observation.phase === 'hidden') return;
  const name = observation.phase === 'start' ? 'document' : `document ${observation.phase}`;
  addPlainRow(state, observation, index, 'document', name, NONE);
  if (observation.phase !== 'gone') return;
  state.heldFrames.release((exchange) => documentOf(state, exchange) === observation.documentId);
  endPollsOf(state, observation.documentId, index);
}

/** With its document a poll is gone too; that is nobody's fault. */
function endPollsOf(state: TraceState, documentId: string, index: ObservationIndex): void {
  for (const session of state.sessions.all()) {
    for (const poll of session.polls) {
      if (state.observations[state.exchanges.first(poll)]?.documentId !== documentId) continue;
      if (!state.exchanges.running(poll)) continue;
      state.exchanges.close(poll, 'aborted', index, state.now);
      judgePollEnd(state, session, poll, 'document gone');
    }
    const last = session.lastPoll;
    if (
      session.idleSince === Number.POSITIVE_INFINITY ||
      last === null ||
      state.observations[state.exchanges.first(last)]?.documentId !== documentId
    )
      continue;
    session.idleSince = Number.POSITIVE_INFINITY;
  }
}

const documentOf = (state: TraceState, exchange: ExchangeId): string | undefined =>
  state.observations[state.exchanges.first(exchange)]?.documentId;

function takeGap(state: TraceState, gap: GapObservation, index: ObservationIndex): void {
  state.dropped += Math.max(0, gap.count);
  addPlainRow(state, gap, index, 'gap', 'gap', NONE);
  const { documentId } = gap;
  state.heldFrames.release((exchange) => documentOf(state, exchange) === documentId);
  for (const session of state.sessions.all()) session.passGap();
}

function addPlainRow(
  state: TraceState,
  observation: Observation,
  index: ObservationIndex,
  kind: 'document' | 'gap' | 'page-error' | 'annotation',
  name: string,
  exchange: number,
): void {
  state.addRow({
    kind,
    observation: index,
    wallTime: observation.wallTime,
    name,
    direction: null,
    transport: null,
    exchange,
    session: NONE,
    frame: NONE,
    start: 0,
    end: 0,
    form: 'plain',
    truncated: false,
  });
}
