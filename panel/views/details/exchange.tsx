/** The request and its answer, or the connection, by which the chosen row came. */
import type { ExchangeView, Fate, MessageLayers, RowIndex } from '../../../src/analysis/api/analysis.ts';
import { fateInWords } from '../../../src/analysis/api/fate.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import { clock, count, duration, milliseconds } from '../../format/format.ts';
import { Captured } from '../../marks/captured.tsx';
import { Chip, SeverityMark } from '../../marks/marks.tsx';
import type { TraceModel } from '../../store/trace-model.ts';
import { EventName } from '../timeline/event-name.tsx';
import { CopyButton } from './copy-button.tsx';
import { LongText } from './long-text.tsx';
import { asCurl, asFetch } from './request-code.ts';
import './exchange.css';

interface ExchangeDetailsProps {
  readonly trace: TraceModel;
  readonly row: RowIndex;
  /** Leads to a row of the trace; null where that is not the trace that is shown. */
  readonly reveal: ((row: RowIndex) => void) | null;
}

export function ExchangeDetails({ trace, row, reveal }: ExchangeDetailsProps) {
  // An answer that comes while its request is shown changes the totals.
  trace.totals.value;
  const exchange = trace.analysis.exchangeOfRow(row);
  if (exchange === null) {
    return <p class="details-section quiet">This row came by no request or connection.</p>;
  }
  return (
    <>
      <Overview exchange={exchange} fate={trace.analysis.row(row).fate} />
      <Headers title="Request headers" headers={exchange.requestHeaders} />
      <Body title="Request body" text={exchange.requestBody} />
      <Headers title="Response headers" headers={exchange.responseHeaders} />
      <Siblings trace={trace} row={row} reveal={reveal} siblings={exchange.siblings} />
      <Body title="Answer" text={exchange.answer} />
    </>
  );
}

function Overview({ exchange, fate }: { exchange: ExchangeView; fate: Fate | null }) {
  return (
    <div class="details-section">
      <p class="mono exchange-line">
        <strong>
          <Captured text={exchange.method || KIND_NAMES[exchange.kind]} />
        </strong>{' '}
        <LongText text={exchange.url} />
      </p>
      <dl class="facts">
        <dt>Operation</dt>
        <dd>{exchange.operation}</dd>
        {exchange.kind === 'http' && (
          <>
            <dt>Status</dt>
            <dd>
              <Status exchange={exchange} />
            </dd>
          </>
        )}
        <dt>State</dt>
        <dd>{OUTCOMES[exchange.outcome]}</dd>
        {fate !== null && (
          <>
            <dt>Fate</dt>
            <dd>
              <LongText text={fateInWords(fate)} />
            </dd>
          </>
        )}
        <dt>Started</dt>
        <dd>
          {clock(exchange.startedAt)}
          {milliseconds(exchange.startedAt)}
        </dd>
        <dt>Duration</dt>
        <dd>{exchange.duration === null ? 'still running' : duration(exchange.duration)}</dd>
        {exchange.origin !== null && (
          <>
            <dt>Origin</dt>
            <dd>
              <bdi>{shownText(exchange.origin)}</bdi>
            </dd>
          </>
        )}
        {exchange.served && (
          <>
            <dt>Answered by</dt>
            <dd>a service worker, not the network</dd>
          </>
        )}
        {exchange.source === 'devtools.network' && (
          <>
            <dt>Seen by</dt>
            <dd>
              DevTools, not by the page’s hook
              {exchange.doubt !== null && <p class="exchange-doubt">{DOUBTS[exchange.doubt]}</p>}
            </dd>
          </>
        )}
        {exchange.layers !== null && exchange.layers.framings.length > 0 && (
          <Layers layers={exchange.layers} />
        )}
        {exchange.note !== null && (
          <>
            <dt>Note</dt>
            <dd>
              <LongText text={exchange.note} />
            </dd>
          </>
        )}
      </dl>
      {exchange.kind === 'http' && (
        <div class="exchange-copy">
          <CopyButton text={() => asCurl(exchange)} name="Copy as cURL" />
          <CopyButton text={() => asFetch(exchange)} name="Copy as fetch" />
        </div>
      )}
    </div>
  );
}

