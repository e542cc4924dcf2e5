/** Two sessions beside each other: where they part, event by event, and the chosen pair field by field. */
import { type Signal, useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import {
  type Comparison,
  type DifferenceKind,
  differenceKinds,
} from '../../../src/report/compare/compare-sessions.ts';
import { comparisonMarkdown } from '../../../src/report/compare/comparison-text.ts';
import { MARKS, partingInWords } from '../../../src/report/compare/comparison-words.ts';
import { counted } from '../../format/format.ts';
import { SplitPane } from '../../layout/split-pane.tsx';
import type { ComparedSide } from '../../store/comparing.ts';
import type { Inspector } from '../../store/inspector.ts';
import { CopyButton } from '../details/copy-button.tsx';
import { ChosenPair, type ChosenPairTab } from './chosen-pair.tsx';
import { PairGrid } from './pair-grid.tsx';
import { isDifference, nextDifference, pairLines } from './pair-list.ts';
import { nameOf, OpenFile, SidePicker, titleOf } from './side-picker.tsx';
import { eventsOf, type Made, useComparison } from './use-comparison.ts';
import './compare.css';

export function Compare({ inspector }: { inspector: Inspector }) {
  const { comparing } = inspector;
  const ignoring = useSignal(true);
  const made = useComparison(inspector, ignoring);
  const tab = useSignal<ChosenPairTab>('fields');
  const hidden = useSignal<ReadonlySet<DifferenceKind>>(new Set());
  const folds = useSignal(true);
  const opened = useSignal<ReadonlySet<number>>(new Set());
  const chosen = useSignal<number | null>(null);
  useEffect(() => {
    opened.value = new Set();
    chosen.value = made.value?.comparison.first ?? null;
  }, [made.value, chosen, opened]);
  const comparison = made.value?.comparison ?? null;
  const step = (direction: 1 | -1) => {
    const now = made.peek();
    const next = now && nextDifference(now.comparison, chosen.peek(), direction);
    if (next !== null) chosen.value = next;
  };
  useEffect(() => {
    comparing.step = step;
    return () => {
      comparing.step = null;
    };
  }, [comparing]);
  return (
    <section class="compare" aria-label="Comparison of two sessions">
      <div class="view-bar">
        <SidePicker inspector={inspector} label="Expected" side={comparing.expected} />
        <button type="button" class="button" onClick={() => comparing.swap()}>
          Swap
        </button>
        <SidePicker inspector={inspector} label="Actual" side={comparing.actual} />
        <OpenFile inspector={inspector} />
        {comparison && <KindToggles comparison={comparison} hidden={hidden} />}
        <span class="compare-space" />
        <span class="compare-checks">
          <label
            class="compare-check"
            title="Off: ids, hosts and times inside events are compared as they are written"
          >
            <input
              type="checkbox"
              checked={ignoring.value}
              onChange={(event) => {
                ignoring.value = event.currentTarget.checked;
              }}
            />
            Ignore ids and times
          </label>
          <label class="compare-check">
            <input
              type="checkbox"
              checked={folds.value}
              onChange={(event) => {
                folds.value = event.currentTarget.checked;
                opened.value = new Set();
              }}
            />
            Fold what is equal
          </label>
        </span>
        <span class="compare-deeds">
          {made.value && <CopyButton name="Copy as Markdown" text={() => markdown(made.value)} />}
          <MakeTest inspector={inspector} />
          <button type="button" class="button" onClick={() => inspector.closeComparison()}>
            Close
          </button>
        </span>
      </div>
      <Stale made={made} again={() => comparing.start({ ...(comparing.actual.peek() as ComparedSide) })} />
      {made.value && comparison ? (
        <SplitPane
          label="Size of the compared fields"
          preferences={inspector.preferences}
          below
          first={
            <PairGrid
              comparison={comparison}
              titles={[titleOf(made.value.expected), titleOf(made.value.actual)]}
              lines={pairLines(comparison, hidden.value, folds.value, opened.value)}
              chosen={chosen}
              open={(from) => {
                opened.value = new Set([...opened.peek(), from]);
              }}
              reveal={(at) => revealPair(inspector, made.value, at)}
            />
          }
          second={
            <ChosenPair
              inspector={inspector}
              made={made.value}
              at={chosen.value}
              step={step}
              tab={tab}
              key={chosen.value}
            />
          }
        />
      ) : (
        <NothingCompared inspector={inspector} />
      )}
      <div class="compare-status" role="status">
        <bdi class="compare-parting">
          {comparison ? partingInWords(comparison) : 'Nothing is compared yet.'}
        </bdi>
        {comparison && (
          <span class="quiet">
            {counted(comparison.pairs.filter(({ kind }) => isDifference(kind)).length, 'difference')}
          </span>
        )}
      </div>
    </section>
  );
}

/** Says that one of them has gone on since. */
function Stale({ made, again }: { made: Signal<Made | null>; again: () => void }) {
  const more = useComputed(() => {
    const now = made.value;
    if (now === null) return 0;
    for (const { trace } of [now.expected, now.actual]) trace.totals.value;
    return eventsOf(now.expected, now.actual) - now.events;
  });
  if (more.value <= 0) return null;
  return (
    <p class="banner">
      <span>The sessions have gone on since: {counted(more.value, 'event')} more.</span>
      <button type="button" class="link" onClick={again}>
        Compare again
      </button>
    </p>
  );
}

/** Of how it should go. */
function MakeTest({ inspector }: { inspector: Inspector }) {
  const expected = inspector.comparing.expected.value;
  if (expected === null) return null;
  return (
    <button
      type="button"
      class="button"
      title="A Playwright spec or MSW handlers of the expected session"
      onClick={() => inspector.dialogs.showTest(expected)}
    >
      Make a test …
    </button>
  );
}

interface KindTogglesProps {
  readonly comparison: Comparison;
  readonly hidden: Signal<ReadonlySet<DifferenceKind>>;
}

function KindToggles({ comparison, hidden }: KindTogglesProps) {
  const toggle = (kind: DifferenceKind) => {
    const next = new Set(hidden.value);
    if (!next.delete(kind)) next.add(kind);
    hidden.value = next;
  };
  return (
    <fieldset class="compare-kinds">
      <legend class="spoken">Shown differences</legend>
      {differenceKinds
        .filter((kind) => comparison.counts[kind] > 0)
        .map((kind) => (
          <button
            key={kind}
            type="button"
            class="compare-kind"
            aria-pressed={!hidden.value.has(kind)}
            onClick={() => toggle(kind)}
          >
            <span aria-hidden="true">{MARKS[kind]}</span> {comparison.counts[kind]} {kind}
          </button>
        ))}
    </fieldset>
  );
}

function NothingCompared({ inspector }: { inspector: Inspector }) {
  const missing = inspector.comparing.expected.value === null;
  return (
    <div class="view-empty compare-empty">
      <p class="empty-title">{missing ? 'Compare with what?' : 'Comparing …'}</p>
      {missing && (
        <p class="quiet">
          Choose the session that went well above, or open a trace or HAR file that holds it.
        </p>
      )}
    </div>
  );
}

function markdown(made: Made | null): string {
  if (made === null) return '';
  const names = { a: nameOf(made.expected.trace), b: nameOf(made.actual.trace) };
  // It is for a tracker: what people wrote is not in it, only how long it is.
  return comparisonMarkdown(made.comparison, names, 'lengths');
}

/** The timeline with the pair's event, of the side that stands in the shown trace. */
function revealPair(inspector: Inspector, made: Made | null, at: number): void {
  const pair = made?.comparison.pairs[at];
  if (!made || !pair) return;
  const shown = inspector.trace.peek();
  if (made.actual.trace === shown && pair.b !== null) inspector.reveal(pair.b.row);
  else if (made.expected.trace === shown && pair.a !== null) inspector.reveal(pair.a.row);
}
