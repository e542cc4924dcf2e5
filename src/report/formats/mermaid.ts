/** Each session as a sequence diagram of Mermaid, and its way through the states as a state diagram. */
import type { Analysis, RowView, SessionView } from '../../analysis/api/analysis.ts';
import { shortened } from '../../text/humanize.ts';
import { sessionLetters } from './session-names.ts';

/** More arrows than this no renderer draws. */
const MOST_ARROWS = 400;

/** A text for several diagrams: each stands in a fence of its own, as trackers draw it. */
export function* writeMermaid(analysis: Analysis): Generator<string, void, undefined> {
  const letters = sessionLetters(analysis);
  const rows = rowsBySession(analysis);
  for (const session of analysis.sessions()) {
    const name = `Session ${letters.get(session.id) ?? ''}`;
    yield `## ${name}\n\n\`\`\`mermaid\n${sequence(name, session, rows.get(session.id) ?? [])}\`\`\`\n\n`;
    yield `\`\`\`mermaid\n${states(analysis, session)}\`\`\`\n\n`;
  }
  if (analysis.sessions().length === 0) yield 'No chat session.\n';
}

/** The sequence diagram of one session alone, without a fence. '' where there is no such session. */
export function sequenceOf(analysis: Analysis, id: string): string {
  const session = analysis.session(id);
  if (session === undefined) return '';
  return sequence(`Session ${session.letter}`, session, rowsBySession(analysis).get(id) ?? []);
}

function rowsBySession(analysis: Analysis): Map<string, RowView[]> {
  const found = new Map<string, RowView[]>();
  for (let row = 0; row < analysis.totals.rows; row += 1) {
    const view = analysis.row(row);
    if (view.session === null || view.seq === null) continue;
    const list = found.get(view.session);
    if (list === undefined) found.set(view.session, [view]);
    else if (list.length <= MOST_ARROWS) list.push(view);
  }
  return found;
}

function sequence(name: string, session: SessionView, rows: readonly RowView[]): string {
  const lines = ['sequenceDiagram', `  title ${words(name)}`, '  participant Page', '  participant Server'];
  const lanes = new Map<string, string>();
  for (const { name: party, id, kind } of session.parties) {
    if (kind === 'customer') continue;
    const lane = `P${lanes.size + 1}`;
    for (const key of [party, id]) if (key !== '') lanes.set(key, lane);
    lines.push(`  participant ${lane} as ${words(party || id) || lane}`);
  }
  for (const { direction, event, party, summary, severity } of rows.slice(0, MOST_ARROWS)) {
    const from = direction === 'out' ? 'Page' : (lanes.get(party) ?? 'Server');
    const to = direction === 'out' ? 'Server' : 'Page';
    const dashed = /typing/.test(event) ? '-->>' : '->>';
    const mark = severity === 'error' ? ' ⛔' : severity === 'warning' ? ' ⚠' : '';
    const said = summary === '' || summary === event ? '' : `: ${summary}`;
    lines.push(`  ${from}${dashed}${to}: ${words(`${event}${said}`)}${mark}`);
  }
  if (rows.length > MOST_ARROWS)
    lines.push(`  Note over Page: more than ${MOST_ARROWS} events, the rest is left out`);
  return `${lines.join('\n')}\n`;
}

function states(analysis: Analysis, { id }: SessionView): string {
  const machine = analysis.machine(id);
  const lines = ['stateDiagram-v2'];
  const names = new Map<string, string>();
  const nameOf = (state: string): string => {
    const known = names.get(state);
    if (known !== undefined) return known;
    const made = `s${names.size + 1}`;
    names.set(state, made);
    lines.push(`  state "${words(state)}" as ${made}`);
    return made;
  };
  for (const [at, { from, to, allowed }] of (machine?.steps ?? []).slice(0, MOST_ARROWS).entries()) {
    const start = from === null ? '[*]' : nameOf(from);
    lines.push(`  ${start} --> ${nameOf(to)} : ${at + 1}${allowed ? '' : ' not expected'}`);
  }
  if (lines.length === 1) lines.push('  [*] --> s1', '  state "unknown" as s1');
  return `${lines.join('\n')}\n`;
}

/** Captured text as a label: nothing in it is taken for a part of the diagram. */
function words(text: string): string {
  return (
    shortened(text, 80)
      .replaceAll(/[#;:"%{}<>`\\[\]()|&]/g, (char) => `#${char.charCodeAt(0)};`)
      .replaceAll(/^end$/gi, 'end.') || ' '
  );
}
