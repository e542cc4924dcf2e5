/** What is said of a trace, without the words that redaction replaces. */
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { Observation } from '../../observation/observation.ts';
import type { ChatProtocol } from '../../protocol/chat-protocol.ts';

/** Findings by rule and place, sessions with their states and parties, rows; names of members only where they are plain. */
export function judgement(observations: readonly Observation[], protocols?: readonly ChatProtocol[]): object {
  const analysis = createAnalysis(protocols === undefined ? {} : { protocols });
  analysis.add(observations);
  analysis.end();
  const sessions = analysis.sessions();
  const numbers = new Map(sessions.map(({ id }, at) => [id, at]));
  const rows = Array.from({ length: analysis.totals.rows }, (_, row) => analysis.row(row));
  return {
    totals: analysis.totals,
    findings: [...analysis.eachFinding()].map(
      ({ rule, severity, seq, row, session, path, exchange, frame, related }) => ({
        ...{ rule, severity, seq, row, exchange, frame, related },
        session: session === null ? null : numbers.get(session),
        path: path.map((step) =>
          typeof step === 'number' || /^[A-Za-z_$][\w$-]*$/.test(step) ? step : '‹›',
        ),
      }),
    ),
    sessions: sessions.map(
      ({ id, state, live, eventCount, startedAt, lastAt, transports, parties, second, sameChat }) => ({
        ...{ state, live, eventCount, startedAt, lastAt, transports, second },
        sameChat: sameChat.map((each) => numbers.get(each)),
        parties: parties.map(({ kind, present }) => ({ kind, present })),
        steps: analysis.machine(id)?.steps.map(({ from, to, row, allowed }) => [from, to, row, allowed]),
      }),
    ),
    rows: rows.map(({ kind, seq, wallTime, direction, transport, session, severity, truncated }) => ({
      ...{ kind, seq, wallTime, direction, transport, severity, truncated },
      session: session === null ? null : numbers.get(session),
    })),
  };
}