/** What stands around the event, and what it tells. */
function Layers({ layers: { framings, tells } }: { layers: MessageLayers }) {
  return (
    <>
      <dt>Framing</dt>
      <dd>{framings.join(', ')}</dd>
      {tells.flatMap((each) =>
        TELLS.flatMap(([member, title]) => {
          const value = each[member];
          return value === undefined
            ? []
            : [
                <dt key={`${each.framing} ${member}`}>
                  {each.framing} {title}
                </dt>,
                <dd key={`${each.framing} ${member} value`}>
                  <LongText text={value} />
                </dd>,
              ];
        }),
      )}
    </>
  );
}

const TELLS = [
  ['name', 'event'],
  ['namespace', 'namespace'],
  ['id', 'id'],
  ['topic', 'topic'],
] as const;

function Status({ exchange }: { exchange: ExchangeView }) {
  if (exchange.status === null) return <span class="quiet">none yet</span>;
  const tone = exchange.status >= 400 || exchange.status === 0 ? 'error' : 'good';
  return (
    <>
      <Chip text={String(exchange.status)} tone={tone} /> <Captured text={exchange.statusText} />
    </>
  );
}

/** Why this may be a request that stands in the timeline already. */
const DOUBTS = {
  start: 'It may be listed twice: the hook saw the same request, more than 50 ms apart.',
  body: 'It may be listed twice: the hook saw such a request at this time, and no body or answer to tell them apart.',
  several:
    'It may be listed twice: the hook saw the same request at this time, and another report was taken for it.',
} as const;

const KIND_NAMES = { http: 'HTTP', socket: 'WebSocket', stream: 'EventSource' } as const;

const OUTCOMES = {
  pending: 'waiting for the answer',
  done: 'answered',
  aborted: 'given up by the page',
  failed: 'failed',
  open: 'open',
  closed: 'closed',
} as const;

function Headers({ title, headers }: { title: string; headers: ExchangeView['requestHeaders'] }) {
  if (headers.length === 0) return null;
  return (
    <div class="details-section">
      <h3>{title}</h3>
      <table class="headers mono" aria-label={title}>
        <tbody>
          {headers.map(([name, value], at) => (
            <tr key={at}>
              <th scope="row">
                <Captured text={name} />
              </th>
              <td>
                <LongText text={value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Body({ title, text }: { title: string; text: string | null }) {
  if (text === null || text === '') return null;
  return (
    <div class="details-section">
      <h3>
        {title} <span class="quiet">{count(text.length)} characters</span>
      </h3>
      <pre class="raw exchange-body mono">
        <LongText text={text} />
      </pre>
    </div>
  );
}

/** Rows listed at first; a history answer may have thousands. */
const SIBLINGS = 100;

interface SiblingsProps extends ExchangeDetailsProps {
  readonly siblings: readonly RowIndex[];
}

function Siblings({ trace, row, reveal, siblings }: SiblingsProps) {
  if (siblings.length === 0) return null;
  return (
    <div class="details-section">
      <h3>Events of the same exchange</h3>
      <ol class="siblings">
        {siblings.slice(0, SIBLINGS).map((sibling) => {
          const view = trace.analysis.row(sibling);
          return (
            <li key={sibling}>
              {sibling === row ? (
                <strong class="mono" aria-current="true">
                  <EventName view={view} />
                </strong>
              ) : reveal === null ? (
                <span class="mono">
                  <EventName view={view} />
                </span>
              ) : (
                <button type="button" class="link mono" onClick={() => reveal(sibling)}>
                  <Captured text={view.event} />
                </button>
              )}
              {view.severity && <SeverityMark severity={view.severity} />}
              <span class="quiet">
                <Captured text={view.summary} />
              </span>
            </li>
          );
        })}
      </ol>
      {siblings.length > SIBLINGS && <p class="quiet">and {count(siblings.length - SIBLINGS)} more</p>}
    </div>
  );
}
