/** A report from above to below: what happened, findings, state machine, timeline with details, conversation, raw trace. */
import { signal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ReportAbout } from '../../src/report/formats/html.ts';
import { saveFile } from '../export/save-file.ts';
import { FilterBox } from '../filter/filter-box.tsx';
import { KindPills } from '../filter/kind-pills.tsx';
import { count } from '../format/format.ts';
import { SplitPane } from '../layout/split-pane.tsx';
import type { Inspector } from '../store/inspector.ts';
import { Conversation } from '../views/conversation/conversation.tsx';
import { Details } from '../views/details/details.tsx';
import { MachineRegion } from '../views/machine/machine.tsx';
import { Problems } from '../views/problems/problems.tsx';
import { Timeline } from '../views/timeline/timeline.tsx';
import { RawTrace } from './raw-trace.tsx';
import { ReportHead, ReportSummary, Words } from './summary.tsx';
import '../toolbar/toolbar.css';
import '../views/views.css';
import './report.css';
import './print.css';

interface ReportProps {
  readonly inspector: Inspector;
  readonly about: ReportAbout;
  /** The trace file as the report holds it, gzip. */
  readonly packed: Uint8Array<ArrayBuffer>;
}

export function Report({ inspector, about, packed }: ReportProps) {
  const trace = inspector.trace.value;
  const { problems, notes, rows } = trace.totals.value;
  const loaded = trace.source.kind === 'file';
  return (
    <div class="report" data-loaded={loaded}>
      <nav class="report-nav" aria-label="Contents">
        <p>
          <strong>Chat Inspector</strong>
          <br />
          <span class="quiet">report</span>
        </p>
        <ul>
          <Entry to="summary" title="Summary" />
          <Entry to="findings" title="Findings" count={problems + notes} />
          <Entry to="machine" title="State machine" />
          <Entry to="timeline" title="Timeline" count={rows} />
          <Entry to="conversation" title="Conversation" />
          <Entry to="raw" title="Raw trace" />
        </ul>
        <button type="button" class="button" onClick={() => print()}>
          Print
        </button>
        <button
          type="button"
          class="button"
          onClick={() => saveFile(new Blob([packed], { type: 'application/gzip' }), 'trace.ndjson.gz')}
        >
          Save the trace
        </button>
      </nav>
      <main class="report-page">
        <ReportHead trace={trace} about={about} />
        {inspector.notice.value && <p role="alert">{inspector.notice.value.text}</p>}
        {loaded ? (
          <Sections inspector={inspector} about={about} packed={packed} />
        ) : (
          <p role="status">Reading the trace …</p>
        )}
      </main>
    </div>
  );
}

function Entry({ to, title, count: number }: { to: string; title: string; count?: number }) {
  return (
    <li>
      <a href={`#${to}`}>
        {title}
        {number !== undefined && <span class="report-count">{count(number)}</span>}
      </a>
    </li>
  );
}

function Sections({ inspector, about, packed }: ReportProps) {
  const timeline = useRef<HTMLDivElement>(null);
  // Views lead to rows: the panel changes the tab, a report comes to the timeline.
  useSignalEffect(() => {
    const row = inspector.trace.value.selected.value;
    if (row !== null && inspector.detailsOpen.value) timeline.current?.scrollIntoView({ block: 'nearest' });
  });
  const rows = inspector.trace.value.totals.value.rows;
  return (
    <>
      <Section id="summary" title="What happened">
        <Words about={about} />
        <ReportSummary inspector={inspector} />
      </Section>
      <Section id="findings" title="Findings">
        <Problems inspector={inspector} allOpen={onPaper.value} />
      </Section>
      <Section id="machine" title="State machine">
        <MachineRegion inspector={inspector} />
      </Section>
      <Section id="timeline" title="Timeline">
        <div class="report-viewer" ref={timeline} style={`--rows:${Math.min(rows, 24)}`}>
          <div class="report-filter">
            <FilterBox inspector={inspector} />
          </div>
          <KindPills inspector={inspector} />
          <div class="report-rows">
            <SplitPane
              label="Size of the details"
              preferences={inspector.preferences}
              first={<Timeline inspector={inspector} />}
              second={inspector.detailsOpen.value ? <Details inspector={inspector} /> : null}
            />
          </div>
        </div>
      </Section>
      <Section id="conversation" title="Conversation">
        <Conversation inspector={inspector} />
      </Section>
      <Section id="raw" title="Raw trace">
        <RawTrace packed={packed} />
      </Section>
      <OpenForPrint inspector={inspector} />
    </>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    // No landmark: the views in it have names of their own.
    <div class={`report-section report-${id}`} id={id}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Whether the report is being put on paper. */
const onPaper = signal(false);

/** On paper nothing can be opened: folded findings are open on it, and the timeline has the room of the details. */
function OpenForPrint({ inspector }: { inspector: Inspector }) {
  useEffect(() => {
    const open = () => {
      inspector.detailsOpen.value = false;
      onPaper.value = true;
    };
    const close = () => {
      onPaper.value = false;
    };
    addEventListener('beforeprint', open);
    addEventListener('afterprint', close);
    return () => {
      removeEventListener('beforeprint', open);
      removeEventListener('afterprint', close);
    };
  }, [inspector]);
  return null;
}
