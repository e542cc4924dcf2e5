/** The list of problems: groups, their defects and each finding, moved in and folded by keys. */
// biome-ignore-all lint/a11y/useSemanticElements: a <table> has no rows that open and close.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row.
import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ruleOf } from '../../../src/analysis/rules/rules.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { clock, count, counted, hueOf, milliseconds } from '../../format/format.ts';
import { ChevronIcon } from '../../icons/icons.tsx';
import { Captured } from '../../marks/captured.tsx';
import { SeverityMark } from '../../marks/marks.tsx';
import { Sentence } from '../../marks/sentence.tsx';
import { SessionChip } from '../../marks/session-chip.tsx';
import type { Inspector } from '../../store/inspector.ts';
import { targetPosition } from '../timeline/grid-keys.ts';
import { TRANSPORT_NAMES } from '../timeline/row-element.ts';
import { type Folding, foldByKey, type ProblemLine } from './defect-lines.ts';
import type { Defect, DefectGroup, Grouping } from './defects.ts';
import { shortEvent } from './problem-words.ts';

/** Letters of sessions that have room in a row. */
const LETTERS = 6;
/** A row, in pixels, for the keys that move by a page; the style sheet has it too. */
const ROW = 24;

interface ProblemTreeProps {
  readonly inspector: Inspector;
  readonly lines: readonly ProblemLine[];
  readonly grouping: Grouping;
  readonly folding: Signal<Folding>;
  /** Key of a line. */
  readonly chosen: Signal<string | null>;
  readonly showAll: (defect: Defect) => void;
}

