/** Tries the paths that are typed on a message that a person pastes, before anything is saved. */
import { useSignal } from '@preact/signals';
import { createAnalysis } from '../../src/analysis/create-analysis.ts';
import type { Observation } from '../../src/observation/observation.ts';
import { shownText } from '../../src/text/shown-text.ts';
import { counted, jsonPath } from '../format/format.ts';

export function WrapperTrial({ wrappers }: { wrappers: readonly string[] }) {
  const pasted = useSignal('');
  const found = pasted.value.trim() === '' ? null : eventsIn(pasted.value, wrappers);
  return (
    <div class="settings-lines">
      <label for="settings-trial">Try it on a message</label>
      <textarea
        id="settings-trial"
        class="mono"
        rows={3}
        spellcheck={false}
        value={pasted.value}
        aria-describedby="settings-trial-found"
        onInput={(event) => {
          pasted.value = event.currentTarget.value;
        }}
      />
      <div id="settings-trial-found" class="quiet" aria-live="polite">
        {found === null ? (
          'Paste a message or body as it came. It is read here and kept nowhere.'
        ) : found.length === 0 ? (
          'No chat event was read from it.'
        ) : (
          <>
            {counted(found.length, 'event')}:
            <ul class="mono">
              {found.slice(0, MOST_SHOWN).map(({ name, place }, at) => (
                <li key={at}>
                  <bdi>{shownText(name)}</bdi> {place !== '' && <bdi>at {shownText(place)}</bdi>}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

const MOST_SHOWN = 10;

interface FoundEvent {
  readonly name: string;
  /** Where it stands; '' where it stands as it is. */
  readonly place: string;
}

/** The events of a message, read as one that comes over a socket is read. */
export function eventsIn(message: string, wrappers: readonly string[]): readonly FoundEvent[] {
  const analysis = createAnalysis({ wrappers });
  const common = {
    ...{ documentId: 'trial', frame: 0, monotonicTime: 0, wallTime: 0 },
    source: 'hook' as const,
  };
  const socket = { ...common, kind: 'socket-open' as const, url: '', protocols: [] };
  const payload = { encoding: 'text' as const, data: message, size: message.length, truncated: false };
  const trial: readonly Observation[] = [
    { ...socket, seq: 0, of: 0, phase: 'connecting' },
    { ...socket, seq: 1, of: 0, phase: 'open' },
    { ...common, kind: 'frame', seq: 2, of: 0, direction: 'in', payload },
  ];
  analysis.add(trial);
  return Array.from({ length: analysis.totals.events }, (_, seq): FoundEvent => {
    const row = analysis.rowOfEvent(seq) ?? -1;
    const path = analysis.carrier(row)?.path ?? null;
    return { name: analysis.row(row).event, place: path === null ? '' : jsonPath(path) };
  });
}
