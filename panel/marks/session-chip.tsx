/** A session by its letter and the start of its id, in a colour of its own. */
import { shownText } from '../../src/text/shown-text.ts';
import { hueOf, sessionName } from '../format/format.ts';
import { Captured } from './captured.tsx';

interface ChipProps {
  readonly id: string;
  /** Null where the session is not known any more. */
  readonly letter: string | null;
}

export function SessionChip({ id, letter }: ChipProps) {
  return (
    <span class="session-chip" style={`--hue:${hueOf(letter ?? '')}`} title={shownText(id)}>
      <Captured text={sessionName(letter, id)} />
    </span>
  );
}
