import type { RowView } from '../../../src/analysis/api/analysis.ts';
import { protocolOf } from '../../../src/protocol/protocols.ts';
import { Captured } from '../../marks/captured.tsx';

type Named = Pick<RowView, 'event' | 'protocol'>;

/** An event's name in two parts, of which the first is the one that nearly all of its protocol share, or ''. */
export function partsOfName({ event, protocol }: Named): readonly [prefix: string, rest: string] {
  const prefix = protocolOf(protocol)?.namePrefix ?? '';
  return event.startsWith(prefix) ? [prefix, event.slice(prefix.length)] : ['', event];
}

/** An event's name with the part that nearly all share set back. */
export function EventName({ view }: { view: Named }) {
  const [prefix, rest] = partsOfName(view);
  return (
    <>
      {prefix !== '' && <span class="prefix">{prefix}</span>}
      <Captured text={rest} />
    </>
  );
}
