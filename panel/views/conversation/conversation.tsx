/** The session as its people saw it: who took part, and what was said, with what became of each message. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ConversationEntry, EventMark, PartyView } from '../../../src/analysis/api/analysis.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { clock, count, milliseconds } from '../../format/format.ts';
import { Captured } from '../../marks/captured.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { RangeNote } from '../overview/range-note.tsx';
import { rangeIn } from '../overview/range-text.ts';
import { SessionPicker, shownSession } from '../session/session-picker.tsx';
import { FormLine, MessageLine, NoticeLine } from './entry-lines.tsx';
import './conversation.css';

export function Conversation({ inspector }: { inspector: Inspector }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section class="conversation" aria-label="Conversation" tabIndex={0}>
      <ConversationOfSession inspector={inspector} />
    </section>
  );
}

function ConversationOfSession({ inspector }: { inspector: Inspector }) {
  const trace = inspector.trace.value;
  trace.sessionsVersion.value;
  const { sessions, rows } = trace.totals.value;
  const latest = useMemo(() => trace.analysis.latestSessions(1)[0]?.id ?? null, [trace, sessions]);
  const session = shownSession(inspector, trace, trace.selected.value, latest);
  // The rows of other sessions change nothing here.
  const seen = session === null ? undefined : trace.analysis.session(session);
  const view = useMemo(
    () => (session === null ? null : trace.analysis.conversation(session)),
    [trace, session, seen?.eventCount, seen?.lastAt, rows < SMALL ? rows : 0],
  );
  const range = rangeIn(inspector.filterText.value);
  const entries = useMemo(() => {
    const all = view?.entries ?? [];
    if (range === null) return all;
    return all.filter(({ wallTime }) => wallTime >= range.from && wallTime < range.to);
  }, [view, range?.from, range?.to]);
  if (session === null || view === null) {
    return (
      <div class="view-empty">
        <p class="empty-title">No session yet.</p>
        <p class="quiet">A session appears with the first chat event; what is said in it is listed here.</p>
      </div>
    );
  }
  return (
    <>
      <div class="view-bar">
        <SessionPicker inspector={inspector} trace={trace} session={session} count={sessions} />
        <Parties parties={view.parties} />
        <RangeNote inspector={inspector} />
      </div>
      <Entries inspector={inspector} trace={trace} entries={entries} key={session} />
    </>
  );
}

/** Up to so many rows the conversation is made anew with every change, beyond it only with those of the session. */
const SMALL = 50_000;

/** Parties named in the bar; hostile traffic has any number. */
const PARTIES = 12;

function Parties({ parties }: { parties: readonly PartyView[] }) {
  if (parties.length === 0) return <span class="quiet">no party seen yet</span>;
  return (
    <ul class="parties" aria-label="Parties">
      {parties.slice(0, PARTIES).map((party) => (
        <li key={party.id} class="party" title={shownText(party.id)}>
          <span class="party-name">
            <Captured text={nameOf(party)} />
          </span>
          <span class="quiet">
            {nameOf(party) === party.label ? '' : `${party.label}, `}
            {presence(party)}
          </span>
        </li>
      ))}
      {parties.length > PARTIES && <li class="quiet">and {count(parties.length - PARTIES)} more</li>}
    </ul>
  );
}

/** Customers and automatic parties have no names; there is mostly one of each. */
function nameOf(party: PartyView): string {
  if (party.name !== '') return party.name;
  return actsWithoutJoining(party) ? party.label : party.id;
}

function presence(party: PartyView): string {
  if (party.present) return 'present';
  if (party.joined) return 'gone';
  return actsWithoutJoining(party) ? 'takes part' : 'never joined';
}

const actsWithoutJoining = ({ kind, automatic }: PartyView): boolean => kind === 'customer' || automatic;

/** Entries listed at first, the latest ones. */
const LISTED = 300;

interface EntriesProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly entries: readonly ConversationEntry[];
}

function Entries({ inspector, trace, entries }: EntriesProps) {
  const limit = useSignal(LISTED);
  if (entries.length === 0) {
    const ranged = rangeIn(inspector.filterText.value) !== null;
    return (
      <p class="view-empty quiet">{ranged ? 'Nothing was said in this time.' : 'Nothing was said yet.'}</p>
    );
  }
  const start = Math.max(0, entries.length - limit.value);
  const chosen = trace.selected.value;
  return (
    <>
      {start > 0 && (
        <p class="talk-earlier">
          <button
            type="button"
            class="link"
            onClick={() => {
              limit.value += LISTED * 10;
            }}
          >
            show the {count(start)} earlier
          </button>
        </p>
      )}
      <ol class="talk" aria-label="Messages">
        {entries.slice(start).map((entry) => (
          <li
            key={entry.row}
            class={`talk-entry talk-${entry.kind}${entry.direction === 'out' ? ' talk-out' : ''}`}
            aria-current={entry.row === chosen ? 'true' : undefined}
          >
            <Place inspector={inspector} mark={entry} />
            <Line entry={entry} inspector={inspector} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Line({ entry, inspector }: { entry: ConversationEntry; inspector: Inspector }) {
  switch (entry.kind) {
    case 'notice':
      return <NoticeLine entry={entry} />;
    case 'form':
      return <FormLine entry={entry} inspector={inspector} />;
    default:
      return <MessageLine entry={entry} inspector={inspector} />;
  }
}

/** When it was, as a link to its row. */
function Place({ inspector, mark }: { inspector: Inspector; mark: EventMark }) {
  return (
    <button type="button" class="link talk-time" onClick={() => inspector.reveal(mark.row)}>
      {clock(mark.wallTime)}
      <span class="cell-ms">{milliseconds(mark.wallTime)}</span>
      <span class="spoken">{mark.seq === null ? `, row ${mark.row + 1}` : `, event ${mark.seq}`}</span>
    </button>
  );
}
