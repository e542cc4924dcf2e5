/** What the analysis says of a trace, as one hash: events, findings with their sentences, sessions, states, conversations. */
import { createHash } from 'node:crypto';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import { sentence } from '../../src/analysis/rules/sentence.ts';
import type { Observation } from '../../src/observation/observation.ts';

const PORTION = 7;

export function hashOf(observations: readonly Observation[]): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(saidOf(observations)));
  return hash.digest('hex').slice(0, 16);
}

/** One hash for several. */
export function hashOfHashes(hashes: readonly string[]): string {
  return createHash('sha256').update(hashes.join('\n')).digest('hex').slice(0, 16);
}

function saidOf(observations: readonly Observation[]): unknown {
  const analysis = createAnalysis();
  for (let at = 0; at < observations.length; at += PORTION) {
    analysis.add(observations.slice(at, at + PORTION));
  }
  analysis.end();
  const rows = Array.from({ length: analysis.totals.rows }, (_, row) => {
    const { kind, seq, wallTime, direction, transport, event, session, party, summary, size, severity } =
      analysis.row(row);
    const carrier = analysis.carrier(row);
    const exchange = analysis.exchangeOfRow(row);
    return [
      [kind, seq, wallTime, direction, transport, event, session, party, summary, size, severity],
      [carrier?.observation, carrier?.slice, carrier?.encoding],
      [exchange?.operation, exchange?.outcome, exchange?.duration, exchange?.siblings, exchange?.note],
      analysis.decoded(row)?.fields.map(({ path, type, presence }) => [path, type, presence]),
    ];
  });
  const findings = analysis.findings().map((finding) => {
    const { rule, severity, evidence, seq, row, event, session, path, exchange, frame, related } = finding;
    return [
      rule,
      severity,
      evidence,
      seq,
      row,
      event,
      session,
      path,
      exchange,
      frame,
      related,
      sentence(finding),
    ];
  });
  const sessions = analysis.sessions().map((session) => {
    const { id, chatId, state, live, eventCount, startedAt, lastAt, transports, parties } = session;
    return [
      [id, chatId, state, live, eventCount, startedAt, lastAt, transports],
      parties.map(({ id, name, kind, present, joined }) => [id, name, kind, present, joined]),
      analysis.machine(id),
      analysis.conformance(id),
      analysis.conversation(id)?.entries,
    ];
  });
  return [analysis.totals, rows, findings, sessions];
}
