/** Takes one observation of the trace to where its kind is dealt with. */
import type { DocumentObservation, GapObservation, Observation } from '../../observation/observation.ts';
import type { ExchangeId, ObservationIndex } from '../api/analysis.ts';
import { judge } from '../rules/judge.ts';
import { trackDue, trackEndOfTrace } from '../state/overdue-tracker.ts';
import { trackPollEnd } from '../state/poll-tracker.ts';
import type { TraceState } from '../state/trace-state.ts';
import type { TraceDocument } from '../tables/documents.ts';
import { type NewRow, NONE } from '../tables/row-table.ts';
import { settleFlags, takeAnnotation } from './annotations.ts';
import { takeAnswerChunk, takeBody, takeEnd, takeRequest, takeResponse } from './http-exchange.ts';
import { takeFrame, takeLateFrame, takeSocketClose, takeSocketOpen } from './socket-frames.ts';
import { takeStreamBreak, takeStreamEvent } from './stream-messages.ts';

/**
 * Each of the frequent kinds reads what all kinds have at a place of its own: engines read a field fast where the
 * objects that come by are of few shapes.
 * `place`: among those that were looked over with it.
 */
export function takeObservation(state: TraceState, observation: Observation, place: number): void {
  const index = state.observations.length;
  state.observations.push(observation);
  switch (observation.kind) {
    case 'request':
      passTime(state, observation);
      takeRequest(state, observation, index);
      return;
    case 'response': {
      passTime(state, observation);
      const exchange = state.exchanges.find(observation.documentId, observation.of);
      if (exchange !== undefined) takeResponse(state, observation, exchange, index);
      return;
    }
    case 'body': {
      passTime(state, observation);
      if (observation.role === 'frame') {
        takeLateFrame(state, observation, index);
        return;
      }
      const exchange = state.exchanges.find(observation.documentId, observation.of);
      if (exchange !== undefined)
        takeBody(state, observation, { exchange, index, wallTime: observation.wallTime });
      return;
    }
    case 'end': {
      passTime(state, observation);
      const exchange = state.exchanges.find(observation.documentId, observation.of);
      if (exchange !== undefined)
        takeEnd(state, { exchange, index, wallTime: observation.wallTime }, 'done', '');
      return;
    }
    case 'frame': {
      passTime(state, observation);
      const exchange = state.ahead.exchange(place, observation.documentId, observation.of);
      if (exchange !== undefined) takeFrame(state, observation, exchange, index);
      return;
    }
    case 'stream-event': {
      passTime(state, observation);
      const exchange = state.ahead.exchange(place, observation.documentId, observation.of);
      if (exchange !== undefined) takeStreamEvent(state, observation, exchange, index);
      return;
    }
    default:
      if (observation.kind === 'document') learnOrigin(state, observation);
      passTime(state, observation);
      takeSeldom(state, observation, index);
  }
}

/**
 * The time is the observation's from now on: what was due before it is judged, of the sessions that its origin can speak
 * of. Another origin's time decides nothing there.
 */
function passTime(state: TraceState, { wallTime, documentId }: Observation): void {
  state.now = wallTime;
  const document = state.exchanges.documents.find(documentId);
  for (let protocol = 0; protocol < state.readers.length; protocol += 1) {
    trackDue(state, state.origins.scopeOf(document, protocol));
  }
  judge(state);
}

/**
 * Nothing more comes: what waits is taken without what is missing, and what is open stays open. A person's note on what
 * is not there has a row of its own.
 */
export function takeEndOfTrace(state: TraceState): void {
  state.heldFrames.release('all');
  for (const session of state.sessions.all()) {
    trackEndOfTrace(state, session);
    judge(state);
  }
  settleFlags(state, 0);
  for (const { annotation } of state.flags.takeWaiting()) {
    const observation = state.observations[annotation];
    if (observation !== undefined) addNote(state, observation, annotation);
  }
}

type Frequent = 'request' | 'response' | 'body' | 'end' | 'frame' | 'stream-event';
type Seldom = Exclude<Observation, { readonly kind: Frequent }>;

