/** Requests that wait for an answer on a connection, and answers that end the waiting or say no. */
import { judge } from '../rules/judge.ts';
import type { EventContext } from '../state/event-context.ts';
import type { OpenRequest, OpenRequests } from '../state/open-requests.ts';
import { trackErrorAnswer } from '../state/session-tracker.ts';
import type { TraceState } from '../state/trace-state.ts';

/** `request`: the one that the event answers, if it is an answer. */
export function takePairing(
  state: TraceState,
  requests: OpenRequests,
  request: OpenRequest | undefined,
  { carrier, event, kind, row }: EventContext,
): void {
  const { exchange } = carrier;
  const { protocol, name } = kind;
  const session = state.sessions.at(state.rows.session(row));
  if (request === undefined) {
    if (session !== undefined) requests.add(exchange, event, { name, session: session.index });
    return;
  }
  if (session !== undefined) session.asked = false;
  requests.close(exchange, event);
  const { bodies, pairing } = protocol;
  if (pairing === null || !bodies.isError(event)) return;
  trackErrorAnswer(state, session, {
    exchange,
    protocol,
    operation: pairing.operation(request.name),
    status: null,
    code: bodies.errorCode(event),
    message: bodies.errorMessage(event),
    row,
  });
  judge(state);
}
