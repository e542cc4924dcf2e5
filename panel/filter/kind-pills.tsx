/** Which kinds of rows are shown, as a click each: parts of the filter, which says so. */
import { effect, useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Topic } from '../../src/analysis/api/facts.ts';
import { count, counted } from '../format/format.ts';
import { SeverityMark } from '../marks/marks.tsx';
import type { Inspector } from '../store/inspector.ts';
import type { Counted } from '../store/kind-counts.ts';
import {
  type Choice,
  chosenIn,
  SEVERITY_CHOICE,
  showsRequests,
  TOPIC_CHOICE,
  withChosen,
  withRequests,
} from './kind-text.ts';
import './kind-pills.css';

/** Milliseconds between two counts, and how long one may look at rows. */
const PAUSE = 250;
const SLICE = 8;

const TOPIC_TITLES: Readonly<Record<Topic, string>> = {
  message: 'Messages',
  status: 'Status',
  party: 'Parties',
  typing: 'Typing',
  form: 'Forms, files',
};
const TOPICS = Object.entries(TOPIC_TITLES) as [Topic, string][];

export function KindPills({ inspector }: { inspector: Inspector }) {
  const trace = inspector.trace.value;
  // Drawn when rows were counted, and not with each that comes.
  const some = useComputed(() => inspector.trace.value.totals.value.rows > 0);
  useCounting(inspector);
  if (!some.value) return null;
  const filter = inspector.filterText.value;
  const use = (text: string) => void inspector.setFilter(text);
  const topics = chosenIn(filter, TOPIC_CHOICE);
  const severities = chosenIn(filter, SEVERITY_CHOICE);
  const requests = showsRequests(filter);
  const number = (kind: Counted) => trace.kinds.count(kind);
  return (
    <div class="kinds-bar">
      <fieldset class="kinds" aria-label="Kinds">
        <Pill
          pressed={topics.size === 0 && severities.size === 0}
          act={() => use(withChosen(withChosen(filter, TOPIC_CHOICE, NONE), SEVERITY_CHOICE, NONE))}
        >
          All
        </Pill>
        {TOPICS.map(([topic, title]) => (
          <Pill
            key={topic}
            pressed={topics.has(topic)}
            number={number(topic)}
            act={(several) => use(withChosen(filter, TOPIC_CHOICE, turned(topics, topic, several)))}
          >
            {title}
          </Pill>
        ))}
        <span class="kinds-divider" />
        {(['error', 'warning'] as const).map((severity) => (
          <Pill
            key={severity}
            pressed={severities.has(severity)}
            number={number(severity)}
            title={`Only ${severity}s`}
            act={(several) => use(withChosen(filter, SEVERITY_CHOICE, turned(severities, severity, several)))}
          >
            <SeverityMark severity={severity} />
          </Pill>
        ))}
        <span class="kinds-divider" />
        <NotesSwitch inspector={inspector} />
        <Pill
          pressed={requests}
          number={number('request')}
          title="Show requests that brought no event"
          act={() => use(withRequests(filter, !requests))}
        >
          Requests
        </Pill>
      </fieldset>
      <ColumnsButton inspector={inspector} />
    </div>
  );
}

/** Notes are said once a session; with the switch on, every row that has one shows its ring. */
function NotesSwitch({ inspector }: { inspector: Inspector }) {
  const { totals, analysis, findingsVersion } = inspector.trace.value;
  findingsVersion.value;
  if (totals.value.notes === 0) return null;
  const kinds = analysis.findingGroups().filter(({ severity }) => severity === 'note').length;
  const on = inspector.everyNote.on.value;
  return (
    <button
      type="button"
      class="pill notes-switch"
      aria-pressed={on}
      title={`${count(totals.value.notes)} notes: said at the first row of a session that has them; press to mark every row`}
      onClick={() => inspector.everyNote.toggle()}
    >
      <span class="mark mark-note" />
      Notes <span class="quiet">{counted(kinds, 'kind')}</span>
    </button>
  );
}

function ColumnsButton({ inspector }: { inspector: Inspector }) {
  const { dialogs } = inspector;
  if (!inspector.columns.offered) return null;
  return (
    <button
      type="button"
      class="button kinds-columns"
      aria-haspopup="dialog"
      aria-expanded={dialogs.open.value === 'columns'}
      onClick={() => dialogs.toggle('columns')}
    >
      Columns
    </button>
  );
}

const NONE: ReadonlySet<string> = new Set();

/** A click chooses this one alone, or none again; with Ctrl it is one of several. */
function turned(
  chosen: ReadonlySet<string>,
  value: Choice['values'][number],
  several: boolean,
): ReadonlySet<string> {
  if (!several) return chosen.has(value) && chosen.size === 1 ? NONE : new Set([value]);
  const next = new Set(chosen);
  if (!next.delete(value)) next.add(value);
  return next;
}

interface PillProps {
  readonly pressed: boolean;
  readonly number?: number;
  readonly title?: string;
  readonly act: (several: boolean) => void;
  readonly children: preact.ComponentChildren;
}

function Pill({ pressed, number, title, act, children }: PillProps) {
  return (
    <button
      type="button"
      class="pill"
      aria-pressed={pressed}
      title={title}
      onClick={(event) => act(event.ctrlKey || event.metaKey)}
    >
      {children}
      {number !== undefined && <span class="quiet">{count(number)}</span>}
    </button>
  );
}

/** Draws again when rows have been counted: a few times a second, however fast they come. */
function useCounting(inspector: Inspector): void {
  const looks = useSignal(0);
  looks.value;
  const trace = inspector.trace.value;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    const lookOn = () => {
      const until = performance.now() + SLICE;
      const whole = trace.kinds.lookOn(() => performance.now() >= until);
      timer.current = whole ? undefined : setTimeout(lookOn, PAUSE / 10);
      looks.value += 1;
    };
    const stop = effect(() => {
      trace.totals.value;
      trace.findingsVersion.value;
      timer.current ??= setTimeout(lookOn, looks.peek() === 0 ? 0 : PAUSE);
    });
    return () => {
      stop();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [trace, looks]);
}
