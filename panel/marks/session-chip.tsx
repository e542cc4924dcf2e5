/** A session by the start of its id, in a colour of its own. */
import { hueOf, shortId } from '../format/format.ts';

export function SessionChip({ id }: { id: string }) {
  return (
    <span class="session-chip" style={`--hue:${hueOf(id)}`} title={id}>
      {shortId(id)}
    </span>
  );
}
