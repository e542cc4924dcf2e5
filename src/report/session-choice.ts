/** The session that a person names: by its id, the first digits of it, or its letter. */
import type { Analysis, SessionView } from '../analysis/api/analysis.ts';
import { boundedText } from '../text/bounded-text.ts';

/** The id of the session named; of the one with most events, the first of several, for null. A sentence where there is none. */
export function chooseSession(
  analysis: Analysis,
  name: string | null,
): { readonly id: string } | { readonly fault: string } {
  const sessions = analysis.sessions();
  const [first] = sessions;
  if (first === undefined || (name === null && sessions.every(({ eventCount }) => eventCount === 0)))
    return { fault: 'holds no session with chat events' };
  if (name === null) {
    const most = sessions.reduce((best, next) => (next.eventCount > best.eventCount ? next : best), first);
    return { id: most.id };
  }
  const found = sessionNamed(sessions, name);
  if (found.length === 1 && found[0] !== undefined) return { id: found[0].id };
  const known = sessions.slice(0, 8).map(({ id, letter }) => `${letter} ${boundedText(id)}`);
  const more = sessions.length > known.length ? ', …' : '';
  const fault = found.length === 0 ? 'has no session' : `has ${found.length} sessions`;
  return { fault: `${fault} ${JSON.stringify(boundedText(name))}; it has ${known.join(', ')}${more}` };
}

function sessionNamed(sessions: readonly SessionView[], name: string): readonly SessionView[] {
  const lower = name.toLowerCase();
  const exact = sessions.filter(({ id, chatId }) => id === name || chatId === name);
  if (exact.length > 0) return exact.slice(0, 1);
  const lettered = sessions.filter(({ letter }) => letter.toLowerCase() === lower);
  if (lettered.length > 0) return lettered;
  return lower.length < 8 ? [] : sessions.filter(({ id }) => id.toLowerCase().startsWith(lower));
}
