/** What of a trace a session's page heard and said: without what belongs to other sessions alone. */
import type { Analysis } from '../../analysis/api/analysis.ts';
import type { Observation } from '../../observation/observation.ts';

/**
 * The observations in their order. Calls of no session, such as those for a configuration, stay where the session's own
 * documents made them, or the page around them.
 */
export function sessionTraffic(
  analysis: Analysis,
  observations: Iterable<Observation>,
  sessionId: string,
): Iterable<Observation> {
  const own = new Set<string>();
  const others = new Set<string>();
  const otherParts = new Set<string>();
  for (let row = 0; row < analysis.totals.rows; row += 1) {
    const { session } = analysis.row(row);
    if (session === null) continue;
    const carrier = analysis.carrier(row);
    const observation = carrier === null ? undefined : analysis.observation(carrier.observation);
    if (observation === undefined) continue;
    (session === sessionId ? own : others).add(exchangeOf(observation));
    if (session !== sessionId) otherParts.add(placeOf(observation));
    else otherParts.delete(placeOf(observation));
  }
  const documents = documentsOf(observations, own);
  return {
    *[Symbol.iterator]() {
      for (const observation of observations) {
        const exchange = exchangeOf(observation);
        if (others.has(exchange) && !own.has(exchange)) continue;
        if (!documents.has(observation.documentId)) continue;
        // One socket or stream may serve several sessions.
        if (isMessage(observation) && otherParts.has(placeOf(observation))) continue;
        yield observation;
      }
    },
  };
}

/** Those that carried the session, and the pages that stood around them. */
function documentsOf(observations: Iterable<Observation>, own: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  let page: string | null = null;
  for (const observation of observations) {
    const { kind, documentId } = observation;
    if (kind === 'document' && observation.phase === 'start' && observation.top) page = documentId;
    if (!own.has(exchangeOf(observation))) continue;
    found.add(documentId);
    if (page !== null) found.add(page);
  }
  return found;
}

const isMessage = ({ kind }: Observation): boolean =>
  kind === 'frame' || kind === 'stream-event' || kind === 'chunk';

const exchangeOf = (observation: Observation): string =>
  `${'of' in observation ? observation.of : observation.seq} ${observation.documentId}`;

const placeOf = ({ documentId, seq }: Observation): string => `${seq} ${documentId}`;
