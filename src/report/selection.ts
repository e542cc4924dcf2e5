/**
 * A part of a trace with what it takes to be understood: sessions, or what happened between two times, together with the
 * session's opening, its parties and its open forms.
 */
import type { Analysis, SessionView } from '../analysis/api/analysis.ts';
import type { AnnotationObservation, Observation } from '../observation/observation.ts';
import type { Role } from '../protocol/event-type.ts';

export interface Selection {
  /** Ids, first eight digits or letters of sessions; empty for all. */
  readonly sessions: readonly string[];
  /** Unix milliseconds; null for no bound. */
  readonly from: number | null;
  readonly until: number | null;
}

/** Roles of earlier events without which nobody knows where a session stands. */
const CONTEXT: ReadonlySet<Role> = new Set<Role>([
  ...(['status', 'joined', 'left', 'form-show', 'form-data', 'form-cancel', 'opening'] as const),
]);

export const isWhole = ({ sessions, from, until }: Selection): boolean =>
  sessions.length === 0 && from === null && until === null;

/** The session that a person named; null where there is none. */
export function namedSession(sessions: readonly SessionView[], name: string): SessionView | null {
  const lower = name.toLowerCase();
  const byId =
    sessions.find(({ id }) => id === name) ?? sessions.find(({ id }) => id.toLowerCase() === lower);
  if (byId !== undefined) return byId;
  const byBeginning = sessions.filter(
    ({ id }) => /^[0-9a-f]{8}/i.test(id) && id.slice(0, 8).toLowerCase() === lower,
  );
  if (byBeginning.length === 1) return byBeginning[0] ?? null;
  return sessions.find(({ letter }) => letter.toLowerCase() === lower) ?? null;
}

/**
 * The selected observations in their order.
 * @throws Error with one sentence where a session is not there.
 */
export function selected(
  analysis: Analysis,
  observations: Iterable<Observation>,
  selection: Selection,
): Iterable<Observation> {
  if (isWhole(selection)) return observations;
  const sessions = analysis.sessions();
  const chosen = new Set(
    selection.sessions.map((name) => {
      const session = namedSession(sessions, name);
      if (session === null) throw new Error(`there is no session ${JSON.stringify(name.slice(0, 100))}`);
      return session.id;
    }),
  );
  const from = selection.from ?? Number.NEGATIVE_INFINITY;
  const until = selection.until ?? Number.POSITIVE_INFINITY;
  const kept = keptExchanges(analysis, chosen, from, until);
  const bounded = selection.from !== null || selection.until !== null;
  const notes = new Set<string>();
  for (const each of observations) if (each.kind === 'annotation') notes.add(targetOf(each));
  return {
    *[Symbol.iterator]() {
      const given = new Set<string>();
      for (const observation of parts()) {
        if (notes.has(placeOf(observation))) given.add(placeOf(observation));
        if (observation.kind !== 'annotation' || given.has(targetOf(observation))) yield observation;
      }
    },
  };

  function* parts(): Generator<Observation, void, undefined> {
    for (const observation of observations) {
      const { kind, wallTime } = observation;
      const exchange = kept.get(keyOf(observation));
      if (kind === 'annotation') yield observation;
      else if (kind === 'document') {
        if (wallTime <= until) yield observation;
      } else if (kind === 'gap') {
        if (wallTime >= from && wallTime <= until) yield observation;
      } else if (exchange === 'whole') yield observation;
      else if (exchange === 'parts') {
        const isHead = kind === 'request' || kind === 'response' || kind === 'socket-open';
        if (isHead || kept.has(placeOf(observation)) || (wallTime >= from && wallTime <= until))
          yield observation;
      } else if (
        kind === 'page-error' &&
        chosen.size === 0 &&
        bounded &&
        wallTime >= from &&
        wallTime <= until
      )
        yield observation;
    }
  }
}

/**
 * Exchanges of which something is selected, by `keyOf`: polls and posts whole, of sockets and streams the parts in the
 * range and those, by `placeOf`, that an earlier event stands in without which the rest is not understood.
 */
function keptExchanges(
  analysis: Analysis,
  chosen: ReadonlySet<string>,
  from: number,
  until: number,
): Map<string, 'whole' | 'parts'> {
  const kept = new Map<string, 'whole' | 'parts'>();
  const roles = new Map(
    analysis.protocols.flatMap((protocol) =>
      protocol.events.map(({ name }) => [name, protocol.eventType(name).role] as const),
    ),
  );
  const needed = sessionsInRange(analysis, chosen, from, until);
  const opened = new Set<string>();
  for (let row = 0; row < analysis.totals.rows; row += 1) {
    const { wallTime, session, event } = analysis.row(row);
    if (session === null ? chosen.size > 0 : !needed.has(session)) continue;
    const first = session !== null && !opened.has(session);
    if (session !== null) opened.add(session);
    const inRange = wallTime >= from && wallTime <= until;
    const role = roles.get(event);
    if (!inRange && !(wallTime < from && (first || (role !== undefined && CONTEXT.has(role))))) continue;
    const carrier = analysis.carrier(row);
    const observation = carrier === null ? undefined : analysis.observation(carrier.observation);
    if (observation === undefined) continue;
    const connection =
      observation.kind === 'frame' ||
      observation.kind === 'chunk' ||
      observation.kind === 'stream-event' ||
      observation.kind.startsWith('socket');
    kept.set(keyOf(observation), connection ? 'parts' : 'whole');
    if (connection) kept.set(placeOf(observation), 'parts');
  }
  return kept;
}

function sessionsInRange(
  analysis: Analysis,
  chosen: ReadonlySet<string>,
  from: number,
  until: number,
): ReadonlySet<string> {
  if (chosen.size > 0) return chosen;
  const found = new Set<string>();
  for (const { id, startedAt, lastAt } of analysis.sessions())
    if (startedAt <= until && lastAt >= from) found.add(id);
  return found;
}

const keyOf = (observation: Observation): string =>
  `${'of' in observation ? observation.of : observation.seq} ${observation.documentId}`;

/** Of a person's note: what it is on. */
const targetOf = ({ documentId, of }: AnnotationObservation): string => `at ${of} ${documentId}`;

const placeOf = ({ documentId, seq }: Observation): string => `at ${seq} ${documentId}`;
