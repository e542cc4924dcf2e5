/** The chosen pair: field by field, as bytes, and the exchange that each came by, beside each other. */
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Comparison } from '../../../src/report/compare/compare-sessions.ts';
import type { ComparedEvent } from '../../../src/report/compare/session-events.ts';
import { Captured } from '../../marks/captured.tsx';
import type { ComparedSide } from '../../store/comparing.ts';
import type { Inspector } from '../../store/inspector.ts';
import { TabList } from '../../tabs/tabs.tsx';
import { ExchangeDetails } from '../details/exchange.tsx';
import { RawView } from '../details/raw.tsx';
import { PairFields } from './pair-fields.tsx';
import { isDifference } from './pair-list.ts';
import type { Made } from './use-comparison.ts';
import './chosen-pair.css';

export type ChosenPairTab = 'fields' | 'raw' | 'exchange';

const TABS = [
  { name: 'fields', title: 'Fields' },
  { name: 'raw', title: 'Raw' },
  { name: 'exchange', title: 'Exchange' },
] as const;

interface ChosenPairProps {
  readonly inspector: Inspector;
  readonly made: Made;
  /** Position in the pairs; null where none is chosen. */
  readonly at: number | null;
  readonly step: (direction: 1 | -1) => void;
  /** Stays from pair to pair. */
  readonly tab: Signal<ChosenPairTab>;
}

export function ChosenPair({ inspector, made, at, step, tab }: ChosenPairProps) {
  const { comparison } = made;
  const pair = at === null ? undefined : comparison.pairs[at];
  if (at === null || !pair) {
    return (
      <div class="view-empty">
        <p class="quiet">Choose a pair of events to see its fields.</p>
      </div>
    );
  }
  return (
    <section class="chosen-pair" aria-label="Chosen pair">
      <div class="chosen-pair-head">
        <TabList
          label="Pair"
          id="pair"
          tabs={TABS}
          chosen={tab.value}
          choose={(name) => {
            tab.value = name;
          }}
        />
        <span class="chosen-pair-name mono">
          <Captured text={(pair.a ?? pair.b)?.name ?? ''} />
        </span>
        <span class="quiet chosen-pair-which">{whichOf(comparison, at)}</span>
        <span class="chosen-pair-steps">
          <button type="button" class="button" title="Difference before (p)" onClick={() => step(-1)}>
            Previous
          </button>
          <button type="button" class="button" title="Next difference (n)" onClick={() => step(1)}>
            Next
          </button>
        </span>
      </div>
      <div
        class="chosen-pair-body"
        role="tabpanel"
        id="pair-panel"
        aria-labelledby={`pair-${tab.value}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
        tabIndex={0}
      >
        {tab.value === 'fields' && <PairFields comparison={comparison} pair={pair} />}
        {tab.value !== 'fields' && (
          <div class="chosen-sides">
            <Side title="Expected" event={pair.a}>
              {(event) => <Bytes inspector={inspector} side={made.expected} event={event} tab={tab.value} />}
            </Side>
            <Side title="Actual" event={pair.b}>
              {(event) => <Bytes inspector={inspector} side={made.actual} event={event} tab={tab.value} />}
            </Side>
          </div>
        )}
      </div>
    </section>
  );
}

interface SideProps {
  readonly title: string;
  readonly event: ComparedEvent | null;
  readonly children: (event: ComparedEvent) => ComponentChildren;
}

function Side({ title, event, children }: SideProps) {
  return (
    <section class="chosen-side" aria-label={title}>
      <h3 class="chosen-side-title quiet">{title}</h3>
      {event === null ? <p class="details-section quiet">This side has no such event.</p> : children(event)}
    </section>
  );
}

interface BytesProps {
  readonly inspector: Inspector;
  readonly side: ComparedSide;
  readonly event: ComparedEvent;
  readonly tab: ChosenPairTab;
}

function Bytes({ inspector, side: { trace }, event: { row }, tab }: BytesProps) {
  if (tab === 'raw') return <RawView trace={trace} row={row} />;
  const shown = trace === inspector.trace.value;
  return <ExchangeDetails trace={trace} row={row} reveal={shown ? (to) => inspector.reveal(to) : null} />;
}

function whichOf({ pairs }: Comparison, at: number): string {
  if (!isDifference(pairs[at]?.kind ?? 'same')) return '';
  let before = 0;
  let all = 0;
  for (const [place, { kind }] of pairs.entries()) {
    if (!isDifference(kind)) continue;
    all += 1;
    if (place <= at) before += 1;
  }
  return `difference ${before} of ${all}`;
}
