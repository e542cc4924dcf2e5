/** The bytes as they were received: the whole carrier with the event's own part marked, or a hex dump of binary. */
import { useSignal } from '@preact/signals';
import type { Carrier, RowIndex } from '../../../src/analysis/api/analysis.ts';
import { bytes, count } from '../../format/format.ts';
import { Chip } from '../../marks/marks.tsx';
import type { TraceModel } from '../../store/trace-model.ts';
import { CopyButton } from './copy-button.tsx';
import { hexDump } from './hex-dump.ts';
import { Blocks } from './long-text.tsx';
import './raw.css';

/** Characters drawn before a person asks for more: some hundred lines of text. */
const FIRST = 20_000;
/** Characters shown before the event's own part where the carrier is cut for display. */
const BEFORE = 2_000;
const HEX_BYTES = 4_096;

export function RawView({ trace, row }: { trace: TraceModel; row: RowIndex }) {
  // Bytes of a Blob come later than its row.
  const view = trace.watchRow(row).value;
  const carrier = trace.analysis.carrier(row);
  if (carrier === null || carrier.encoding === 'none') {
    return (
      <p class="details-section quiet">
        {carrier === null ? 'This row has no bytes of its own.' : 'The browser gave no bytes for this row.'}
      </p>
    );
  }
  return (
    <>
      {view.truncated && (
        <p class="details-section">
          <Chip text="cut" tone="warning" /> The body was larger than the capture keeps; only its beginning is
          here.
        </p>
      )}
      {carrier.encoding === 'base64' ? <Hex carrier={carrier} /> : <Text carrier={carrier} />}
    </>
  );
}

function Text({ carrier }: { carrier: Carrier }) {
  const all = useSignal(false);
  const { text } = carrier;
  const [start, end] = carrier.slice ?? [0, 0];
  const marked = end > start && !(start === 0 && end === text.length);
  const from = all.value || text.length <= FIRST ? 0 : Math.max(0, start - BEFORE);
  const to = all.value ? text.length : Math.min(text.length, from + FIRST);
  const markFrom = Math.min(Math.max(start, from), to);
  const markTo = Math.min(Math.max(end, markFrom), to);
  return (
    <>
      <div class="details-section raw-bar">
        <CopyButton text={() => text} name={marked ? 'Copy all' : 'Copy'} />
        {marked && <CopyButton text={() => text.slice(start, end)} name="Copy event" />}
        <span class="quiet">{counts(carrier, marked)}</span>
      </div>
      {from > 0 && <p class="raw-cut">… {count(from)} characters before</p>}
      <pre class="raw mono">
        {marked ? (
          <>
            <Blocks text={text.slice(from, markFrom)} />
            <mark>
              <Blocks text={text.slice(markFrom, markTo)} />
            </mark>
            <Blocks text={text.slice(markTo, to)} />
          </>
        ) : (
          <Blocks text={text.slice(from, to)} />
        )}
      </pre>
      {(from > 0 || to < text.length) && (
        <p class="raw-cut">
          {to < text.length && `… ${count(text.length - to)} characters after `}
          <button
            type="button"
            class="button"
            onClick={() => {
              all.value = true;
            }}
          >
            Show all
          </button>
        </p>
      )}
    </>
  );
}

function counts(carrier: Carrier, marked: boolean): string {
  const whole = `${count(carrier.text.length)} characters`;
  if (!marked || carrier.slice === null) return whole;
  return `${count(carrier.slice[1] - carrier.slice[0])} of ${whole}`;
}

function Hex({ carrier }: { carrier: Carrier }) {
  const limit = useSignal(HEX_BYTES);
  const dump = hexDump(carrier.text, limit.value);
  if (dump === null) {
    return (
      <pre class="raw mono">
        <Blocks text={carrier.text.slice(0, FIRST)} />
      </pre>
    );
  }
  return (
    <>
      <div class="details-section raw-bar">
        <CopyButton text={() => carrier.text} name="Copy base64" />
        <span class="quiet">{bytes(dump.total)}, binary</span>
      </div>
      <pre class="raw raw-hex mono">
        {dump.lines.map((line) => (
          <div key={line.offset}>
            <span class="quiet">{line.offset}</span> {line.hex} {line.text}
          </div>
        ))}
      </pre>
      {dump.total > limit.value && (
        <p class="raw-cut">
          … {bytes(dump.total - limit.value)} more{' '}
          <button
            type="button"
            class="button"
            onClick={() => {
              limit.value *= 4;
            }}
          >
            Show more
          </button>
        </p>
      )}
    </>
  );
}
