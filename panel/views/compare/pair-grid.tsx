/** The pairs of two sessions in a grid of which only the rows in sight exist: each says its verdict first. */
// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have absolutely placed rows of which most are absent.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row.
import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComparedPair, Comparison } from '../../../src/report/compare/compare-sessions.ts';
import { clock, MARKS, sinceStart } from '../../../src/report/compare/comparison-words.ts';
import type { ComparedEvent, ComparedSession } from '../../../src/report/compare/session-events.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { counted } from '../../format/format.ts';
import { useRowWindow } from '../../layout/row-window.ts';
import { Captured } from '../../marks/captured.tsx';
import { targetPosition } from '../timeline/grid-keys.ts';
import type { PairLine } from './pair-list.ts';
import './pair-grid.css';

/** In pixels; the style sheet has them too. Below `NARROW` a pair takes two lines. */
const ROW = 22;
const NARROW_ROW = 40;
const NARROW = 480;
const HEAD = 24;

const heightAt = (width: number): number => (width < NARROW ? NARROW_ROW : ROW);

interface PairGridProps {
  readonly comparison: Comparison;
  readonly titles: readonly [expected: string, actual: string];
  readonly lines: readonly PairLine[];
  /** Position of a pair in the comparison. */
  readonly chosen: Signal<number | null>;
  /** Opens the run of equal ones that begins there. */
  readonly open: (from: number) => void;
  readonly reveal: (at: number) => void;
}

export function PairGrid({ comparison, titles, lines, chosen, open, reveal }: PairGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  // Whoever opens it by a key goes on with keys.
  useLayoutEffect(() => {
    if (!document.activeElement?.matches('input, select, textarea')) grid.current?.focus();
  }, []);
  const place = lines.findIndex((line) => covers(line, chosen.value));
  const { window, measure } = useRowWindow({
    ...{ element: grid, heightAt, head: HEAD, rows: lines.length, chosen: place },
  });
  const { from, to, height: row } = window.value;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lines[place];
    if ((event.key === 'Enter' || event.key === ' ') && line) {
      event.preventDefault();
      if (line.kind === 'fold') open(line.from);
      else if (event.key === 'Enter') reveal(line.at);
      return;
    }
    const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / row) - 1);
    const next = targetPosition(event.key, place < 0 ? null : place, lines.length, page);
    const target = next === null ? undefined : lines[next];
    if (!target) return;
    event.preventDefault();
    chosen.value = target.kind === 'pair' ? target.at : target.from;
  };
  const lineAt = ({ target }: MouseEvent): PairLine | undefined => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
    return row === null ? undefined : lines[Number(row.dataset.place)];
  };
  return (
    <div
      ref={grid}
      class={row === ROW ? 'pairs' : 'pairs pairs-narrow'}
      role="grid"
      aria-label="Compare"
      aria-rowcount={lines.length + 1}
      aria-activedescendant={place >= from && place < to ? `pair-${place}` : undefined}
      tabIndex={0}
      onScroll={measure}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const line = lineAt(event);
        if (line?.kind === 'fold') open(line.from);
        else if (line) chosen.value = line.at;
      }}
      onDblClick={(event) => {
        const line = lineAt(event);
        if (line?.kind === 'pair') reveal(line.at);
      }}
    >
      <div class="pairs-head" role="row" aria-rowindex={1}>
        <span role="columnheader" class="pair-verdict">
          <span class="spoken">Difference</span>
        </span>
        <span role="columnheader" class="pair-title pair-title-a">
          <b>Expected</b> <bdi>{titles[0]}</bdi>
        </span>
        <span role="columnheader" class="pair-title pair-title-b">
          <b>Actual</b> <bdi>{titles[1]}</bdi>
        </span>
      </div>
      <div class="pairs-space" role="presentation" style={`height:${lines.length * row}px`}>
        {lines.slice(from, to).map((line, offset) => (
          <Line
            key={line.kind === 'pair' ? line.at : `fold ${line.from}`}
            comparison={comparison}
            line={line}
            place={from + offset}
            top={(from + offset) * row}
            chosen={from + offset === place}
          />
        ))}
      </div>
      {lines.length === 0 && <p class="pairs-empty quiet">All kinds of differences are switched off.</p>}
    </div>
  );
}

function covers(line: PairLine, at: number | null): boolean {
  if (at === null) return false;
  return line.kind === 'pair' ? line.at === at : line.from <= at && at < line.to;
}

interface LineProps extends Pick<PairGridProps, 'comparison'> {
  readonly line: PairLine;
  readonly place: number;
  readonly top: number;
  readonly chosen: boolean;
}

function Line({ comparison, line, place, top, chosen }: LineProps) {
  const row = {
    id: `pair-${place}`,
    role: 'row',
    'aria-rowindex': place + 2,
    'aria-selected': chosen,
    'data-place': place,
    style: `top:${top}px`,
  } as const;
  if (line.kind === 'fold') {
    return (
      <div {...row} class="pair pair-fold" title="Click or Enter: show them">
        <span role="gridcell">
          <Captured text={foldWords(comparison, line.from, line.to)} />
        </span>
      </div>
    );
  }
  const pair = comparison.pairs[line.at];
  if (!pair) return null;
  return (
    <div {...row} class={`pair pair-${pair.kind}`}>
      <span role="gridcell" class="pair-verdict">
        <span aria-hidden="true">{MARKS[pair.kind]} </span>
        {verdict(pair)}
      </span>
      <Side side={comparison.a} event={pair.a} at="a" />
      <Side side={comparison.b} event={pair.b} at="b" />
    </div>
  );
}

function Side({ side, event, at }: { side: ComparedSession; event: ComparedEvent | null; at: 'a' | 'b' }) {
  if (event === null) return <span role="gridcell" class={`pair-side pair-side-${at} pair-none`} />;
  const { summary } = side.analysis.row(event.row);
  const { namePrefix } = side.protocol;
  const name = event.name.startsWith(namePrefix) ? event.name.slice(namePrefix.length) : event.name;
  return (
    <span role="gridcell" class={`pair-side pair-side-${at}`}>
      <span class="pair-time">{clock(sinceStart(side, event))}</span>
      <span class="pair-name" title={shownText(event.name)}>
        <Captured text={name} />
      </span>
      <span class="pair-words">
        <Captured text={summary} />
      </span>
    </span>
  );
}

/** In the words of the pill: "2 fields", "+14 s later". */
function verdict({ kind, paths, later, a, b }: ComparedPair): string {
  if (kind === 'changed') return a?.name === b?.name ? counted(paths.length, 'field') : 'event';
  return kind === 'later' ? `+${clock(later)} later` : kind === 'same' ? 'same' : kind;
}

/** "9 equal events · status, typing". */
function foldWords({ pairs, a }: Comparison, from: number, to: number): string {
  const names = new Set<string>();
  for (let at = from; at < to && names.size < 5; at += 1) {
    const name = pairs[at]?.a?.name ?? '';
    names.add(name.startsWith(a.protocol.namePrefix) ? name.slice(a.protocol.namePrefix.length) : name);
  }
  const list = [...names].slice(0, 4).join(', ');
  return `${counted(to - from, 'equal event')} · ${list}${names.size > 4 ? ', …' : ''}`;
}