export function ProblemTree({ inspector, lines, grouping, folding, chosen, showAll }: ProblemTreeProps) {
  const grid = useRef<HTMLDivElement>(null);
  const place = lines.findIndex(({ key }) => key === chosen.value);
  useLayoutEffect(() => {
    if (place >= 0) document.getElementById(`problem-${place}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen.value]);
  const fold = (key: string, open: boolean) => {
    folding.value = new Map([...folding.value, [key, open]]);
  };
  const act = (line: ProblemLine) => {
    if (line.kind === 'finding') {
      if (line.finding.row !== null) inspector.reveal(line.finding.row);
    } else if (line.kind === 'rest') showAll(line.defect);
    else fold(line.key, !line.open);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lines[place];
    if ((event.key === 'Enter' || event.key === ' ') && line) {
      event.preventDefault();
      return act(line);
    }
    const folds = foldByKey(event.key, lines, place);
    const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / ROW) - 2);
    const next =
      folds !== null && 'to' in folds
        ? folds.to
        : targetPosition(event.key, place < 0 ? null : place, lines.length, page);
    if (folds === null && next === null) return;
    event.preventDefault();
    if (folds !== null && 'set' in folds && line) fold(line.key, folds.set);
    else if (next !== null) chosen.value = lines[next]?.key ?? null;
  };
  const onClick = ({ target }: MouseEvent) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
    const line = row === null ? undefined : lines[Number(row.dataset.place)];
    if (!line) return;
    chosen.value = line.key;
    if (line.kind === 'group' || (target instanceof Element && target.closest('.problem-toggle'))) act(line);
  };
  const onDblClick = ({ target }: MouseEvent) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
    const line = row === null ? undefined : lines[Number(row.dataset.place)];
    if (line && line.kind !== 'group') act(line);
  };
  return (
    <div
      ref={grid}
      class="problem-tree"
      role="treegrid"
      aria-label="Problems"
      aria-activedescendant={place >= 0 ? `problem-${place}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDblClick={onDblClick}
    >
      <div class="problem-heads" role="row">
        <span role="columnheader">Problem</span>
        <span role="columnheader">Sessions</span>
        <span role="columnheader" class="problem-via">
          Via
        </span>
        <span role="columnheader" class="problem-first">
          First
        </span>
        <span role="columnheader" class="problem-number">
          Count
        </span>
      </div>
      {lines.map((line, at) => (
        <Line
          key={line.key}
          inspector={inspector}
          line={line}
          grouping={grouping}
          place={at}
          chosen={at === place}
        />
      ))}
    </div>
  );
}

interface LineProps extends Pick<ProblemTreeProps, 'inspector' | 'grouping'> {
  readonly line: ProblemLine;
  readonly place: number;
  readonly chosen: boolean;
}

function Line({ inspector, line, grouping, place, chosen }: LineProps) {
  const row = {
    id: `problem-${place}`,
    role: 'row',
    'aria-level': line.level,
    'aria-selected': chosen,
    'data-place': place,
    ...('open' in line ? { 'aria-expanded': line.open } : {}),
  } as const;
  switch (line.kind) {
    case 'group':
      return (
        <div {...row} class="problem-row problem-group">
          <span role="gridcell" class="problem-what">
            <Toggle />
            {grouping === 'rule' && <SeverityMark severity={line.group.severity} />}
            <GroupTitle inspector={inspector} group={line.group} grouping={grouping} />
          </span>
          <span role="gridcell" class="problem-number">
            {count(line.group.count)}
          </span>
        </div>
      );
    case 'defect':
      return (
        <div {...row} class="problem-row problem-defect">
          <span role="gridcell" class="problem-what">
            <Toggle />
            <SeverityMark severity={line.defect.finding.severity} />
            <DefectTitle defect={line.defect} ruled={line.ruled || grouping !== 'rule'} />
          </span>
          <span role="gridcell" class="problem-sessions">
            <Letters defect={line.defect} />
          </span>
          <span role="gridcell" class="problem-via quiet">
            {line.defect.transports.map((each) => TRANSPORT_NAMES[each]).join(', ')}
          </span>
          <span role="gridcell" class="problem-first quiet">
            {line.defect.firstAt === null ? '' : clock(line.defect.firstAt)}
          </span>
          <span role="gridcell" class="problem-number">
            {count(line.defect.count)}
          </span>
        </div>
      );
    case 'finding':
      return <FindingRow inspector={inspector} line={line} row={row} />;
    default:
      return (
        <div {...row} class="problem-row problem-finding">
          <span role="gridcell" class="problem-what link">
            Show all {count(line.defect.count)} in Timeline ({count(line.count)} more)
          </span>
        </div>
      );
  }
}

/** For the pointer; keys open and close the row itself. */
function Toggle() {
  return (
    <span class="problem-toggle" aria-hidden="true">
      <ChevronIcon />
    </span>
  );
}

function GroupTitle({
  inspector,
  group,
  grouping,
}: {
  inspector: Inspector;
  group: DefectGroup;
  grouping: Grouping;
}) {
  if (grouping === 'session') {
    if (group.of === '') return <span class="problem-title">Of no session</span>;
    const letter = inspector.trace.peek().analysis.session(group.of)?.letter ?? null;
    return (
      <span class="problem-title">
        Session <SessionChip id={group.of} letter={letter} />
      </span>
    );
  }
  if (grouping === 'transport') {
    const name = Object.entries(TRANSPORT_NAMES).find(([id]) => id === group.of)?.[1];
    return <span class="problem-title">{name ?? 'Of no transport'}</span>;
  }
  if (group.key === 'note')
    return (
      <span class="problem-title">
        <b>Notes</b> <span class="quiet">what is known to differ from the documents and does no harm</span>
      </span>
    );
  const [first] = group.defects;
  return (
    <span class="problem-title">
      <b>{ruleOf(group.of, first?.finding.protocol)?.title}</b> <RuleId rule={group.of} />
    </span>
  );
}

function RuleId({ rule }: { rule: string }) {
  return (
    <span class="mono quiet problem-rule">
      <Captured text={rule} />
    </span>
  );
}

/** @param ruled the rule's own title stands nowhere above */
function DefectTitle({ defect: { finding }, ruled }: { defect: Defect; ruled: boolean }) {
  const event = shortEvent(finding);
  return (
    <span class="problem-title">
      {event !== '' && (
        <span class="mono problem-event" title={shownText(finding.event ?? '')}>
          <Captured text={event} />
        </span>
      )}{' '}
      <Sentence finding={finding} /> {ruled && <RuleId rule={finding.rule} />}
    </span>
  );
}

function Letters({ defect: { sessions } }: { defect: Defect }) {
  return (
    <>
      {sessions.slice(0, LETTERS).map(({ id, letter, count: number }) => (
        <span key={id} class="problem-letter">
          <span class="session-chip" style={`--hue:${hueOf(letter ?? '')}`} title={shownText(id)}>
            <Captured text={letter ?? '?'} />
          </span>
          <span class="quiet">{count(number)}</span>
        </span>
      ))}
      {sessions.length > LETTERS && (
        <span class="quiet" title={counted(sessions.length, 'session')}>
          +{count(sessions.length - LETTERS)}
        </span>
      )}
    </>
  );
}

interface FindingRowProps {
  readonly inspector: Inspector;
  readonly line: Extract<ProblemLine, { kind: 'finding' }>;
  readonly row: object;
}

function FindingRow({ inspector, line: { finding }, row }: FindingRowProps) {
  const { analysis } = inspector.trace.peek();
  const view = finding.row === null ? null : analysis.row(finding.row);
  return (
    <div {...row} class="problem-row problem-finding" title="Enter or double click: show it in the timeline">
      <span role="gridcell" class="problem-what quiet">
        {view === null ? (
          <Sentence finding={finding} />
        ) : (
          <span class="problem-title">
            <span class="time">
              {clock(view.wallTime)}
              {milliseconds(view.wallTime)}
            </span>{' '}
            · {finding.seq === null ? <Captured text={view.event} /> : `event ${finding.seq}`}
            {view.summary !== '' && ' · '}
            <Captured text={view.summary} />
          </span>
        )}
      </span>
      <span role="gridcell" class="problem-sessions">
        {finding.session !== null && (
          <SessionChip id={finding.session} letter={analysis.session(finding.session)?.letter ?? null} />
        )}
      </span>
      <span role="gridcell" class="problem-via quiet">
        {view?.transport ? TRANSPORT_NAMES[view.transport] : ''}
      </span>
    </div>
  );
}