function takeSeldom(state: TraceState, observation: Seldom, index: ObservationIndex): void {
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
      addPlainRow(state, observation, index, {
        kind: 'page-error',
        name: 'page error',
        exchange: exchange ?? NONE,
      });
      return;
    }
    case 'annotation':
      if (!takeAnnotation(state, observation, index)) addNote(state, observation, index);
      return;
    case 'played':
      return;
    case 'socket-open':
      takeSocketOpen(state, observation, index);
      return;
    default:
      takePart(state, observation, index);
  }
}

type Part = Extract<Seldom, { readonly of: number }>;

/** What belongs to an exchange that an earlier observation opened. */
function takePart(state: TraceState, observation: Part, index: ObservationIndex): void {
  const exchange = state.exchanges.find(observation.documentId, observation.of);
  if (exchange === undefined) return;
  const arrival = { exchange, index, wallTime: observation.wallTime };
  switch (observation.kind) {
    case 'chunk':
      takeAnswerChunk(state, arrival, observation.payload);
      return;
    case 'abort':
      takeEnd(state, arrival, 'aborted', observation.reason);
      return;
    case 'error':
      if (observation.retrying) takeStreamBreak(state, exchange, index);
      else takeEnd(state, arrival, 'failed', observation.message);
      return;
    case 'served':
      state.exchanges.serve(exchange);
      touchRows(state, exchange);
      return;
    case 'socket-close':
      takeSocketClose(state, observation, exchange, index);
      return;
    default:
  }
}

/** Before anything of it is judged: whose sessions it can speak of does not change any more then. */
function learnOrigin(state: TraceState, { documentId, origin }: DocumentObservation): void {
  const { documents } = state.exchanges;
  documents.setOrigin(documents.of(documentId), origin);
}

/** Its first row, which is there by then, is drawn again. */
function touchRows(state: TraceState, exchange: ExchangeId): void {
  const first = state.exchanges.firstRow(exchange);
  if (first !== NONE) state.touched.push(first);
}

function takeDocument(state: TraceState, observation: DocumentObservation, index: ObservationIndex): void {
  const document = state.exchanges.documents.of(observation.documentId);
  if (observation.phase === 'hidden') return;
  const name = observation.phase === 'start' ? 'document' : `document ${observation.phase}`;
  addPlainRow(state, observation, index, { kind: 'document', name, exchange: NONE });
  if (observation.phase !== 'gone') return;
  state.heldFrames.release(document.number);
  endPollsOf(state, document, index);
}

/** With its document a poll is gone too; that is nobody's fault. */
function endPollsOf(state: TraceState, document: TraceDocument, index: ObservationIndex): void {
  const { polls } = document;
  document.polls = null;
  document.goneBefore = state.exchanges.length;
  for (const poll of polls ?? []) {
    if (!state.exchanges.running(poll)) continue;
    state.exchanges.close(poll, 'aborted', index, state.now);
    const session = state.sessionOf(poll);
    if (session !== undefined) trackPollEnd(state, session, poll, 'document gone');
  }
  judge(state);
}

function takeGap(state: TraceState, gap: GapObservation, index: ObservationIndex): void {
  state.dropped += Math.max(0, gap.count);
  addPlainRow(state, gap, index, { kind: 'gap', name: 'gap', exchange: NONE });
  const { documentId } = gap;
  const document = state.exchanges.documents.find(documentId);
  if (document !== undefined) state.heldFrames.release(document.number);
  for (const { index: protocol } of state.readers)
    state.sessions.passGap(state.origins.scopeOf(document, protocol));
}

function addNote(state: TraceState, observation: Observation, index: ObservationIndex): void {
  addPlainRow(state, observation, index, { kind: 'annotation', name: 'note', exchange: NONE });
}

function addPlainRow(
  state: TraceState,
  observation: Observation,
  index: ObservationIndex,
  row: Pick<NewRow, 'kind' | 'name' | 'exchange'>,
): void {
  state.addRow({
    ...row,
    observation: index,
    wallTime: observation.wallTime,
    direction: null,
    transport: null,
    session: NONE,
    frame: NONE,
    start: 0,
    end: 0,
    form: 'plain',
    truncated: false,
  });
}
