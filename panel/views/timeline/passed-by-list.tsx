/** What went by while no chat was seen, and what of it looks like one: an empty panel says where to look. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { shownText } from '../../../src/text/shown-text.ts';
import type { Candidate, PassedBy } from '../../feed/passed-by.ts';
import { counted } from '../../format/format.ts';
import type { Inspector } from '../../store/inspector.ts';
import './passed-by.css';

/** Milliseconds between two looks, at least, and in lengths of the last one: the browser copies its whole log. */
const PAUSE = 2_000;
const PAUSE_IN_LOOKS = 50;

export function PassedByList({ inspector }: { inspector: Inspector }) {
  const seen = useSignal<PassedBy | null>(null);
  useEffect(() => {
    let open = true;
    const look = async (): Promise<void> => {
      const began = performance.now();
      const now = await inspector.passedBy().catch(() => null);
      if (!open) return;
      seen.value = now;
      setTimeout(look, Math.max(PAUSE, PAUSE_IN_LOOKS * (performance.now() - began)));
    };
    void look();
    return () => {
      open = false;
    };
  }, [inspector, seen]);
  if (seen.value === null) return null;
  const { candidates } = seen.value;
  return (
    <section class="passed-by" aria-label="What went by">
      <p>{sentence(seen.value)}</p>
      {candidates.length > 0 && (
        <>
          <p class="quiet">
            Is one of these the chat? Then say so; reload the page to see it from its start.
          </p>
          <ul>
            {candidates.map((candidate) => (
              <CandidateLine key={candidate.pattern} inspector={inspector} candidate={candidate} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function sentence({ requests, sockets, tellsMessages }: PassedBy): string {
  if (requests + sockets === 0) {
    return tellsMessages
      ? 'DevTools have seen no request of a script and no socket yet.'
      : 'This browser tells what went by once its Network panel was opened.';
  }
  const parts = [
    ...(requests > 0 ? [counted(requests, 'request')] : []),
    ...(sockets > 0 ? [counted(sockets, 'socket')] : []),
  ];
  return `${parts.join(' and ')} went by: none named a chat event.`;
}

const KINDS = { request: 'request', stream: 'event stream', socket: 'socket' } as const;

function CandidateLine({ inspector, candidate }: { inspector: Inspector; candidate: Candidate }) {
  const { url, kind, count, why, pattern } = candidate;
  return (
    <li>
      <span class="passed-by-url mono" title={shownText(url)}>
        <bdi>{shownText(url)}</bdi>
      </span>
      <button
        type="button"
        class="link"
        aria-label={`Take ${shownText(pattern)} for chat`}
        onClick={() => inspector.dialogs.showSettings(pattern)}
      >
        Take for chat …
      </button>
      <span class="passed-by-why quiet">
        {counted(count, KINDS[kind])}. {why}
      </span>
    </li>
  );
}
