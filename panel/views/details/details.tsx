/** The chosen row in full: decoded, as bytes, and the exchange it came by. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RowIndex } from '../../../src/analysis/api/analysis.ts';
import { CloseIcon } from '../../icons/icons.tsx';
import { Captured } from '../../marks/captured.tsx';
import { FateMark, SeverityMark } from '../../marks/marks.tsx';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';
import { TabList } from '../../tabs/tabs.tsx';
import { EventName } from '../timeline/event-name.tsx';
import { ComparedEvent } from './compared-event.tsx';
import { DecodedView } from './decoded.tsx';
import { ExchangeDetails } from './exchange.tsx';
import { FlagButton, FlagLine } from './flag-line.tsx';
import { RawView } from './raw.tsx';
import './details.css';

type DetailsTab = 'decoded' | 'raw' | 'exchange' | 'compared';

const TABS = [
  { name: 'decoded', title: 'Decoded' },
  { name: 'raw', title: 'Raw' },
  { name: 'exchange', title: 'Exchange' },
] as const;
const COMPARED = { name: 'compared', title: 'Compared' } as const;

export function Details({ inspector }: { inspector: Inspector }) {
  const tab = useSignal<DetailsTab>('decoded');
  const trace = inspector.trace.value;
  const row = trace.selected.value;
  const kept = inspector.comparing.event.value;
  const compared = kept?.trace === trace ? kept.row : null;
  // Keeping an event leads to its comparison, and letting go of it back.
  useEffect(() => {
    if (compared !== null) tab.value = 'compared';
    else if (tab.peek() === 'compared') tab.value = 'decoded';
  }, [compared, tab]);
  return (
    <section class="details" aria-label="Event details">
      <div class="details-bar">
        <TabList
          label="Details"
          id="details"
          tabs={compared === null ? TABS : [...TABS, COMPARED]}
          chosen={tab.value}
          choose={(name) => {
            tab.value = name;
          }}
        />
        <button
          type="button"
          class="tool details-close"
          aria-label="Close details"
          title="Close (Esc)"
          onClick={() => {
            inspector.detailsOpen.value = false;
          }}
        >
          <CloseIcon />
        </button>
      </div>
      {row === null ? (
        <p class="details-none quiet">Choose a row to see what it holds.</p>
      ) : (
        <Chosen inspector={inspector} trace={trace} row={row} tab={tab} compared={compared} />
      )}
    </section>
  );
}

interface ChosenProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly row: RowIndex;
  readonly tab: Signal<DetailsTab>;
  /** The row that others are laid beside. */
  readonly compared: RowIndex | null;
}

function Chosen({ inspector, trace, row, tab, compared }: ChosenProps) {
  // Late bytes, a party's name or a withdrawn finding change a row that is already chosen.
  const view = trace.watchRow(row).value;
  return (
    <>
      <header class="details-head">
        {view.severity && <SeverityMark severity={view.severity} />}
        <h2 class="details-title mono">
          <EventName view={view} />
        </h2>
        <span class="details-summary quiet">
          <Captured text={view.summary} />
        </span>
        {view.fate && <FateMark fate={view.fate} />}
        <span class="details-acts">
          <FlagButton inspector={inspector} flag={view.flag} />
          <button
            type="button"
            class="button"
            title="Lay this event beside another one that you choose"
            onClick={() => {
              inspector.comparing.event.value = { trace, row };
            }}
          >
            Compare …
          </button>
        </span>
      </header>
      {view.flag && <FlagLine key={row} inspector={inspector} trace={trace} row={row} flag={view.flag} />}
      {/* A long body scrolls by keys too. */}
      <div
        class="details-body"
        role="tabpanel"
        id="details-panel"
        aria-labelledby={`details-${tab.value}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
        tabIndex={0}
      >
        {tab.value === 'decoded' && <DecodedView inspector={inspector} trace={trace} row={row} />}
        {tab.value === 'raw' && <RawView key={row} trace={trace} row={row} />}
        {tab.value === 'compared' && compared !== null && (
          <ComparedEvent inspector={inspector} trace={trace} row={row} with={compared} />
        )}
        {tab.value === 'exchange' && (
          <ExchangeDetails trace={trace} row={row} reveal={(to) => inspector.reveal(to)} />
        )}
      </div>
    </>
  );
}
